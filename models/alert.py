"""Alerts: what did not arrive or was not done, written by the database itself when it happens.

Triggers (migration 0003) write a row in the transaction that gives a message up, sets an event
aside or notes an occurrence as missed: nothing can do that and keep it to itself. What is
cancelled is somebody's wish; only who blocks us with safety under way is an alert (`left`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant
from models.database import insert_new

OUTBOX, INBOX, REFUSED = "outbox:", "inbox:", "refused:"


class Why(StrEnum):
    """Why it did not arrive: the last state of its row, or LINE's refusal of our token."""

    EXPIRED = "expired"
    DEAD = "dead"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    MISSED = "missed"
    REFUSED = "refused"


class Haste(IntEnum):
    """When people are told: by night too, by day, or never, where it is an alert that failed."""

    NOW = 0
    BY_DAY = 2
    NEVER = 9


class Alert(SQLModel, table=True):
    """One thing that somebody has to know; `key` says which row or event it is about."""

    __tablename__ = "alert"

    key: str = Field(primary_key=True)
    why: str
    haste: int = Haste.BY_DAY
    raised_at: datetime = instant()
    told_at: datetime | None = instant(default=None, nullable=True, index=True)


def token_was_refused(db: Session, since: datetime, now: datetime) -> None:
    """Note that nothing was sent from then until now."""
    row = {"key": f"{REFUSED}{since.isoformat()}", "why": Why.REFUSED, "haste": Haste.BY_DAY}
    insert_new(db.connection(), Alert.__table__, [row | {"raised_at": now}])  # type: ignore[attr-defined]


def left(db: Session, rows: Sequence[UUID], now: datetime) -> None:
    """Note safety that was still to be said to someone who has blocked us meanwhile."""
    why = {"why": Why.CANCELLED, "haste": Haste.NOW, "raised_at": now}
    keys = [{"key": f"{OUTBOX}{one.hex}"} | why for one in rows]
    insert_new(db.connection(), Alert.__table__, keys)  # type: ignore[attr-defined]


def untold(db: Session) -> dict[Haste, tuple[datetime, datetime]]:
    """Return since when and until when alerts were raised that nobody was told of, by haste."""
    waiting = select(Alert.haste, func.min(Alert.raised_at), func.max(Alert.raised_at)).where(
        col(Alert.told_at).is_(None), Alert.haste != Haste.NEVER
    )
    found = db.exec(waiting.group_by(col(Alert.haste))).all()
    return {Haste(haste): (first, last) for haste, first, last in found}


def unseen(db: Session, since: datetime) -> int:
    """Return how many alerts were raised since then of which nobody was told yet."""
    found = select(func.count()).where(col(Alert.told_at).is_(None), Alert.raised_at > since)
    return db.exec(found).one()


def of_digest(db: Session, at: datetime, haste: Haste) -> list[Alert]:
    """Return what a digest tells: what waits until then, and what it told others already."""
    mine = col(Alert.told_at).is_(None) | (col(Alert.told_at) == at)
    found = select(Alert).where(Alert.haste <= haste, Alert.raised_at <= at, mine)
    return list(db.exec(found.order_by(col(Alert.raised_at), col(Alert.key))))


def mark_told(db: Session, keys: list[str], at: datetime) -> None:
    """Note in which digest they were told."""
    db.execute(update(Alert).where(col(Alert.key).in_(keys)).values(told_at=at))


def drop_old(db: Session, before: datetime) -> None:
    """Delete alerts whose rows and events are gone too."""
    db.execute(delete(Alert).where(col(Alert.raised_at) < before))
