"""A quarter of an hour after a session those who were there are asked how hard it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import attendance, session
from scheduler.planner import Window

AFTER = timedelta(minutes=15)  # RPE is asked 10-30 minutes after (Foster 2001)
HELPS = timedelta(hours=3)


def due(db: Session, window: Window, _zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield a question for each session at which someone checked in."""
    longest = AFTER + attendance.LONGEST
    for one in session.between(db, window.since - longest, window.until):
        at = one.ends_at + AFTER
        people = () if one.cancelled or not window.holds(at) else _there(db, one.key)
        if people:
            until = at + HELPS
            yield Occurrence(
                "session.effort", one.key, one.revision, at, until=until, people=people
            )


def _there(db: Session, session_id: int) -> tuple[int, ...]:
    return tuple(sorted(attendance.checkins(db, session_id)))
