"""When the weekly notice of a session goes to its group, and to its coaches the day before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import class_group, notice, school, session
from models.school import SchoolClass
from models.session import TrainingSession
from scheduler.planner import Window

LEAD = timedelta(days=14)  # a notice goes out at most a week and the time to answer before


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterable[Occurrence]:
    """Yield the previews and notices whose hour falls in the window."""
    classes = {one.key: one for one in school.classes(db)}
    for found in session.between(db, window.since, window.until + LEAD):
        class_ = classes[found.class_id]
        yield from _previews(db, window, zone, found, class_)
        yield from _notices(db, window, zone, found, class_)


def _previews(
    db: Session, window: Window, zone: ZoneInfo, found: TrainingSession, class_: SchoolClass
) -> Iterator[Occurrence]:
    at = notice.preview_hour(found, class_, zone)
    changed_since = found.changed_at is not None and found.changed_at > at
    if window.holds(at) and not changed_since:  # a change is announced; the coaches made it
        coaches = tuple(one.key for one in school.coaches_of(db, class_.key))
        until = notice.hour(found, class_, zone)
        yield Occurrence("session.preview", found.key, found.revision, at, until, people=coaches)


def _notices(
    db: Session, window: Window, zone: ZoneInfo, found: TrainingSession, class_: SchoolClass
) -> Iterator[Occurrence]:
    at = notice.hour(found, class_, zone)
    group = class_group.group_of(db, class_.key) if window.holds(at) else None
    if group is not None:
        until, chat = found.starts_at, group.line_id
        yield Occurrence("session.notice", found.key, found.revision, at, until, chat)
