"""A quarter of an hour after a session those who were there are asked how hard it was.

Whoever left the question open three times is left in peace: 「きつさ 6」 brings it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import attendance, session, unanswered
from models.session import TrainingSession
from scheduler.planner import Window

AFTER = timedelta(minutes=15)  # RPE is asked 10-30 minutes after (Foster 2001)
HELPS = timedelta(hours=3)


def due(db: Session, window: Window, _zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield a question for each session at which someone checked in."""
    longest = AFTER + attendance.LONGEST
    for one in session.between(db, window.since - longest, window.until):
        at = one.ends_at + AFTER
        people = () if one.cancelled or not window.holds(at) else _there(db, one)
        if people:
            until = at + HELPS
            yield Occurrence(
                "session.effort", one.key, one.revision, at, until=until, people=people
            )


def _there(db: Session, one: TrainingSession) -> tuple[int, ...]:
    there = sorted(attendance.checkins(db, one.key))
    quiet = unanswered.efforts(db, there, one.starts_at - attendance.MARGIN)
    return tuple(person for person in there if person not in quiet)
