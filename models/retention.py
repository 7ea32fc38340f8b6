"""Retention: deleting what is past its period."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from models import allowance, inbox
from models.code import CodeFailure
from models.confirm import Confirm
from models.dialog import Dialog
from models.inbox import Door, EventState, InboxEvent
from models.message import MessageState
from models.outbox import OutboxRow, RowState


def drop_bodies(db: Session, before: datetime) -> None:
    """Drop what closed events said."""
    inbox.drop_bodies(db, before)


def drop_events(db: Session, before: datetime) -> None:
    """Delete closed events of LINE and the versions of messages; the clock's keys stay."""
    old = col(InboxEvent.recorded_at) < before
    closed = col(InboxEvent.state) != EventState.WAITING
    db.execute(delete(InboxEvent).where(old, closed, col(InboxEvent.door) == Door.LINE))
    db.execute(delete(MessageState).where(col(MessageState.version_at) < before))


def drop_rows(db: Session, before: datetime) -> None:
    """Delete final outbox rows; their bodies went when they became final."""
    final = col(OutboxRow.state) != RowState.PENDING
    db.execute(delete(OutboxRow).where(final, col(OutboxRow.final_at) < before))


def drop_spent(db: Session, before: datetime) -> None:
    """Delete expired questions and confirmations, old wrong codes and full buckets."""
    db.execute(delete(Dialog).where(col(Dialog.expires_at) < before))
    db.execute(delete(Confirm).where(col(Confirm.expires_at) < before))
    db.execute(delete(CodeFailure).where(col(CodeFailure.at) < before))
    allowance.drop_full(db, before)
