"""When the time to answer is over, the coaches get the roster of the session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import notice, school, session
from scheduler.planner import Window

LONGEST = timedelta(days=7)  # a deadline lies at most this far before its session


def due(db: Session, window: Window, _zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield a roster for each session at its deadline; it helps until the start."""
    classes = {one.key: one for one in school.classes(db)}
    for one in session.between(db, window.since, window.until + LONGEST):
        at = notice.answer_by(one, classes[one.class_id])
        if one.cancelled or not window.holds(at):
            continue
        keys = tuple(coach.key for coach in school.coaches_of(db, one.class_id))
        yield Occurrence("session.roster", one.key, one.revision, at, one.starts_at, people=keys)
