"""When the month's messages run low, or LINE refuses some: once each, to the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import billing, quota, school
from scheduler.planner import Window

MARKS = (90, 70)  # percent of the plan


def due(db: Session, window: Window, _zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield the warnings of the month in which the window ends, the highest of an instant only."""
    office = tuple(one.key for one in school.office(db))
    told = set[datetime]()
    for mark in MARKS:
        if (found := quota.crossed(db, window.until, mark)) and found[1] not in told:
            told.add(found[1])
            yield _warning(found[1], f"{mark}", found[0], office)
    unsent, since = billing.unsent(db, window.until)
    if unsent and since:
        yield _warning(since, "spent", 0, office)


def _warning(at: datetime, label: str, plan: int, office: tuple[int, ...]) -> Occurrence:
    """Return a warning; a greater plan has marks of its own in the same month."""
    month = int(f"{at.astimezone(billing.JAPAN):%Y%m}")
    until = billing.end_of(at)
    return Occurrence("quota.warning", month, plan, at, until, people=office, label=label)
