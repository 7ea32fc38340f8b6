"""Messages people took back or edited: tombstones, and the newest version seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col

from models import broadcast_lists, deletion, inbox, outbox
from models.columns import FromMessage, instant
from models.deletion import What


class MessageState(SQLModel, table=True):
    """The newest version of a message seen so far, or that it is gone."""

    __tablename__ = "message_state"

    message_id: str = Field(primary_key=True)
    version_at: datetime = instant()
    gone: bool = False


def is_current(db: Session, message_id: str, at: datetime) -> bool:
    """Note a version of a message; False when it was taken back or a newer one was seen."""
    seen = db.get(MessageState, message_id)
    if seen is not None and (seen.gone or seen.version_at > at):
        return False
    db.merge(MessageState(message_id=message_id, version_at=at))
    db.flush()
    return True


def take_back(db: Session, message_id: str, at: datetime) -> None:
    """Delete what was kept of a message and what was derived from it, for good."""
    db.merge(MessageState(message_id=message_id, version_at=at, gone=True))
    inbox.forget(db, message_id)
    deletion.note(db, What.MESSAGE, message_id, at)
    derived(db, message_id, at)


def derived(db: Session, message_id: str, now: datetime) -> None:
    """Delete the rows derived from a message and cancel the answers to it."""
    outbox.cancel(db, col(outbox.OutboxRow.message_id) == message_id, now=now)
    for subject in broadcast_lists.subjects_with(db, message_id):
        outbox.cancel_subject(db, subject, now)
    for table in FromMessage.__subclasses__():
        if table is not outbox.OutboxRow:
            column = table.__table__.c.message_id  # type: ignore[attr-defined]
            db.execute(delete(table).where(column == message_id))
