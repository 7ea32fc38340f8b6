"""What a member ran: time trials and races, told by themselves; their coaches see them too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, Session, col, select

from models.columns import FromMessage, instant


class RaceResult(FromMessage, table=True):
    """A distance in km and the time in seconds; told again for the same day, the newer counts."""

    __tablename__ = "race_result"
    __table_args__ = (
        UniqueConstraint("person_id", "ran_on", "km"),
        Index("ix_race_result_person_day", "person_id", "ran_on"),
        {"sqlite_autoincrement": True},  # a number in an old button never means another result
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    ran_on: date
    km: float
    seconds: int
    told_at: datetime = instant()

    @property
    def key(self) -> int:
        """The id of a result that is in the database."""
        assert self.id is not None
        return self.id


def keep(db: Session, told: RaceResult) -> RaceResult:
    """Keep a result; one of the same day and distance is corrected by it."""
    same = select(RaceResult).where(
        RaceResult.person_id == told.person_id,
        RaceResult.ran_on == told.ran_on,
        RaceResult.km == told.km,
    )
    row = db.exec(same).first() or told
    row.seconds, row.told_at, row.message_id = told.seconds, told.told_at, told.message_id
    db.add(row)
    db.flush()
    return row


def drop(db: Session, person_id: int, number: int) -> RaceResult | None:
    """Delete a person's own result; None when it is not theirs or gone."""
    row = db.get(RaceResult, number) if 0 < number < 2**31 else None
    if row is None or row.person_id != person_id:
        return None
    db.delete(row)
    db.flush()
    return row


def of_person(db: Session, person_id: int, limit: int) -> list[RaceResult]:
    """Return a person's results, newest first."""
    mine = select(RaceResult).where(RaceResult.person_id == person_id)
    newest = mine.order_by(col(RaceResult.ran_on).desc(), col(RaceResult.id).desc())
    return list(db.exec(newest.limit(limit)))


def of_people(db: Session, people: Sequence[int]) -> list[RaceResult]:
    """Return the results of these people, newest first."""
    theirs = select(RaceResult).where(col(RaceResult.person_id).in_(people))
    return list(db.exec(theirs.order_by(col(RaceResult.ran_on).desc(), col(RaceResult.id).desc())))
