"""When a broadcast goes out: its last minute, or its hour; and when its delivery is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import broadcast_lists, person, school
from models.broadcast import APPROVAL_LIFE, Broadcast, State
from models.rules import hours
from scheduler.planner import CATCH_UP, Window

LOOK_AFTER = timedelta(minutes=10)  # by then LINE has taken it, or will not
OVERDUE = timedelta(hours=1)  # whatever held it up: it is called off, and somebody hears of it


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterable[Occurrence]:
    """Yield what is held until now, what nobody approved, and what went out a little ago."""
    for row in broadcast_lists.due_between(db, window.since, window.until):
        if row.due_at:
            yield _occurrence("broadcast.send", row, row.due_at, _who(db, row))
    hour = window.until.replace(minute=0, second=0, microsecond=0)
    for row in broadcast_lists.overdue(db, window.until - OVERDUE):
        yield replace(_occurrence("broadcast.send", row, hour, _who(db, row)), label="overdue")
    for row in broadcast_lists.waiting(db):
        if row.state == State.AWAITING and row.decided_at and row.author_id:
            given_up = hours.daytime((row.decided_at + APPROVAL_LIFE).astimezone(zone))
            yield _occurrence("broadcast.unapproved", row, given_up, (row.author_id,))
    since, until = (at - LOOK_AFTER for at in (window.since, window.until))
    for row in broadcast_lists.sent_between(db, since, until):
        if row.sent_at and row.author_id:
            at = row.sent_at + LOOK_AFTER
            yield _occurrence("broadcast.outcome", row, at, (row.author_id,))


def _who(db: Session, row: Broadcast) -> tuple[int, ...]:
    """Return the author, or who is told in their place when we cannot speak to them any more."""
    author = person.by_ids(db, [row.author_id or 0])
    if author and author[0].reachable:
        return (author[0].key,)
    coaches = school.coaches_of(db, row.class_id) if row.class_id else []
    return tuple(one.key for one in [*coaches, *school.office(db)] if one.reachable)


def _occurrence(kind: str, row: Broadcast, at: datetime, people: tuple[int, ...]) -> Occurrence:
    return Occurrence(kind, row.key, row.revision, at, at + CATCH_UP, people=people)
