"""The outbox: what is to be sent, frozen, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index, case, func, select, update
from sqlmodel import Field, Session, col

from models import alert
from models.columns import FromMessage, instant, sealed
from models.database import insert_new

LEASE = timedelta(seconds=40)  # real time; longer than the connect and read timeouts together


class Priority(IntEnum):
    """What overtakes what within a chat: the smaller goes first."""

    SAFETY = 0
    ANSWER = 1
    NOTICE = 2
    BROADCAST = 3


class RowState(StrEnum):
    """What became of a row; all but PENDING are final."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    DEAD = "dead"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class OutboxRow(FromMessage, table=True):
    """One request to LINE: up to five messages to one chat; `id` is the retry key."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_queue", "state", "recipient", "priority", "seq"),
        Index("ix_outbox_final_at", "final_at"),
    )

    seq: int | None = Field(default=None, primary_key=True)
    id: UUID = Field(unique=True)
    occurrence: str = Field(index=True)
    recipient: str
    priority: int
    subject: str | None = Field(default=None, index=True)
    messages: Any = sealed("outbox.messages")
    reply_token: Any = sealed("outbox.reply_token")
    state: str = RowState.PENDING
    created_at: datetime = instant()
    not_before: datetime = instant()
    expires_at: datetime = instant()
    attempts: int = 0
    first_attempt_at: datetime | None = instant(default=None, nullable=True)
    in_doubt: bool = False
    lease_until: datetime | None = instant(default=None, nullable=True)
    lease_token: str | None = None
    status: int | None = None
    request_id: str | None = None
    final_at: datetime | None = instant(default=None, nullable=True)
    billed: int | None = None  # people LINE counted for it: none for a reply
    likeness: str | None = Field(default=None, index=True)  # keyed hash: who else is told the same
    bundle: UUID | None = Field(default=None, index=True)  # retry key of a request of several rows
    alone: bool | None = None  # LINE refused it in company: it goes by itself
    reason: str | None = None  # why it is in no state that LINE gave it
    rests_from: datetime | None = instant(default=None, nullable=True)
    rests_until: datetime | None = instant(default=None, nullable=True)  # not said in between


def write(db: Session, rows: Iterable[dict[str, Any]]) -> int:
    """Write rows whose id is not there yet; return how many were new."""
    fresh = {"state": RowState.PENDING, "attempts": 0, "in_doubt": False}
    table = OutboxRow.__table__  # type: ignore[attr-defined]
    return insert_new(db.connection(), table, [fresh | row for row in rows])


def settle(db: Session, row: OutboxRow, state: RowState, now: datetime, **values: Any) -> bool:
    """Close the rows of a claim, drop what they said; False when the lease was lost meanwhile."""
    final = {"state": state, "final_at": now, "messages": None, "reply_token": None}
    rest = {"lease_until": None, "in_doubt": False, "likeness": None}
    return _mine(db, row, final | rest | values)


def postpone(db: Session, row: OutboxRow, until: datetime, **values: Any) -> bool:
    """Give a claim back for a later attempt; False when the lease was lost meanwhile."""
    return _mine(db, row, {"not_before": until, "lease_until": None} | values)


def cancel(db: Session, *conditions: Any, now: datetime) -> int:
    """Cancel pending rows (of a subject, a person, a message); in-flight ones are let go."""
    values = {"state": RowState.CANCELLED, "final_at": now, "messages": None, "reply_token": None}
    statement = update(OutboxRow).where(col(OutboxRow.state) == RowState.PENDING, *conditions)
    return db.connection().execute(statement.values(**values)).rowcount


def cancel_subject(db: Session, subject: str, now: datetime) -> int:
    """Cancel what is still to be said about `subject` (say, a moved session)."""
    return cancel(db, col(OutboxRow.subject) == subject, now=now)


def cancel_recipient(db: Session, recipient: str, now: datetime) -> int:
    """Cancel what is still to be said to someone who left; of safety somebody else has to know."""
    safety = col(OutboxRow.recipient) == recipient, col(OutboxRow.priority) == Priority.SAFETY
    waits = select(col(OutboxRow.id)).where(*safety, col(OutboxRow.state) == RowState.PENDING)
    alert.left(db, list(db.scalars(waits)), now)
    return cancel(db, col(OutboxRow.recipient) == recipient, now=now)


def due_count(db: Session, now: datetime) -> int:
    """Return how many rows wait that are due."""
    return db.scalar(select(func.count()).select_from(OutboxRow).where(*_due(now))) or 0


def oldest_due(db: Session, now: datetime) -> datetime | None:
    """Return since when the oldest due row has waited."""
    rested = col(OutboxRow.rests_until) <= now
    since = case((rested, col(OutboxRow.rests_until)), else_=col(OutboxRow.not_before))
    found: datetime | None = db.scalar(select(since).where(*_due(now)).order_by(since).limit(1))
    return found


def rests(row: Any, now: Any) -> Any:
    """Whether it is the night in which a word of the day is not said."""
    begun = (col(row.rests_from) <= now) & (col(row.rests_until) > now)
    return col(row.rests_from).is_not(None) & begun


def _due(now: datetime) -> tuple[Any, ...]:
    pending = col(OutboxRow.state) == RowState.PENDING
    return pending, col(OutboxRow.not_before) <= now, ~rests(OutboxRow, now)


def _mine(db: Session, row: OutboxRow, values: dict[str, Any]) -> bool:
    statement = update(OutboxRow).where(
        col(OutboxRow.lease_token) == row.lease_token,
        col(OutboxRow.state) == RowState.PENDING,
    )
    return db.connection().execute(statement.values(**values)).rowcount > 0
