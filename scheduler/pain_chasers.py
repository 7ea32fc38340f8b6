"""Pains nobody sees to: after 12 hours the coaches hear of it again, after 24 the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import pain, person, school
from models.pain import PainReport
from models.person import Person
from models.rules import hours
from scheduler.planner import Window

COACHES_AFTER, OFFICE_AFTER = timedelta(hours=12), timedelta(hours=24)
LONGEST_WAIT = OFFICE_AFTER + timedelta(hours=12)
HELPS_FOR = timedelta(days=1)


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield the reminders of pains that were told and wait."""
    for row in pain.untaken(db, window.since - LONGEST_WAIT):
        class_ = school.class_of(db, person.get(db, row.person_id))
        if class_ is not None:
            coaches = school.coaches_of(db, class_.key)
            yield from _chase(row, COACHES_AFTER, "coaches", coaches, zone)
            yield from _chase(row, OFFICE_AFTER, "office", school.office(db), zone)


def _chase(
    row: PainReport, after: timedelta, label: str, people: Sequence[Person], zone: ZoneInfo
) -> Iterator[Occurrence]:
    keys = tuple(one.key for one in people)
    if keys and row.told_at is not None and row.id is not None:
        at = hours.daytime((row.told_at + after).astimezone(zone))
        yield Occurrence("pain.chase", row.id, 0, at, at + HELPS_FOR, people=keys, label=label)
