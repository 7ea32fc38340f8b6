"""Two hours before a long or hot session whoever comes, or may come, is reminded to drink.

Between 60 and 90 minutes in cool air the body decides whether anything is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import hydration
from bot.occurrences import PERHAPS
from bot.turn import Occurrence
from models import attendance, school, session
from scheduler.planner import Window

LEAD = timedelta(hours=2)


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield a reminder for each session that needs one; it helps until the start."""
    moment = timedelta(seconds=1)
    for one in session.between(db, window.since + LEAD, window.until + LEAD + moment):
        ahead = hydration.look_at(db, one, zone)
        if one.cancelled or not (ahead.is_long or hydration.is_hot(ahead, zone)):
            continue
        given = attendance.rsvps(db, one.key)
        members = (p.key for p in school.members_of(db, one.class_id))
        people = tuple(p for p in members if p in given and given[p].answer != attendance.NO)
        at = one.starts_at
        if people:
            label = "" if hydration.is_for_everybody(ahead, zone) else PERHAPS
            due_at, about = at - LEAD, (one.key, one.revision)
            yield Occurrence("session.drink", *about, due_at, at, people=people, label=label)
