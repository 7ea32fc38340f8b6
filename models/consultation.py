"""Questions to the coach and their answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Field, Session, col, select

from models.columns import FromMessage, instant, sealed


class Consultation(FromMessage, table=True):
    """A member's question; the first coach to take it answers it."""

    __tablename__ = "consultation"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    class_id: int = Field(foreign_key="school_class.id")
    asked_at: datetime = instant()
    question: Any = sealed("consultation.question")
    taken_by: int | None = Field(default=None, foreign_key="person.id")
    taken_at: datetime | None = instant(default=None, nullable=True)
    answer: Any = sealed("consultation.answer")
    answered_at: datetime | None = instant(default=None, nullable=True)


def ask(db: Session, row: Consultation) -> int:
    """Keep a question and return its number."""
    db.add(row)
    db.flush()
    assert row.id is not None
    return row.id


def by_id(db: Session, number: int) -> Consultation | None:
    """Return a question."""
    return db.get(Consultation, number)


def take(db: Session, number: int, coach_id: int, now: datetime) -> bool:
    """Let a coach take a question; False when another has it."""
    free = update(Consultation).where(
        col(Consultation.id) == number,
        col(Consultation.taken_by).is_(None) | (col(Consultation.taken_by) == coach_id),
    )
    taken = db.connection().execute(free.values(taken_by=coach_id, taken_at=now))
    db.expire_all()
    return taken.rowcount == 1


def open_for(db: Session, class_ids: list[int]) -> list[Consultation]:
    """Return the unanswered questions of some classes, oldest first."""
    waiting = select(Consultation).where(
        col(Consultation.class_id).in_(class_ids), col(Consultation.answered_at).is_(None)
    )
    return list(db.exec(waiting.order_by(col(Consultation.asked_at))))
