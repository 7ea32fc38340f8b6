"""What a coach asked at night goes to those who have not answered in the morning."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import attendance, chase, school, session
from scheduler.planner import Window


def due(db: Session, window: Window, _zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield one occurrence for each session whose silent wait to be asked."""
    for row in chase.between(db, window.since, window.until):
        found = session.by_id(db, row.session_id)
        waited = row.goes_at > row.asked_at
        if found is None or not waited or found.cancelled or found.revision != row.revision:
            continue
        given = attendance.rsvps(db, found.key)
        members = school.members_of(db, found.class_id)
        people = tuple(one.key for one in members if one.key not in given)
        yield Occurrence(
            "session.chase", found.key, row.revision, row.goes_at, found.starts_at, people=people
        )
