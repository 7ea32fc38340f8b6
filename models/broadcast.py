"""Broadcasts: what a coach wants to say to many, from the draft to the report.

Only what is held is ever sent; every step is one UPDATE that says from which state, so that of
two who decide at once one wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from models import stored_file
from models.columns import FromMessage, instant, sealed
from models.person import Person

DRAFT_LIFE = timedelta(days=7)
TEXT, PHOTO, PLACE = "text", "photo", "place"
APPROVAL_LIFE = timedelta(days=2)
SECOND_THOUGHTS = timedelta(seconds=60)
_NUMBERED = {"sqlite_autoincrement": True}  # a number in an old button never means another


class State(StrEnum):
    """Where a broadcast stands."""

    DRAFT = "draft"
    AWAITING = "awaiting"  # a second person's approval
    HELD = "held"  # for the minute of second thoughts, or until its hour
    SENT = "sent"
    CANCELLED = "cancelled"


class Broadcast(SQLModel, table=True):
    """One broadcast; `revision` grows with every change, so that what was shown is what is sent."""

    __tablename__ = "broadcast"
    __table_args__ = (Index("ix_broadcast_state_due_at", "state", "due_at"), _NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    author_id: int | None = Field(
        default=None, foreign_key="person.id", ondelete="SET NULL", index=True
    )
    approved_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    state: str = State.DRAFT
    revision: int = 0
    pieces: int = 0
    audience: str = ""
    class_id: int | None = Field(default=None, foreign_key="school_class.id")
    asks: bool = False
    fingerprint: str = Field(default="", index=True)
    touched_at: datetime = instant()
    send_at: datetime | None = instant(default=None, nullable=True)
    due_at: datetime | None = instant(default=None, nullable=True)
    decided_at: datetime | None = instant(default=None, nullable=True)
    sent_at: datetime | None = instant(default=None, nullable=True)
    people: int = 0
    out_of_reach: int = 0

    @property
    def key(self) -> int:
        """The id of a broadcast that is in the database."""
        assert self.id is not None
        return self.id

    @property
    def subject(self) -> str:
        """The name under which outbox rows speak for it."""
        return f"broadcast:{self.id}"


class BroadcastPiece(FromMessage, table=True):
    """Its text, its photo (the tokens of two files) or its place; it goes with its message."""

    __tablename__ = "broadcast_piece"

    broadcast_id: int = Field(primary_key=True, foreign_key="broadcast.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    content: Any = sealed("broadcast_piece.content")


def begin(db: Session, author: Person, now: datetime) -> Broadcast:
    """Open a draft in place of the author's older one."""
    mine = select(Broadcast.id).where(
        Broadcast.author_id == author.key, Broadcast.state == State.DRAFT
    )
    for number in db.exec(mine).all():
        drop_photo(db, number or 0)
    db.execute(delete(Broadcast).where(col(Broadcast.id).in_(mine)))
    row = Broadcast(author_id=author.key, touched_at=now)
    db.add(row)
    db.flush()
    return row


def draft_of(db: Session, author: Person, now: datetime) -> Broadcast | None:
    """Return the author's draft, unless it was left for a week."""
    mine = select(Broadcast).where(
        Broadcast.author_id == author.key,
        Broadcast.state == State.DRAFT,
        Broadcast.touched_at > now - DRAFT_LIFE,
    )
    return db.exec(mine.order_by(col(Broadcast.id).desc())).first()


def by_id(db: Session, number: int) -> Broadcast | None:
    """Return a broadcast as it is now, or None."""
    if not 0 < number < 2**31:
        return None
    return db.get(Broadcast, number, populate_existing=True)


def pieces(db: Session, number: int) -> dict[str, BroadcastPiece]:
    """Return what a broadcast says, by kind."""
    own = select(BroadcastPiece).where(BroadcastPiece.broadcast_id == number)
    return {piece.kind: piece for piece in db.exec(own)}


def put(db: Session, row: Broadcast, piece: BroadcastPiece, now: datetime) -> None:
    """Set a draft's text, photo or place in place of an older one."""
    if piece.kind == PHOTO:
        drop_photo(db, row.key)
    db.merge(piece)
    db.flush()
    shape(db, row, now, pieces=len(pieces(db, row.key)))


def take_out(db: Session, row: Broadcast, kind: str, now: datetime) -> None:
    """Take the photo or the place out of a draft."""
    if kind == PHOTO:
        drop_photo(db, row.key)
    own = col(BroadcastPiece.broadcast_id) == row.key, col(BroadcastPiece.kind) == kind
    db.execute(delete(BroadcastPiece).where(*own))
    shape(db, row, now, pieces=len(pieces(db, row.key)))


def drop_photo(db: Session, number: int) -> None:
    """Delete the files of a photo that nobody will be shown."""
    photo = pieces(db, number).get(PHOTO)
    for token in photo.content if photo else ():
        stored_file.drop(db, token)


def shape(db: Session, row: Broadcast, now: datetime, **values: Any) -> None:
    """Change a draft: what was shown before cannot be sent any more."""
    for name, value in values.items():
        setattr(row, name, value)
    row.revision, row.touched_at = row.revision + 1, now
    db.add(row)
    db.flush()


def decide(
    db: Session, row: Broadcast, state: State, due_at: datetime | None, now: datetime, **more: Any
) -> bool:
    """Hold a draft until it is due, or let it wait for approval; False when it is none any more."""
    values = {"state": state, "due_at": due_at, "decided_at": now, "approved_by": None}
    return _step(db, row, [State.DRAFT], values | more)


def approve(db: Session, row: Broadcast, by: Person, due_at: datetime) -> bool:
    """Hold what waited for a second person; False when somebody decided before."""
    values = {"state": State.HELD, "due_at": due_at, "approved_by": by.key}
    return _step(db, row, [State.AWAITING], values)


def stop(db: Session, row: Broadcast, now: datetime, *states: State) -> bool:
    """Make a draft again of what waits (in one of these states, if any); False if it does not."""
    values = {"state": State.DRAFT, "due_at": None, "send_at": None, "touched_at": now}
    waiting = states or (State.HELD, State.AWAITING)
    return _step(db, row, waiting, values | {"revision": row.revision + 1})


def start(db: Session, row: Broadcast, now: datetime, people: int, out_of_reach: int) -> bool:
    """Note that it is sent now; False when it was stopped, or another worker was quicker."""
    values = {"state": State.SENT, "sent_at": now, "people": people}
    return _step(db, row, [State.HELD], values | {"out_of_reach": out_of_reach})


def call_off(db: Session, row: Broadcast) -> bool:
    """Note that it is not sent after all."""
    return _step(db, row, [State.DRAFT, State.HELD, State.AWAITING], {"state": State.CANCELLED})


def _step(db: Session, row: Broadcast, states: Sequence[State], values: dict[str, Any]) -> bool:
    """Go from one of these states to another, if it still is as `row` says."""
    statement = update(Broadcast).where(
        col(Broadcast.id) == row.id,
        col(Broadcast.revision) == row.revision,
        col(Broadcast.state).in_(states),
    )
    done = db.connection().execute(statement.values(**values)).rowcount == 1
    db.refresh(row)
    return done
