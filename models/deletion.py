"""What was deleted on request, by a keyed hash: a backup put back later must not bring it back.

A note is written in the transaction that deletes, and copied from here to a file that no backup
holds (bot/deletions.py); who has no data key learns from it when something was deleted, not whose.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant
from models.crypto import keyed_hash


class What(StrEnum):
    """The kinds of deletion."""

    PERSON = "person"
    HEALTH = "health"
    SWEAT = "sweat"
    MESSAGE = "message"


class Deletion(SQLModel, table=True):
    """One deletion; `copied` when it stands in the file."""

    __tablename__ = "deletion"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant()
    what: str
    hash: str
    copied: bool = Field(default=False, index=True)


def hashed(what: What, name: str) -> str:
    """Return the hash of a LINE user id or message id whose data were deleted."""
    return keyed_hash(f"deleted {what}:{name}")


def note(db: Session, what: What, name: str, at: datetime) -> None:
    """Note that what belongs to a LINE user id or message id is deleted."""
    db.add(Deletion(at=at, what=what, hash=hashed(what, name)))
    db.flush()
    db.info[Deletion] = True


def is_noted(db: Session) -> bool:
    """Say whether something was deleted in this transaction."""
    return Deletion in db.info


def not_copied(db: Session) -> list[Deletion]:
    """Return what is not in the file yet, oldest first."""
    fresh = select(Deletion).where(~col(Deletion.copied)).order_by(col(Deletion.id))
    return list(db.exec(fresh))


def mark_copied(db: Session, rows: Iterable[Deletion]) -> None:
    """Note that these stand in the file."""
    numbers = [row.id for row in rows]
    db.execute(update(Deletion).where(col(Deletion.id).in_(numbers)).values(copied=True))
