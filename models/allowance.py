"""How much of one person is answered: a bucket for each in each chat that refills with time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col

from models.columns import instant
from models.crypto import keyed_hash

BURST = 40  # at once: more than the longest dialog asks, tapped as fast as it is asked
REFILL = timedelta(seconds=3)  # nobody reads and answers faster for long
MOST = REFILL * (BURST + 1)  # what can be missing: calls for help are heard from an empty bucket
A_MINUTE = BURST + int(timedelta(minutes=1) / REFILL)  # what a flood of a minute can get
TELL_AGAIN = timedelta(minutes=10)


class Allowance(SQLModel, table=True):
    """When the bucket of a person in a chat will be full again; the key is their keyed hash.

    A chat's events are handled one at a time, whoever does it, so nobody else changes the row.
    """

    __tablename__ = "allowance"

    key: str = Field(primary_key=True)
    full_at: datetime = instant(index=True)
    told_at: datetime | None = instant(default=None, nullable=True)


def key_of(chat: str, line_id: str) -> str:
    """Return the key of a person in a chat."""
    return keyed_hash(f"allowance:{chat}:{line_id}")


def is_spent(db: Session, key: str, at: datetime) -> bool:
    """Say whether the bucket is empty."""
    row = db.get(Allowance, key)
    return row is not None and _missing(row, at) > REFILL * (BURST - 1)


def take(db: Session, key: str, at: datetime) -> None:
    """Take one answer out of the bucket."""
    row = db.get(Allowance, key) or Allowance(key=key, full_at=at)
    row.full_at = at + min(_missing(row, at) + REFILL, MOST)
    db.add(row)


def tell_once(db: Session, key: str, at: datetime) -> bool:
    """Say whether someone is to be told now that they are too fast: once in a while."""
    row = db.get(Allowance, key)
    if row is None or (row.told_at and timedelta() <= at - row.told_at < TELL_AGAIN):
        return False
    row.told_at = at
    db.add(row)
    return True


def drop_full(db: Session, before: datetime) -> None:
    """Delete the buckets that were full before."""
    db.execute(delete(Allowance).where(col(Allowance.full_at) < before))


def _missing(row: Allowance, at: datetime) -> timedelta:
    """Return how long the bucket takes to fill; a clock set back by much empties nobody's."""
    missing = max(row.full_at - at, timedelta())
    return min(missing, MOST) if missing <= MOST + TELL_AGAIN else timedelta()
