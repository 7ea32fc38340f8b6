"""Two hours before a long or hot session each member of its class is reminded to drink."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import hydration
from bot.turn import Occurrence
from models import school, session
from scheduler.planner import Window

LEAD = timedelta(hours=2)


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield a reminder for each session that needs one; it helps until the start."""
    moment = timedelta(seconds=1)
    for one in session.between(db, window.since + LEAD, window.until + LEAD + moment):
        ahead = hydration.look_at(db, one, zone)
        if one.cancelled or not (ahead.is_long or hydration.is_hot(ahead, zone)):
            continue
        people = tuple(p.key for p in school.members_of(db, one.class_id))
        at = one.starts_at
        yield Occurrence("session.drink", one.key, one.revision, at - LEAD, until=at, people=people)
