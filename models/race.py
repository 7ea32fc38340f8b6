"""Races: the one a term leads up to and others on the way, and what a member told about theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models import school
from models.columns import FromMessage, instant
from models.person import Person
from models.race_runner import ENTRY, RaceRunner
from models.school import Membership, SchoolClass

GOAL = "goal"  # the code of the race in term.csv
OVER = timedelta(days=3)  # a race is looked after until two days after it


class Race(SQLModel, table=True):
    """A race of a term; `revision` grows when its day or hour moves, `zone` is the race's own."""

    __tablename__ = "race"
    __table_args__ = (
        UniqueConstraint("term_id", "code"),
        Index("ix_race_starts_at", "starts_at"),
        {"sqlite_autoincrement": True},  # a number in an old button never means another race
    )

    id: int | None = Field(default=None, primary_key=True)
    term_id: int = Field(foreign_key="term.id")
    code: str
    name_ja: str
    name_en: str
    starts_at: datetime = instant()
    zone: str
    km: float
    course: str = ""  # the stem of a file in content/courses
    is_goal: bool = False
    source_year: int
    temperature: float | None = (
        None  # °C, as a coach or the office told it; else the month's normal
    )
    cancelled: bool = False  # it was taken out of the school's files
    revision: int = 0
    changed_at: datetime | None = instant(default=None, nullable=True)
    was_at: datetime | None = instant(default=None, nullable=True)
    told_revision: int = 0  # the plan the members know; `was_at` says when it was

    @property
    def key(self) -> int:
        """The number of a race that is in the database."""
        assert self.id is not None
        return self.id

    @property
    def subject(self) -> str:
        """The name under which outbox rows speak about this race as it stands."""
        return f"race:{self.id}:{self.revision}"

    @property
    def tz(self) -> ZoneInfo:
        """The zone the race is run in."""
        return ZoneInfo(self.zone)

    @property
    def day(self) -> date:
        """The race's day where it is run."""
        return self.starts_at.astimezone(self.tz).date()

    def name(self, language: str) -> str:
        """Return the race's name in a language."""
        return self.name_ja if language == "ja" else self.name_en


class RaceFact(FromMessage, table=True):
    """One thing a member told about a race: entry, start offset, breakfast, where they sleep."""

    __tablename__ = "race_fact"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    race_id: int = Field(primary_key=True, foreign_key="race.id")
    name: str = Field(primary_key=True)
    value: str
    at: datetime = instant()


def by_id(db: Session, number: int) -> Race | None:
    """Return a race, or None."""
    return db.get(Race, number) if 0 < number < 2**31 else None


def goal_of(db: Session, class_: SchoolClass) -> Race | None:
    """Return the race the term of a class leads up to."""
    return next((one for one in of_term(db, class_.term_id) if one.is_goal), None)


def of_term(db: Session, term_id: int) -> list[Race]:
    """Return the races of a term that take place, in their order."""
    held = select(Race).where(Race.term_id == term_id, ~col(Race.cancelled))
    return list(db.exec(held.order_by(col(Race.starts_at), col(Race.id))))


def between(db: Session, since: datetime, until: datetime) -> list[Race]:
    """Return the races that start in a stretch of time."""
    found = select(Race).where(
        Race.starts_at >= since, Race.starts_at < until, ~col(Race.cancelled)
    )
    return list(db.exec(found.order_by(col(Race.starts_at), col(Race.id))))


def ahead(db: Session, person: Person, now: datetime) -> list[Race]:
    """Return the races of a member's term that are not over, whether they run them or not."""
    class_ = school.class_of(db, person)
    races = of_term(db, class_.term_id) if class_ else []
    return [one for one in races if one.starts_at + OVER > now]


def of_person(db: Session, person: Person, now: datetime) -> Race | None:
    """Return the next race a member runs, until two days after it."""
    return next((r for r in ahead(db, person, now) if runner(db, person, r).runs), None)


def runner(db: Session, person: Person, race: Race) -> RaceRunner:
    """Return a member in a race, with what they told about it."""
    return runners(db, race, [person.key])[0]


def runners(db: Session, race: Race, people: Sequence[int]) -> list[RaceRunner]:
    """Return these people in a race, in their order, in two queries."""
    told: dict[int, list[RaceFact]] = {number: [] for number in people}
    facts = select(RaceFact).where(
        RaceFact.race_id == race.key, col(RaceFact.person_id).in_(people)
    )
    for fact in db.exec(facts):
        told[fact.person_id].append(fact)
    held = {row[0].person_id: row for row in _memberships(db, race, people)}
    return [_runner(race, number, told[number], held.get(number)) for number in people]


def members(db: Session, race: Race) -> list[int]:
    """Return everybody who is a member of the race's term now."""
    held = select(Membership.person_id).join(SchoolClass, _is_class())
    of_term = held.where(Membership.role == school.MEMBER, SchoolClass.term_id == race.term_id)
    return sorted(set(db.exec(of_term)))


def tell(db: Session, fact: RaceFact) -> None:
    """Keep what a member told about a race; the newest counts."""
    db.merge(fact)
    db.flush()


def expect(db: Session, race: Race, celsius: float) -> None:
    """Keep the air temperature in °C that is expected at a race."""
    race.temperature = celsius
    db.add(race)
    db.flush()


def _runner(
    race: Race, number: int, told: list[RaceFact], held: tuple[Membership, SchoolClass] | None
) -> RaceRunner:
    """Put it together; whether the goal race is entered stands in the membership.

    Of the goal a fact says only since when it is run by who came late to its countdown.
    """
    facts = {fact.name: fact.value for fact in told}
    if held is None:
        return RaceRunner(number, race, facts=facts)
    mine, class_ = held
    if race.is_goal:
        entry = {ENTRY: mine.race_entry} if mine.race_entry else {}
        facts = {k: v for k, v in facts.items() if k != ENTRY} | entry
    return RaceRunner(
        number,
        race,
        mine.goal_seconds,
        facts,
        class_.key,
        class_.goal_seconds,
        mine.joined_at,
        next((fact.at for fact in told if fact.name == ENTRY), None),
    )


def _memberships(
    db: Session, race: Race, people: Iterable[int]
) -> list[tuple[Membership, SchoolClass]]:
    held = select(Membership, SchoolClass).join(SchoolClass, _is_class())
    mine = col(Membership.person_id).in_(people), Membership.role == school.MEMBER
    found = db.exec(held.where(*mine, SchoolClass.term_id == race.term_id))
    return [(row[0], row[1]) for row in found]


def _is_class() -> Any:
    return col(Membership.class_id) == col(SchoolClass.id)
