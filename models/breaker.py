"""The breaker: LINE refuses our token, so nobody sends; every process reads the same row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant
from models.database import insert_new


class Breaker(SQLModel, table=True):
    """Since when LINE refuses us, and until when nobody tries; no row: all is well."""

    __tablename__ = "breaker"

    id: int = Field(default=1, primary_key=True)
    since: datetime = instant()
    until: datetime = instant()  # real time


def tripped(db: Session) -> Breaker | None:
    """Return the breaker while it is open."""
    return db.exec(select(Breaker)).first()


def trip(db: Session, since: datetime, until: datetime) -> bool:
    """Stop everybody's sending for a while; say whether this is new."""
    row = {"id": 1, "since": since, "until": until}
    if insert_new(db.connection(), Breaker.__table__, [row]):  # type: ignore[attr-defined]
        return True
    db.execute(update(Breaker).values(until=until))
    return False


def probe(db: Session, real_now: datetime, until: datetime) -> bool:
    """Let one process try a single row when the pause is over; False for all the others."""
    over = update(Breaker).where(col(Breaker.until) <= real_now)
    return db.connection().execute(over.values(until=until)).rowcount == 1


def mend(db: Session) -> None:
    """Let everybody send again."""
    db.execute(delete(Breaker))
