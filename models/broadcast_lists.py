"""Lists of broadcasts: due, waiting, sent, read, and what nobody needs any more."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import delete, func, update
from sqlmodel import Field, Session, SQLModel, col, select

from models.broadcast import (
    DRAFT_LIFE,
    Broadcast,
    BroadcastPiece,
    State,
    drop_photo,
)
from models.columns import instant
from models.outbox import OutboxRow

BODIES = timedelta(days=1)  # what was said is dropped a day after it was sent


class BroadcastRead(SQLModel, table=True):
    """Somebody tapped that they had read it."""

    __tablename__ = "broadcast_read"

    broadcast_id: int = Field(primary_key=True, foreign_key="broadcast.id", ondelete="CASCADE")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    at: datetime = instant()


def due_between(db: Session, since: datetime, until: datetime) -> list[Broadcast]:
    """Return what is held until an instant within a window."""
    held = select(Broadcast).where(
        Broadcast.state == State.HELD,
        col(Broadcast.due_at) > since,
        col(Broadcast.due_at) <= until,
    )
    return list(db.exec(held.order_by(col(Broadcast.id))))


def overdue(db: Session, before: datetime) -> list[Broadcast]:
    """Return what is held still although its hour is long past."""
    held = select(Broadcast).where(Broadcast.state == State.HELD, col(Broadcast.due_at) <= before)
    return list(db.exec(held.order_by(col(Broadcast.id))))


def sent_between(db: Session, since: datetime, until: datetime) -> list[Broadcast]:
    """Return what was sent within a window."""
    sent = select(Broadcast).where(
        Broadcast.state == State.SENT,
        col(Broadcast.sent_at) > since,
        col(Broadcast.sent_at) <= until,
    )
    return list(db.exec(sent.order_by(col(Broadcast.id))))


def waiting(db: Session) -> list[Broadcast]:
    """Return what is held or waits for approval, soonest first."""
    found = select(Broadcast).where(col(Broadcast.state).in_([State.HELD, State.AWAITING]))
    return list(db.exec(found.order_by(col(Broadcast.due_at), col(Broadcast.id))))


def latest_sent(db: Session, since: datetime) -> list[Broadcast]:
    """Return what was sent since then, newest first."""
    found = select(Broadcast).where(Broadcast.state == State.SENT, col(Broadcast.sent_at) > since)
    return list(db.exec(found.order_by(col(Broadcast.sent_at).desc())))


def same_as(db: Session, row: Broadcast, since: datetime) -> bool:
    """Say whether the same was sent, or decided on, by this author or to this class since then."""
    found = select(Broadcast).where(
        Broadcast.fingerprint == row.fingerprint,
        Broadcast.id != row.id,
        col(Broadcast.state).in_([State.HELD, State.AWAITING, State.SENT]),
        col(Broadcast.decided_at) > since,
    )
    return any(
        one.author_id == row.author_id or one.class_id == row.class_id for one in db.exec(found)
    )


def approval_subject(number: int) -> str:
    """Return the name under which the question to its approvers stands in the outbox."""
    return f"broadcast.approval:{number}"


def subjects_with(db: Session, message_id: str) -> list[str]:
    """Return under which names the outbox speaks for what a message gave its text or place to."""
    mine = select(BroadcastPiece.broadcast_id).where(BroadcastPiece.message_id == message_id)
    return [
        subject
        for number in db.exec(mine)
        for subject in (f"broadcast:{number}", approval_subject(number))
    ]


def note_read(db: Session, number: int, person_id: int, at: datetime) -> None:
    """Note that somebody has read it."""
    db.merge(BroadcastRead(broadcast_id=number, person_id=person_id, at=at))
    db.flush()


def readers(db: Session, number: int) -> int:
    """Return how many said that they have read it."""
    return len(list(db.exec(select(BroadcastRead).where(BroadcastRead.broadcast_id == number))))


def tidy(db: Session, now: datetime) -> None:
    """Forget drafts left for a week, and call off what nobody could send, or give back."""
    state, late = col(Broadcast.state), update(Broadcast).values(state=State.CANCELLED)
    left = (state == State.DRAFT) & (col(Broadcast.touched_at) < now - DRAFT_LIFE)
    for number in db.exec(select(Broadcast.id).where(left)).all():
        drop_photo(db, number or 0)
    db.execute(delete(Broadcast).where(left))
    unapproved = col(Broadcast.decided_at) < now - DRAFT_LIFE
    db.execute(late.where(state == State.AWAITING, unapproved))
    db.execute(late.where(state == State.HELD, col(Broadcast.due_at) < now - DRAFT_LIFE))
    said = select(Broadcast.id).where(
        (state == State.CANCELLED) | (col(Broadcast.sent_at) < now - BODIES)
    )
    db.execute(delete(BroadcastPiece).where(col(BroadcastPiece.broadcast_id).in_(said)))


def outcome(db: Session, row: Broadcast) -> Counter[str]:
    """Return how many of its letters are in which state."""
    own = select(OutboxRow.state, func.count()).where(OutboxRow.subject == row.subject)
    return Counter(dict(db.exec(own.group_by(OutboxRow.state)).all()))
