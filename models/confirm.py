"""Confirmations: a single-use token for one person, one chat and one deed."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col

from models.columns import instant
from models.crypto import keyed_hash

LIFETIME = timedelta(days=2)


class Confirm(SQLModel, table=True):
    """A token by its keyed hash."""

    __tablename__ = "confirm"

    hash: str = Field(primary_key=True)
    expires_at: datetime = instant()


def issue(db: Session, line_id: str, chat: str, deed: str, now: datetime) -> str:
    """Return a token that lets this person do this deed from this chat, once."""
    token = secrets.token_urlsafe(9)
    db.add(Confirm(hash=_hash(token, line_id, chat, deed), expires_at=now + LIFETIME))
    db.flush()
    return token


def redeem(db: Session, token: str, line_id: str, chat: str, deed: str, now: datetime) -> bool:
    """Spend a token; False when it is another's, of another deed, old, or spent."""
    spent = delete(Confirm).where(
        col(Confirm.hash) == _hash(token, line_id, chat, deed), col(Confirm.expires_at) > now
    )
    return db.connection().execute(spent).rowcount == 1


def _hash(token: str, line_id: str, chat: str, deed: str) -> str:
    return keyed_hash("|".join(("confirm", token, line_id, chat, deed)))
