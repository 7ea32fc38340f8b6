"""On the evening before the half marathon and the first taper week: rehearse the race's food."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import attendance, school, session
from models.session import TrainingSession
from scheduler.planner import Window

WEEKS = (18, 23)  # the half or 15 km, and the first week of the taper (domain 4.9)
AT = time(19)
DAY = timedelta(days=1)


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield a rehearsal for each such session; it helps until the start."""
    for one in session.between(db, window.since, window.until + 2 * DAY):
        if one.week not in WEEKS or one.cancelled:
            continue
        day = one.starts_at.astimezone(zone).date()
        at = datetime.combine(day - DAY, AT, zone)
        people = _coming(db, one) if window.holds(at) else ()
        if people:
            until = one.starts_at
            yield Occurrence("session.rehearsal", one.key, one.revision, at, until, people=people)


def _coming(db: Session, one: TrainingSession) -> tuple[int, ...]:
    """Return the members who have not said that they do not come."""
    answers = attendance.rsvps(db, one.key)
    away = {person for person, rsvp in answers.items() if rsvp.answer == attendance.NO}
    members = (member.key for member in school.members_of(db, one.class_id))
    return tuple(key for key in members if key not in away)
