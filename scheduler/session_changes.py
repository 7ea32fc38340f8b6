"""When a moved or cancelled session is announced: once it has stood for a minute."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import class_group, school, session
from models.session import TrainingSession
from scheduler.planner import Window

SECOND_THOUGHTS = timedelta(minutes=1)  # who corrects a slip is not announced twice
HORIZON = timedelta(days=21)  # what is farther away comes with its weekly notice


def due(db: Session, window: Window, _zone: ZoneInfo) -> Iterable[Occurrence]:
    """Yield one correction for each revision the class does not know yet."""
    since, until = (at - SECOND_THOUGHTS for at in (window.since, window.until))
    for found in session.changed_between(db, since, until):
        at = found.changed_at
        if at is not None and found.told_revision != found.revision and _is_near(found):
            yield _occurrence(db, found, at + SECOND_THOUGHTS)


def _is_near(found: TrainingSession) -> bool:
    before = found.was_at or found.starts_at
    return found.changed_at is not None and (
        min(before, found.starts_at) <= found.changed_at + HORIZON
        and max(before, found.starts_at) > found.changed_at
    )


def _occurrence(db: Session, found: TrainingSession, at: datetime) -> Occurrence:
    """Speak to the class's group; a class without one is told person by person."""
    group = class_group.group_of(db, found.class_id)
    members = () if group else tuple(one.key for one in school.members_of(db, found.class_id))
    until = max(found.was_at or found.starts_at, found.starts_at)
    chat = group.line_id if group else ""
    return Occurrence(
        "session.changed", found.key, found.revision, at, until, chat=chat, people=members
    )
