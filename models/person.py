"""A person: who writes to us, in which language, and whether we may write back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant, sealed

LANGUAGES = ("ja", "en")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # before any follow or unfollow that could be heard of


class Person(SQLModel, table=True):
    """Someone known by a LINE user id; the name is the one LINE shows."""

    __tablename__ = "person"
    __table_args__ = ({"sqlite_autoincrement": True},)  # nobody inherits a deleted person's number

    id: int | None = Field(default=None, primary_key=True)
    line_id: str = Field(unique=True)
    language: str = "ja"
    language_chosen: bool = False
    name: Any = sealed("person.name")
    reachable: bool = True
    reachable_at: datetime = instant()
    created_at: datetime = instant()

    @property
    def key(self) -> int:
        """The id of a person that is in the database."""
        assert self.id is not None
        return self.id


def by_line_id(db: Session, line_id: str) -> Person | None:
    """Return the person with this LINE user id."""
    return db.exec(select(Person).where(Person.line_id == line_id)).first()


def by_ids(db: Session, ids: Sequence[int]) -> list[Person]:
    """Return the people with these ids, in one query."""
    return list(db.exec(select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))))


def reachable(db: Session) -> set[int]:
    """Return the ids of everybody we may write to."""
    return set(db.exec(select(Person.id).where(col(Person.reachable))))  # type: ignore[arg-type]


def latest(db: Session) -> Person | None:
    """Return the person who came last."""
    return db.exec(select(Person).order_by(col(Person.id).desc()).limit(1)).first()


def get(db: Session, person_id: int) -> Person:
    """Return a person who must exist; LookupError otherwise."""
    person = db.get(Person, person_id)
    if person is None:
        raise LookupError(f"no person {person_id}")
    return person


def meet(db: Session, line_id: str, now: datetime, profile: dict[str, str] | None) -> Person:
    """Return the person with this LINE user id, new if need be, with LINE's name and language."""
    person = by_line_id(db, line_id) or Person(line_id=line_id, created_at=now, reachable_at=NEVER)
    if profile:
        person.name = profile.get("displayName") or person.name
        spoken = profile.get("language", "ja").split("-")[0]
        if not person.language_chosen:
            person.language = "ja" if spoken == "ja" else "en"
    db.add(person)
    db.flush()
    return person


def set_reachable(db: Session, person: Person, reachable: bool, at: datetime) -> bool:
    """Note a follow or an unfollow; the newest event counts. Return whether it was the newest.

    Of two of the same instant the one that asks for silence counts, whichever came first.
    """
    if at < person.reachable_at or (at == person.reachable_at and not person.reachable):
        return False
    person.reachable, person.reachable_at = reachable, at
    db.add(person)
    return True


def choose_language(db: Session, person: Person, language: str) -> None:
    """Set the language a person asked for; it wins over the LINE profile from now on."""
    person.language, person.language_chosen = language, True
    db.add(person)
