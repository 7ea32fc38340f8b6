"""Pain a member told us of, kept only with consent, and the coach who saw to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Field, Session, col, select

from models import health
from models.columns import FromMessage, instant, sealed
from models.person import Person

LARGEST_ID = 2**31 - 1


class PainReport(FromMessage, table=True):
    """A member said how much something hurts; `taken_by` is the coach who sees to it."""

    __tablename__ = "pain_report"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number never means another report

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = instant()
    level: Any = sealed("pain_report.level")
    taken_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    taken_at: datetime | None = instant(default=None, nullable=True)
    told_at: datetime | None = instant(default=None, nullable=True)  # when the coaches heard


class PainPlace(FromMessage, table=True):
    """Where it hurts: told in a message of its own, so taken back with that one alone."""

    __tablename__ = "pain_place"

    report_id: int = Field(primary_key=True, foreign_key="pain_report.id", ondelete="CASCADE")
    place: Any = sealed("pain_place.place")


def report(db: Session, person: Person, row: PainReport) -> int:
    """Keep a report and return its number; NoConsentError without the person's consent."""
    if not health.has_consent(db, person, health.HEALTH):
        raise health.NoConsentError(type(row).__name__)
    db.add(row)
    db.flush()
    assert row.id is not None
    return row.id


def by_id(db: Session, number: int) -> PainReport | None:
    """Return a report; None when it was taken back or never was."""
    return db.get(PainReport, number) if 0 < number <= LARGEST_ID else None


def take(db: Session, number: int, coach_id: int, now: datetime) -> bool:
    """Let a coach see to a report; False when someone did before."""
    free = update(PainReport).where(
        col(PainReport.id) == number, col(PainReport.taken_by).is_(None)
    )
    taken = db.connection().execute(free.values(taken_by=coach_id, taken_at=now))
    db.expire_all()
    return taken.rowcount == 1


def tell(db: Session, number: int, now: datetime) -> None:
    """Note that the coaches were told of a report."""
    first = col(PainReport.id) == number, col(PainReport.told_at).is_(None)
    db.execute(update(PainReport).where(*first).values(told_at=now))


def untaken(db: Session, since: datetime) -> list[PainReport]:
    """Return the reports told to coaches since then that nobody sees to, oldest first."""
    waiting = select(PainReport).where(
        col(PainReport.told_at) > since, col(PainReport.taken_by).is_(None)
    )
    found = db.exec(waiting.where(col(PainReport.taken_at).is_(None)))
    return sorted(found, key=lambda row: row.id or 0)


def waits(db: Session, number: int) -> PainReport | None:
    """Return a report if nobody sees to it, nor to a later one of the same person."""
    row = by_id(db, number)
    if row is None or row.taken_at is not None:
        return None
    later = select(PainReport.id).where(
        PainReport.person_id == row.person_id,
        PainReport.at > row.at,
        col(PainReport.taken_at).is_not(None),
    )
    return None if db.exec(later).first() is not None else row


def place_of(db: Session, number: int) -> str | None:
    """Return where it hurts, if that was told."""
    row = db.get(PainPlace, number)
    return row.place if row else None


def recent(db: Session, person: Person, since: datetime) -> list[PainReport]:
    """Return what a person reported since then, newest first."""
    mine = select(PainReport).where(PainReport.person_id == person.key, PainReport.at >= since)
    return list(db.exec(mine.order_by(col(PainReport.at).desc())))
