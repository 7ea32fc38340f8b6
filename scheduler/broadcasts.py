"""When a broadcast goes out: its last minute, or its hour; and when its delivery is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import broadcast_lists
from models.broadcast import Broadcast
from scheduler.planner import CATCH_UP, Window

LOOK_AFTER = timedelta(minutes=10)  # by then LINE has taken it, or will not


def due(db: Session, window: Window, _zone: ZoneInfo) -> Iterable[Occurrence]:
    """Yield what is held until now, and what went out a little ago."""
    for row in broadcast_lists.due_between(db, window.since, window.until):
        if row.due_at and row.author_id:
            yield _occurrence("broadcast.send", row, row.due_at)
    since, until = (at - LOOK_AFTER for at in (window.since, window.until))
    for row in broadcast_lists.sent_between(db, since, until):
        if row.sent_at and row.author_id:
            yield _occurrence("broadcast.outcome", row, row.sent_at + LOOK_AFTER)


def _occurrence(kind: str, row: Broadcast, at: datetime) -> Occurrence:
    people = (row.author_id or 0,)
    return Occurrence(kind, row.key, row.revision, at, at + CATCH_UP, people=people)
