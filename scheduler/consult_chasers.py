"""Questions nobody has answered: after 12 hours the coaches hear of it, after 24 the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import consultation, school
from models.consultation import Consultation
from models.person import Person
from models.rules import hours
from scheduler.planner import Window

COACHES_AFTER, OFFICE_AFTER = timedelta(hours=12), timedelta(hours=24)
LONGEST_WAIT = OFFICE_AFTER + timedelta(hours=12)
HELPS_FOR = timedelta(days=1)


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield the reminders that fall into the window."""
    for row in consultation.unanswered_since(db, window.since - LONGEST_WAIT):
        coaches = school.coaches_of(db, row.class_id)
        yield from _chase(row, COACHES_AFTER, "coaches", coaches, zone)
        yield from _chase(row, OFFICE_AFTER, "office", school.office(db), zone)


def _chase(
    row: Consultation, after: timedelta, label: str, people: Sequence[Person], zone: ZoneInfo
) -> Iterator[Occurrence]:
    at = hours.daytime((row.asked_at + after).astimezone(zone))
    keys = tuple(one.key for one in people)
    if keys:
        yield Occurrence("consult.chase", row.key, 0, at, at + HELPS_FOR, people=keys, label=label)
