"""Half an hour after a test those who were there are asked for their time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import attendance, session
from scheduler.planner import Window

AFTER = timedelta(minutes=30)  # a quarter of an hour after the question how hard it was
HELPS = timedelta(hours=3)
TEST = "test"  # the intensity of a lesson that is run for time


def due(db: Session, window: Window, _zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield a question for each test at which someone checked in."""
    for one in session.between(db, window.since - AFTER - attendance.LONGEST, window.until):
        at = one.ends_at + AFTER
        lesson = session.lesson(db, one) if window.holds(at) and not one.cancelled else None
        if lesson is None or lesson.intensity != TEST:
            continue
        people = tuple(sorted(attendance.checkins(db, one.key)))
        if people:
            yield Occurrence("session.result", one.key, one.revision, at, at + HELPS, "", people)
