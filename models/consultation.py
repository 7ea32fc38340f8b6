"""Questions to the coaches and their answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, update
from sqlmodel import Field, Session, col, select

from models.columns import FromMessage, instant, sealed


class Consultation(FromMessage, table=True):
    """A member's question; the first coach to take it answers it."""

    __tablename__ = "consultation"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number never means another question

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    class_id: int = Field(foreign_key="school_class.id")
    asked_at: datetime = instant()
    question: Any = sealed("consultation.question")
    taken_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    taken_at: datetime | None = instant(default=None, nullable=True)

    @property
    def key(self) -> int:
        """The number of a question that is in the database."""
        assert self.id is not None
        return self.id


class ConsultationAnswer(FromMessage, table=True):
    """An answer: it goes with its question, and alone when the coach takes it back."""

    __tablename__ = "consultation_answer"

    id: int | None = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id", index=True, ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    answered_at: datetime = instant()
    answer: Any = sealed("consultation_answer.answer")


def ask(db: Session, row: Consultation) -> int:
    """Keep a question and return its number."""
    db.add(row)
    db.flush()
    return row.key


def by_id(db: Session, number: int) -> Consultation | None:
    """Return a question; None when it was taken back or never was."""
    return db.get(Consultation, number) if 0 < number < 2**31 else None


def take(db: Session, number: int, coach_id: int, holder: int | None, now: datetime) -> bool:
    """Hand a question from its holder (None: nobody) to a coach; False when that has changed."""
    theirs = update(Consultation).where(
        col(Consultation.id) == number, col(Consultation.taken_by).is_not_distinct_from(holder)
    )
    taken = db.connection().execute(theirs.values(taken_by=coach_id, taken_at=now))
    db.expire_all()
    return taken.rowcount == 1


def answer(db: Session, row: ConsultationAnswer) -> int:
    """Keep an answer and return its number."""
    db.add(row)
    db.flush()
    assert row.id is not None
    return row.id


def is_answered(db: Session, number: int) -> bool:
    """Say whether a question has an answer."""
    given = select(ConsultationAnswer.id).where(ConsultationAnswer.consultation_id == number)
    return db.exec(given).first() is not None


def open_for(db: Session, class_ids: list[int]) -> list[Consultation]:
    """Return the unanswered questions of some classes, oldest first."""
    waiting = select(Consultation).where(col(Consultation.class_id).in_(class_ids), _unanswered())
    return list(db.exec(waiting.order_by(col(Consultation.asked_at), col(Consultation.id))))


def unanswered_since(db: Session, since: datetime) -> list[Consultation]:
    """Return the unanswered questions asked since then, oldest first."""
    waiting = select(Consultation).where(Consultation.asked_at > since, _unanswered())
    return list(db.exec(waiting.order_by(col(Consultation.asked_at), col(Consultation.id))))


def _unanswered() -> ColumnElement[bool]:
    return ~exists().where(col(ConsultationAnswer.consultation_id) == col(Consultation.id))
