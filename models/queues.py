"""How the queues stand, in numbers: for monitors, not for decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from models.inbox import EventState, InboxEvent
from models.outbox import OutboxRow, RowState


def events(db: Session) -> dict[tuple[str, str], int]:
    """Return how many events are kept, by door and state."""
    kind = (col(InboxEvent.door), col(InboxEvent.state))
    counted = db.execute(select(*kind, func.count()).group_by(*kind))
    return {(door, state): n for door, state, n in counted}


def rows(db: Session) -> dict[str, int]:
    """Return how many outbox rows are kept, by state; every state is named."""
    counted = select(col(OutboxRow.state), func.count()).group_by(col(OutboxRow.state))
    return dict.fromkeys(map(str, RowState), 0) | {
        str(state): n for state, n in db.execute(counted)
    }


def retries(db: Session) -> int:
    """Return how often a row that is kept was tried again."""
    again = col(OutboxRow.attempts) > 1
    return db.scalar(select(func.sum(col(OutboxRow.attempts) - 1)).where(again)) or 0


def in_doubt(db: Session) -> int:
    """Return how many rows wait of which LINE may have taken an attempt."""
    doubtful = (col(OutboxRow.state) == RowState.PENDING, col(OutboxRow.in_doubt))
    return db.scalar(select(func.count()).select_from(OutboxRow).where(*doubtful)) or 0


def oldest_event(db: Session, now: datetime) -> datetime | None:
    """Return since when the oldest due event has waited."""
    since = func.coalesce(col(InboxEvent.not_before), col(InboxEvent.recorded_at))
    due = (col(InboxEvent.state) == EventState.WAITING, since <= now)
    return db.scalar(select(func.min(since)).where(*due))
