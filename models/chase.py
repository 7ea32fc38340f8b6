"""Asking the members who have not answered: once a session as it stands, each member once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant
from models.database import insert_new


class Chase(SQLModel, table=True):
    """A coach asks the silent of a session; it goes out at `goes_at`, a morning at the latest."""

    __tablename__ = "chase"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    revision: int = Field(primary_key=True)
    by_person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    asked_at: datetime = instant()
    goes_at: datetime = instant(index=True)


class Chased(SQLModel, table=True):
    """A member was asked about a session, however often it moved since."""

    __tablename__ = "chased"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    at: datetime = instant()


def begin(db: Session, row: Chase) -> bool:
    """Take the right to ask the silent of a session as it stands; False when someone has it."""
    values = row.model_dump()
    return insert_new(db.connection(), Chase.__table__, [values]) == 1  # type: ignore[attr-defined]


def of(db: Session, session_id: int, revision: int) -> Chase | None:
    """Return who asked the silent of a session as it stands, and when."""
    return db.get(Chase, (session_id, revision), populate_existing=True)


def between(db: Session, since: datetime, until: datetime) -> list[Chase]:
    """Return what goes out in a window."""
    window = select(Chase).where(Chase.goes_at > since, Chase.goes_at <= until)
    return list(db.exec(window.order_by(col(Chase.goes_at), col(Chase.session_id))))


def take_back(db: Session, session_id: int, revision: int, now: datetime) -> bool:
    """Do not ask after all; False when it went out."""
    waiting = col(Chase.session_id) == session_id, col(Chase.revision) == revision
    statement = delete(Chase).where(*waiting, col(Chase.goes_at) > now)
    return db.connection().execute(statement).rowcount == 1


def note(db: Session, session_id: int, person_id: int, now: datetime) -> bool:
    """Take the right to ask a member about a session; False when they were asked."""
    row = {"session_id": session_id, "person_id": person_id, "at": now}
    return insert_new(db.connection(), Chased.__table__, [row]) == 1  # type: ignore[attr-defined]


def asked(db: Session, session_id: int) -> set[int]:
    """Return who was asked about a session."""
    return set(db.exec(select(Chased.person_id).where(Chased.session_id == session_id)))


def often(db: Session, people: Collection[int], since: datetime, most: int) -> set[int]:
    """Return which of these people were asked `most` times or more since then."""
    times = select(Chased.person_id).where(
        col(Chased.person_id).in_(people), col(Chased.at) > since
    )
    found: Sequence[int] = db.exec(times).all()
    return {one for one, count in Counter(found).items() if count >= most}
