"""Codes: enrolment codes of classes, one-time invitations, the day's check-in code."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant
from models.crypto import keyed_hash
from models.rules.reading import word_key

MAX_FAILURES = 5
FAILURE_WINDOW = timedelta(hours=1)
DAY, BIND = "day", "bind"
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else


class Code(SQLModel, table=True):
    """A code by its keyed hash; `single` ones are spent by their first use."""

    __tablename__ = "code"

    hash: str = Field(primary_key=True)
    kind: str
    class_id: int | None = Field(default=None, foreign_key="school_class.id")
    session_id: int | None = Field(default=None, foreign_key="training_session.id")
    single: bool = False
    expires_at: datetime = instant()
    used_at: datetime | None = instant(default=None, nullable=True)


class CodeFailure(SQLModel, table=True):
    """A wrong code someone tried (kept an hour, to stop guessing)."""

    __tablename__ = "code_failure"

    id: int | None = Field(default=None, primary_key=True)
    line_id: str = Field(index=True)
    at: datetime = instant()


def hashed(code: str) -> str:
    """Return the hash of a code, however it was typed."""
    return keyed_hash("code:" + word_key(code).replace("-", "").replace(" ", ""))


def of_day(session_id: int, day: date) -> str:
    """Return the four digits of a session on a day; they are computed, never kept."""
    return str(1000 + int(keyed_hash(f"day code:{session_id}:{day}"), 16) % 9000)


def add(db: Session, code: str, row: Code) -> bool:
    """Keep a code (its hash only) and say whether it is new; again, it changes nothing."""
    row.hash = hashed(code)
    if db.get(Code, row.hash) is not None:
        return False
    db.add(row)
    db.flush()
    return True


def issue(db: Session, row: Code) -> str:
    """Return a new code of eight characters, a letter and a digit among them, and keep its hash."""
    while True:
        text = "".join(secrets.choice(ALPHABET) for _ in range(8))
        if not text.isalpha() and not text.isdigit() and add(db, text, row):
            return text


def find(db: Session, code: str, kinds: tuple[str, ...], now: datetime) -> Code | None:
    """Return a code that is valid now."""
    row = db.get(Code, hashed(code))
    valid = row and row.kind in kinds and row.expires_at > now and row.used_at is None
    return row if valid else None


def spend(db: Session, row: Code, now: datetime) -> bool:
    """Use a code; False when someone used it in the meantime."""
    if not row.single:
        return True
    fresh = update(Code).where(col(Code.hash) == row.hash, col(Code.used_at).is_(None))
    return db.connection().execute(fresh.values(used_at=now)).rowcount == 1


def note_failure(db: Session, line_id: str, now: datetime) -> None:
    """Note a wrong code."""
    db.add(CodeFailure(line_id=line_id, at=now))
    db.flush()


def tries_left(db: Session, line_id: str, now: datetime) -> int:
    """Return how many wrong codes someone may still try within the hour."""
    tried = select(CodeFailure.id).where(
        CodeFailure.line_id == line_id, CodeFailure.at > now - FAILURE_WINDOW
    )
    return max(0, MAX_FAILURES - len(list(db.exec(tried))))


def is_locked(db: Session, line_id: str, now: datetime) -> bool:
    """Say whether someone tried too many wrong codes within the last hour."""
    return tries_left(db, line_id, now) == 0
