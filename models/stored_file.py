"""Files we hand out under addresses nobody can guess: sealed at rest, gone when their day is over.

A photo of a broadcast, a member's own data: whoever is given the address may fetch it until then.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.columns import FromMessage, instant
from models.crypto import SealedBytes, keyed_hash

TOKEN_BYTES = 24
LARGEST = 10 * 1024 * 1024


class StoredFile(FromMessage, table=True):
    """A file by the keyed hash of its token; it goes with the person whose it is."""

    __tablename__ = "stored_file"

    hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    media_type: str
    name: str = ""
    body: bytes = Field(sa_type=SealedBytes("stored_file.body"))
    once: bool = False
    created_at: datetime = instant()
    expires_at: datetime = instant(index=True)


@dataclass(frozen=True)
class Content:
    """What is in a file: its bytes, what they are, and the name to save them under."""

    body: bytes
    media_type: str
    name: str = ""
    once: bool = False


def keep(
    db: Session,
    content: Content,
    person_id: int,
    now: datetime,
    until: datetime,
    message_id: str | None = None,
) -> str:
    """Keep a file until a moment and return the token of its address; it is not kept itself."""
    if len(content.body) > LARGEST:
        raise ValueError(f"a file of {len(content.body)} bytes is more than {LARGEST}")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = StoredFile(
        hash=_hash(token),
        person_id=person_id,
        media_type=content.media_type,
        name=content.name,
        body=content.body,
        once=content.once,
        created_at=now,
        expires_at=until,
        message_id=message_id,
    )
    db.add(row)
    db.flush()
    return token


def look(db: Session, token: str, now: datetime) -> Content | None:
    """Return what is in a file without taking it; None when there is none (any more)."""
    row = db.exec(_current(token, now)).first()
    return None if row is None else Content(row.body, row.media_type, row.name, row.once)


def take(db: Session, token: str, now: datetime) -> Content | None:
    """Return what is in a file that is given out once, and delete it; of two callers one wins."""
    found = look(db, token, now)
    gone = delete(StoredFile).where(col(StoredFile.hash) == _hash(token))
    return found if found and db.connection().execute(gone).rowcount == 1 else None


def is_there(db: Session, token: str, now: datetime) -> bool:
    """Say whether a file is still to be had."""
    row = select(StoredFile.hash).where(
        col(StoredFile.hash) == _hash(token), col(StoredFile.expires_at) > now
    )
    return db.exec(row).first() is not None


def extend(db: Session, token: str, until: datetime) -> None:
    """Keep a file longer than was planned."""
    row = db.get(StoredFile, _hash(token))
    if row is not None and row.expires_at < until:
        row.expires_at = until
        db.add(row)


def drop(db: Session, token: str) -> None:
    """Delete a file before its day."""
    db.execute(delete(StoredFile).where(col(StoredFile.hash) == _hash(token)))


def drop_expired(db: Session, now: datetime) -> None:
    """Delete the files whose day is over."""
    db.execute(delete(StoredFile).where(col(StoredFile.expires_at) <= now))


def _current(token: str, now: datetime) -> SelectOfScalar[StoredFile]:
    return select(StoredFile).where(
        col(StoredFile.hash) == _hash(token), col(StoredFile.expires_at) > now
    )


def _hash(token: str) -> str:
    return keyed_hash(f"file|{token}")
