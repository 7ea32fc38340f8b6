"""Which row of the outbox goes next. The question is built once: it is asked at every step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import aliased, defer
from sqlmodel import Session, col

from models.columns import Instant
from models.inbox import Door, EventState, InboxEvent
from models.outbox import OutboxRow, Priority, RowState, rests

GATHERING = timedelta(seconds=5)  # at most: whatever the engine is doing
_NOW, _REAL_NOW = bindparam("now", type_=Instant), bindparam("real_now", type_=Instant)
_GATHERED = bindparam("gathered", type_=Instant)


def moments(now: datetime, real_now: datetime) -> dict[str, datetime]:
    """Return the times the queue is asked at: due times by `now`, leases by the real clock."""
    return {"now": now, "real_now": real_now, "gathered": now - GATHERING}


def has_work(db: Session, now: datetime, real_now: datetime) -> bool:
    """Say, without taking a lock, whether there is a row to claim; quick when nothing waits."""
    if db.scalar(_ANY_PENDING) is None:
        return False
    return db.scalar(_NEXT_SEQ, moments(now, real_now)) is not None


def _claimable() -> Any:
    """Select the rows to send now: first in their chat and priority, and in their bundle."""
    row, earlier, mate = OutboxRow, aliased(OutboxRow), aliased(OutboxRow)
    behind = exists().where(
        col(earlier.state) == RowState.PENDING,
        col(earlier.recipient) == col(row.recipient),
        col(earlier.priority) == col(row.priority),
        col(earlier.seq) < col(row.seq),
        ~rests(earlier, _NOW),  # what waits for the morning holds up nothing that is said at night
    )
    led = exists().where(
        col(mate.state) == RowState.PENDING,
        col(mate.bundle) == col(row.bundle),
        col(mate.seq) < col(row.seq),
    )
    of_use = exists().where(col(mate.bundle) == col(row.bundle), col(mate.expires_at) > _NOW)
    free = col(row.lease_until).is_(None) | (col(row.lease_until) < _REAL_NOW)
    awake = (col(row.not_before) <= _NOW) & ~rests(row, _NOW)
    due = awake | (col(row.expires_at) <= _NOW) & ~of_use
    pending = col(row.state) == RowState.PENDING
    unopened = defer(row.messages), defer(row.reply_token)
    found = select(row).options(*unopened).where(pending, due, free, ~behind, ~led)
    return found.where(~_gathers()).order_by(col(row.priority), col(row.seq))


def _gathers() -> Any:
    """Hold a fresh notice while more falls due: what comes together goes in one paid request."""
    more = exists().where(
        col(InboxEvent.state) == EventState.WAITING,
        col(InboxEvent.door) == Door.CLOCK,
        col(InboxEvent.not_before).is_(None) | (col(InboxEvent.not_before) <= _NOW),
    )
    ordinary = col(OutboxRow.priority) >= Priority.NOTICE
    return ordinary & (col(OutboxRow.created_at) > _GATHERED) & more


CLAIMABLE = _claimable()
_NEXT_SEQ = CLAIMABLE.limit(1).with_only_columns(col(OutboxRow.seq))
_ANY_PENDING = select(col(OutboxRow.seq)).where(col(OutboxRow.state) == RowState.PENDING).limit(1)
