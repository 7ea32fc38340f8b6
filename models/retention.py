"""Retention: deleting what is past its period."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from models import allowance, inbox, last_word
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
    """Delete closed events and the versions of messages.

    A key of the clock is needed for as long as the planner may find its occurrence due again.
    """
    old = col(InboxEvent.recorded_at) < before
    closed = col(InboxEvent.state) != EventState.WAITING
    long_due = col(InboxEvent.happened_at) < before
    db.execute(
        delete(InboxEvent).where(old, closed, (col(InboxEvent.door) == Door.LINE) | long_due)
    )
    db.execute(delete(MessageState).where(col(MessageState.version_at) < before))
    last_word.drop(db, before)


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
