"""Sweat tests: what was weighed, drunk and run, each value from the message it was typed in.

The rate is worked out when it is read, so that a value taken back takes what it led to with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

from models import deletion, health
from models.columns import FromMessage, instant, sealed
from models.deletion import What
from models.person import Person
from models.rules.hydration_sweat import (
    SweatTest,
    combined_factor,
    personal_factor,
    sweat_test,
)

BEFORE, MINUTES, DRUNK, FOOD = "before", "minutes", "drunk", "food"
URINE, AFTER, CELSIUS, KM = "urine", "after", "celsius", "km"
STEPS = (BEFORE, MINUTES, DRUNK, FOOD, URINE, AFTER, CELSIUS, KM)
SHOWN = 5  # tests that are shown, and that count for the personal factor


class Weighing(SQLModel, table=True):
    """One sweat test of a person, open until it is worked out or left."""

    __tablename__ = "weighing"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    started_at: datetime = instant()
    closed_at: datetime | None = instant(default=None, nullable=True)

    @property
    def key(self) -> int:
        """The id of a test that is in the database."""
        assert self.id is not None
        return self.id


class WeighingValue(FromMessage, table=True):
    """One value of a sweat test, by its name among STEPS."""

    __tablename__ = "weighing_value"

    weighing_id: int = Field(primary_key=True, foreign_key="weighing.id")
    name: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = instant()
    value: Any = sealed("weighing_value.value")


def begin(db: Session, person: Person, now: datetime) -> Weighing:
    """Open a sweat test and leave any other; NoConsentError without consent."""
    if not health.has_consent(db, person, health.HEALTH):
        raise health.NoConsentError("Weighing")
    leave(db, person)
    row = Weighing(person_id=person.key, started_at=now)
    db.add(row)
    db.flush()
    return row


def open_test(db: Session, person: Person) -> Weighing | None:
    """Return the test that is not worked out yet."""
    mine = select(Weighing).where(
        Weighing.person_id == person.key, col(Weighing.closed_at).is_(None)
    )
    return db.exec(mine.order_by(col(Weighing.id).desc())).first()


def values(db: Session, test: Weighing) -> dict[str, float]:
    """Return the values told so far, by name."""
    mine = select(WeighingValue).where(WeighingValue.weighing_id == test.key)
    return {row.name: float(row.value) for row in db.exec(mine)}


def drop(db: Session, test: Weighing, name: str) -> None:
    """Forget one value, so that it is asked again."""
    mine = (col(WeighingValue.weighing_id) == test.key) & (col(WeighingValue.name) == name)
    db.execute(delete(WeighingValue).where(mine))


def close(db: Session, test: Weighing, now: datetime) -> None:
    """Note that a test is worked out."""
    test.closed_at = now
    db.add(test)
    db.flush()


def leave(db: Session, person: Person) -> None:
    """Delete the open tests of a person."""
    of_them = (col(Weighing.person_id) == person.key) & col(Weighing.closed_at).is_(None)
    theirs = select(Weighing.id).where(of_them)
    db.execute(delete(WeighingValue).where(col(WeighingValue.weighing_id).in_(theirs)))
    db.execute(delete(Weighing).where(of_them))


def forget(db: Session, person: Person, now: datetime) -> int:
    """Delete every test of a person; return how many of them had been worked out."""
    count = len(history(db, person))
    for table in (WeighingValue, Weighing):
        db.execute(delete(table).where(col(table.person_id) == person.key))
    deletion.note(db, What.SWEAT, person.line_id, now)
    return count


def history(db: Session, person: Person) -> list[tuple[Weighing, dict[str, float]]]:
    """Return the latest complete tests that gave a rate, newest first."""
    mine = select(Weighing).where(
        Weighing.person_id == person.key, col(Weighing.closed_at).is_not(None)
    )
    closed = db.exec(mine.order_by(col(Weighing.started_at).desc(), col(Weighing.id).desc()))
    told = [(one, values(db, one)) for one in closed]
    sound = [(one, of) for one, of in told if set(of) >= set(STEPS) and rate(of).ml_per_h]
    return sound[:SHOWN]


def rate(of: Mapping[str, float]) -> SweatTest:
    """Return what the values of a complete test come to."""
    amounts = {"drunk_ml": of[DRUNK], "food_g": of[FOOD], "urine_ml": of[URINE]}
    return sweat_test(of[BEFORE], of[AFTER], of[MINUTES] / 60, **amounts)


def speed(of: Mapping[str, float]) -> float:
    """Return how fast a test was run, in km/h."""
    return of[KM] / of[MINUTES] * 60


def factor_of(of: Mapping[str, float]) -> float:
    """Return the personal factor one complete test shows."""
    measured = rate(of).ml_per_h
    assert measured is not None
    return personal_factor(measured, of[BEFORE], speed(of), of[CELSIUS])


def factor(db: Session, person: Person) -> float | None:
    """Return a person's factor over the estimate; None for someone never measured."""
    shown = [factor_of(of) for _, of in history(db, person)]
    return combined_factor(shown) if shown else None
