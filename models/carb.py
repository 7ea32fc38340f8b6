"""What a member told about loading up: the days chosen, what was eaten, and the rehearsals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Field, Session, col, select

from models import health
from models.columns import FromMessage, instant, sealed
from models.person import Person

TRIED, UPSET, NOT_TRIED = "tried", "upset", "not_tried"  # how a rehearsal went
LARGEST_ID = 2**31 - 1


class CarbWish(FromMessage, table=True):
    """On how many days a member loads up (0: not for that race), and whether the weight was asked.

    One or two days hold for the next race as well.
    """

    __tablename__ = "carb_wish"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    at: datetime = instant()
    days: int | None = None
    race_id: int | None = Field(default=None, foreign_key="race.id")
    weight_asked: bool = False


class FoodEaten(FromMessage, table=True):
    """What was told in one message or tap; `day` is the local day it counts for."""

    __tablename__ = "food_eaten"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number never means another meal

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    day: date
    at: datetime = instant()
    eaten: Any = sealed("food_eaten.eaten")  # [[food, amount, is_weight, g of carbohydrate], …]

    @property
    def grams(self) -> float:
        """The carbohydrate of it all in g."""
        return float(sum(bite[3] for bite in self.eaten or []))


class CarbRehearsal(FromMessage, table=True):
    """How a member got on with the race's food at a session."""

    __tablename__ = "carb_rehearsal"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    at: datetime = instant()
    outcome: Any = sealed("carb_rehearsal.outcome")


def wish(db: Session, person: Person) -> CarbWish | None:
    """Return what a member chose."""
    return db.get(CarbWish, person.key)


def leaves_out(db: Session, person: Person, race_id: int) -> bool:
    """Say whether a member does not want to load up for a race."""
    found = wish(db, person)
    return found is not None and found.days == 0 and found.race_id == race_id


def keep_wish(db: Session, person: Person, row: CarbWish) -> None:
    """Keep a choice; that the weight was asked for stays known."""
    if (known := wish(db, person)) is not None:
        row.weight_asked |= known.weight_asked
        if row.days is None:
            row.days, row.race_id = known.days, known.race_id
    health.keep(db, person, row)


def note(db: Session, person: Person, row: FoodEaten) -> int:
    """Keep what was eaten and return its number; NoConsentError without the consent."""
    if not health.has_consent(db, person, health.HEALTH):
        raise health.NoConsentError(type(row).__name__)
    db.add(row)
    db.flush()
    assert row.id is not None
    return row.id


def of_day(db: Session, person: Person, day: date) -> list[FoodEaten]:
    """Return what a member ate on a day, in the order it was told."""
    mine = select(FoodEaten).where(FoodEaten.person_id == person.key, FoodEaten.day == day)
    return list(db.exec(mine.order_by(col(FoodEaten.id))))


def eaten_g(db: Session, person: Person, day: date) -> float:
    """Return the carbohydrate of a day in g."""
    return sum(row.grams for row in of_day(db, person, day))


def latest(db: Session, person: Person, since: date) -> FoodEaten | None:
    """Return what a member told last, of that day or later."""
    mine = select(FoodEaten).where(FoodEaten.person_id == person.key, FoodEaten.day >= since)
    return db.exec(mine.order_by(col(FoodEaten.id).desc())).first()


def by_id(db: Session, person: Person, number: int) -> FoodEaten | None:
    """Return what a member told under a number; None when it is another's or gone."""
    row = db.get(FoodEaten, number) if 0 < number <= LARGEST_ID else None
    return row if row and row.person_id == person.key else None


def take_back(db: Session, row: FoodEaten) -> None:
    """Delete what was told."""
    db.delete(row)
    db.flush()


def rehearsed(db: Session, person: Person) -> dict[int, str]:
    """Return how the rehearsals went, by session: `tried`, `upset` or `not_tried`."""
    mine = select(CarbRehearsal).where(CarbRehearsal.person_id == person.key)
    return {row.session_id: str(row.outcome) for row in db.exec(mine)}


def erase(db: Session, person: Person) -> None:
    """Delete all of it."""
    for table in (CarbWish, FoodEaten, CarbRehearsal):
        db.execute(delete(table).where(col(table.person_id) == person.key))
