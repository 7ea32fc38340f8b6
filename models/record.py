"""Small records: which tips were read, and the audit of who did what to how many."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant


class TipRead(SQLModel, table=True):
    """A member saw a tip."""

    __tablename__ = "tip_read"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    tip: str = Field(primary_key=True)
    at: datetime = instant()


class Audit(SQLModel, table=True):
    """Who did what, about what, to how many."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant()
    person_id: int | None = Field(default=None, index=True)
    deed: str
    subject: str = ""
    people: int = 0


def read_tips(db: Session, person_id: int) -> set[str]:
    """Return the ids of the tips a member has read."""
    return set(db.exec(select(TipRead.tip).where(TipRead.person_id == person_id)))


def note_tip(db: Session, person_id: int, tip: str, now: datetime) -> None:
    """Note that a member saw a tip."""
    db.merge(TipRead(person_id=person_id, tip=tip, at=now))
    db.flush()


def forget_tips(db: Session, person_id: int, tips: Collection[str]) -> None:
    """Let a member see these tips anew."""
    mine = col(TipRead.person_id) == person_id, col(TipRead.tip).in_(tips)
    db.execute(delete(TipRead).where(*mine))


def audit(db: Session, row: Audit) -> None:
    """Add a line to the audit."""
    db.add(row)
    db.flush()


def latest(db: Session, person_id: int, deed: str) -> Audit | None:
    """Return when a person did something last."""
    theirs = select(Audit).where(Audit.person_id == person_id, Audit.deed == deed)
    return db.exec(theirs.order_by(col(Audit.at).desc())).first()
