"""What runners tapped on the way to a race; what it says of a body is kept only with consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, select

from models import health
from models.columns import instant, sealed
from models.countdown import Step, Tap
from models.person import Person
from models.race import Race
from models.race_runner import RaceRunner

ANSWERED = "answered"  # what is kept of an answer about a body where it stands


class CountdownTap(SQLModel, table=True):
    """A runner answered a step; the newest answer counts."""

    __tablename__ = "countdown_tap"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    race_id: int = Field(primary_key=True, foreign_key="race.id")
    step: str = Field(primary_key=True)
    tap: str
    at: datetime = instant()


class RaceHealth(SQLModel, table=True):
    """What an answer said about a runner's body."""

    __tablename__ = "race_health"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    race_id: int = Field(primary_key=True, foreign_key="race.id")
    step: str = Field(primary_key=True)
    at: datetime = instant()
    answer: Any = sealed("race_health.answer")


def keep(db: Session, person: Person, race: Race, step: Step, tap: Tap, at: datetime) -> bool:
    """Keep a tap; return whether all of it was kept (a body's answer needs consent)."""
    said = ANSWERED if tap.health else tap.id
    db.merge(CountdownTap(person_id=person.key, race_id=race.key, step=step.id, tap=said, at=at))
    db.flush()
    if tap.health:
        return keep_health(db, person, race, step.id, tap.id, at)
    if (old := db.get(RaceHealth, (person.key, race.key, step.id))) is not None:
        db.delete(old)
        db.flush()
    return True


def keep_health(
    db: Session, person: Person, race: Race, about: str, answer: str, at: datetime
) -> bool:
    """Keep what an answer says of a body; False without consent."""
    if not health.has_consent(db, person, health.HEALTH):
        return False
    row = RaceHealth(person_id=person.key, race_id=race.key, step=about, at=at)
    row.answer = answer
    health.keep(db, person, row)
    return True


def told(db: Session, person: Person, runner: RaceRunner) -> dict[str, str]:
    """Return everything a runner told about a race: what they tapped, and the facts."""
    tapped = select(CountdownTap).where(
        CountdownTap.person_id == person.key, CountdownTap.race_id == runner.race.key
    )
    about = select(RaceHealth).where(
        RaceHealth.person_id == person.key, RaceHealth.race_id == runner.race.key
    )
    answers = {row.step: row.tap for row in db.exec(tapped)}
    return dict(runner.facts) | answers | {row.step: row.answer for row in db.exec(about)}


def who_answered(db: Session, race: Race, step: str, people: Sequence[int]) -> set[int]:
    """Return who of these people answered a step."""
    theirs = select(CountdownTap.person_id).where(
        CountdownTap.race_id == race.key,
        CountdownTap.step == step,
        col(CountdownTap.person_id).in_(people),
    )
    return set(db.exec(theirs))
