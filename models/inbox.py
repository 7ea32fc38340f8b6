"""The inbox: every event once, from LINE or from the clock, until it has been handled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Index, bindparam, delete, exists, func, select, update
from sqlalchemy.orm import aliased, defer
from sqlmodel import Field, Session, SQLModel, col

from models.columns import instant, opens, sealed
from models.database import insert_new, lock_next, wake

MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=2)
CROWD = 20  # events that wait in one chat: more is a flood, or an outage just over


class Door(StrEnum):
    """Where an event came in."""

    LINE = "line"
    CLOCK = "clock"


class EventState(StrEnum):
    """What became of an event."""

    WAITING = "waiting"
    DONE = "done"
    IGNORED = "ignored"
    MISSED = "missed"
    DEAD = "dead"
    THROTTLED = "throttled"


class InboxEvent(SQLModel, table=True):
    """One event; `chat` is the queue it waits in, `key` makes it come once."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_queue", "state", "chat", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    door: str
    chat: str
    state: str = EventState.WAITING
    message_id: str | None = Field(default=None, index=True)
    body: Any = sealed("inbox.body")
    happened_at: datetime = instant()
    recorded_at: datetime = instant()
    not_before: datetime | None = instant(default=None, nullable=True)
    attempts: int = 0
    fault: Any = sealed("inbox.fault")


def record(connection: Connection, rows: Sequence[dict[str, Any]], now: datetime) -> int:
    """Write the events that are not known yet and wake a worker; return how many were new."""
    stamped = [{"state": EventState.WAITING, "attempts": 0, "recorded_at": now} | r for r in rows]
    new = insert_new(connection, InboxEvent.__table__, stamped)  # type: ignore[attr-defined]
    if new:
        wake(connection)
    return new


def known_keys(db: Session, keys: Sequence[str]) -> set[str]:
    """Return those of `keys` that are recorded already."""
    return set(db.scalars(select(col(InboxEvent.key)).where(col(InboxEvent.key).in_(keys))))


def bodies_under(db: Session, start: str) -> list[Any]:
    """Return what is still kept, and can be opened, of the events whose key starts with `start`.

    By LIKE, not by a range of keys: PostgreSQL may sort as a language does, not by characters.
    """
    rows = select(InboxEvent).options(defer(InboxEvent.body), defer(InboxEvent.fault))
    found = db.scalars(rows.where(col(InboxEvent.key).startswith(start, autoescape=True))).all()
    return [one.body for one in found if opens(db, one, "body") and one.body is not None]


def forget_missed(db: Session, since: datetime) -> None:
    """Forget what was noted as missed at an hour that is still to come."""
    noted = col(InboxEvent.state) == EventState.MISSED, col(InboxEvent.recorded_at) > since
    db.execute(delete(InboxEvent).where(*noted))


def next_waiting(db: Session, now: datetime) -> InboxEvent | None:
    """Return the oldest due event that is first in its chat's queue and no other worker holds.

    A chat with a crowd waiting comes after all others: a flood makes nobody else wait.
    """
    found: InboxEvent | None = db.scalar(_CALM, {"now": now})
    return found or db.scalar(_ANY, {"now": now})


def _heads() -> Any:
    earlier = aliased(InboxEvent)
    blocked = exists().where(
        col(earlier.state) == EventState.WAITING,
        col(earlier.chat) == col(InboxEvent.chat),
        col(earlier.id) < col(InboxEvent.id),
    )
    due = col(InboxEvent.not_before).is_(None) | (col(InboxEvent.not_before) <= bindparam("now"))
    unopened = defer(InboxEvent.body), defer(InboxEvent.fault)
    return (
        select(InboxEvent)
        .options(*unopened)  # what cannot be opened fails with its reader, not here
        .where(col(InboxEvent.state) == EventState.WAITING, due, ~blocked)
        .order_by(col(InboxEvent.id))
        .limit(1)
    )


def _crowded() -> Any:
    """Say of an event that many more of its chat wait behind it."""
    later = aliased(InboxEvent)
    behind = select(col(later.id)).where(
        col(later.state) == EventState.WAITING, col(later.chat) == col(InboxEvent.chat)
    )
    return behind.offset(CROWD).limit(1).exists()


# Made once: to build them takes longer than to ask them.
_CALM, _ANY = lock_next(_heads().where(~_crowded())), lock_next(_heads())


def waiting(db: Session, now: datetime) -> int:
    """Return how many events wait that are due, whoever holds them."""
    due = col(InboxEvent.not_before).is_(None) | (col(InboxEvent.not_before) <= now)
    statement = select(func.count()).select_from(InboxEvent)
    return db.scalar(statement.where(col(InboxEvent.state) == EventState.WAITING, due)) or 0


def finish(db: Session, event: InboxEvent, state: EventState = EventState.DONE) -> None:
    """Close an event."""
    event.state = state
    db.add(event)


def failed(db: Session, event: InboxEvent, trace: str, now: datetime) -> bool:
    """Note a failure; the third sets the event aside. Return whether it is dead now."""
    event.attempts += 1
    event.fault = trace
    dead = event.attempts >= MAX_ATTEMPTS
    event.state = EventState.DEAD if dead else EventState.WAITING
    event.not_before = now + RETRY_AFTER * event.attempts
    db.add(event)
    return dead


def postpone(db: Session, event: InboxEvent, until: datetime) -> None:
    """Leave an event for later; the rest of its chat waits behind it."""
    event.not_before = until
    db.add(event)


def forget(db: Session, message_id: str) -> None:
    """Drop the kept text of a message that its writer took back."""
    taken_back = update(InboxEvent).where(col(InboxEvent.message_id) == message_id)
    db.execute(taken_back.values(body=None, fault=None))


def drop_bodies(db: Session, before: datetime) -> int:
    """Drop the bodies of closed events recorded before `before` (retention: 7 days)."""
    old = update(InboxEvent).where(
        col(InboxEvent.recorded_at) < before,
        col(InboxEvent.state) != EventState.WAITING,
        col(InboxEvent.body).is_not(None),
    )
    return db.connection().execute(old.values(body=None, fault=None)).rowcount
