"""What a person wants no reminders of; changes, cancellations and safety have no topic."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant
from models.database import insert_new
from models.person import Person

PRACTICE, RACE, CARBS, TIPS, COACH = "practice", "race", "carbs", "tips", "coach"
TOPICS = (PRACTICE, RACE, CARBS, TIPS, COACH)


class Mute(SQLModel, table=True):
    """A person wants no reminders about a topic."""

    __tablename__ = "mute"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    topic: str = Field(primary_key=True)
    at: datetime = instant()


def mute(db: Session, person: Person, topic: str, now: datetime) -> bool:
    """Leave a topic out from now on; False when it was left out already."""
    row = {"person_id": person.key, "topic": topic, "at": now}
    return insert_new(db.connection(), Mute.__table__, [row]) == 1  # type: ignore[attr-defined]


def unmute(db: Session, person: Person, topic: str) -> bool:
    """Take a topic up again; False when it was not left out."""
    mine = col(Mute.person_id) == person.key, col(Mute.topic) == topic
    return db.connection().execute(delete(Mute).where(*mine)).rowcount == 1


def of(db: Session, person: Person) -> set[str]:
    """Return the topics a person does not want."""
    return set(db.exec(select(Mute.topic).where(Mute.person_id == person.key)))


def those_without(db: Session, topics: Collection[str]) -> set[tuple[str, str]]:
    """Return who wants no word about which of these topics, as pairs of LINE id and topic."""
    if not topics:
        return set()
    held = select(Person.line_id, Mute.topic).join(Mute, col(Mute.person_id) == Person.id)
    return {(who, topic) for who, topic in db.exec(held.where(col(Mute.topic).in_(topics)))}
