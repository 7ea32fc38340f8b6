"""Once a week, at noon on a Monday, the coaches of each class hear who needs a word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import school
from models.rules import hours
from scheduler.planner import Window

MONDAY, NOON = 0, time(12)
WEEK = timedelta(days=7)
HELPS_FOR = timedelta(hours=9)


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield a digest for each class and Monday; whether there is anybody, its handler sees."""
    mondays = list(_mondays(window, zone))
    for class_ in school.classes(db) if mondays else []:
        people = tuple(one.key for one in school.coaches_of(db, class_.key))
        for at in mondays if people else []:
            label, until = f"{at:%Y-%m-%d}", at + HELPS_FOR
            yield Occurrence("care.digest", class_.key, 0, at, until, people=people, label=label)


def _mondays(window: Window, zone: ZoneInfo) -> Iterator[datetime]:
    at = hours.weekly_before(window.until.astimezone(zone), MONDAY, NOON)
    while window.holds(at):
        yield at
        at = hours.weekly_before((at - WEEK), MONDAY, NOON)
