"""Erasure: everything about a person goes; what they did for others stays without their name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Column, ColumnElement, delete, exists, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import deletion, health, outbox
from models.code import CodeFailure
from models.crypto import keyed_hash
from models.deletion import What
from models.dialog import Dialog
from models.inbox import Door, EventState, InboxEvent
from models.outbox import OutboxRow, RowState
from models.person import Person
from models.record import Audit, audit
from models.tables import metadata

NOBODY = "erased"
A_PERSON = "U%"  # how LINE's ids of people begin


def erase(db: Session, person: Person, now: datetime) -> None:
    """Delete a person and every row about them; only a keyed hash in the audit says that it was."""
    number, line_id = person.key, person.line_id
    health.erase(db, person, now)
    _erase_mail(db, line_id, now)
    db.execute(delete(Dialog).where((col(Dialog.line_id) == line_id) | (Dialog.chat == line_id)))
    db.execute(delete(CodeFailure).where(col(CodeFailure.line_id) == line_id))
    db.execute(update(Audit).where(col(Audit.person_id) == number).values(person_id=None))
    for column in _columns_about_people():
        of_them = column == number
        if column.nullable:
            db.execute(update(column.table).where(of_them).values({column.name: None}))
        else:
            db.execute(delete(column.table).where(of_them))
    db.execute(delete(Person).where(col(Person.id) == number))
    deletion.note(db, What.PERSON, line_id, now)
    audit(db, Audit(at=now, deed="erased", subject=keyed_hash(f"erased:{line_id}"), people=1))


def forget_strangers(db: Session) -> None:
    """Let go of the ids in the last words with people who were erased."""
    known = select(col(Person.line_id))
    chat, recipient = col(InboxEvent.chat), col(OutboxRow.recipient)
    closed = col(InboxEvent.state) != EventState.WAITING
    theirs = update(InboxEvent).where(closed, chat.like(A_PERSON), chat.not_in(known))
    db.execute(theirs.values(chat=NOBODY, body=None, fault=None))
    final = col(OutboxRow.state) != RowState.PENDING
    strange = (recipient.like(A_PERSON), recipient.not_in(known))
    db.execute(delete(OutboxRow).where(final, *strange, ~_waits_for_others()))


def _columns_about_people() -> Iterator[Column[int]]:
    """Yield the columns that name a person, rows that others depend on last.

    One that must be filled says whom a row is about; one that may be empty, who did something.
    """
    for table in reversed(metadata.sorted_tables):
        for column in table.columns:
            if any(key.column is Person.__table__.c.id for key in column.foreign_keys):  # type: ignore[attr-defined]
                yield column


def _erase_mail(db: Session, line_id: str, now: datetime) -> None:
    """Drop what they wrote, wherever they wrote it, and what was to be said to or after them."""
    theirs = select(col(InboxEvent.message_id)).where(
        col(InboxEvent.chat) == line_id, col(InboxEvent.message_id).is_not(None)
    )
    outbox.cancel(db, col(OutboxRow.message_id).in_(theirs), now=now)
    _erase_letters(db, line_id, now)
    closed = col(InboxEvent.state) != EventState.WAITING
    events = update(InboxEvent).where(closed)
    gone = {"body": None, "fault": None}
    db.execute(events.where(col(InboxEvent.chat) == line_id).values(chat=NOBODY, **gone))
    db.execute(events.where(col(InboxEvent.id).in_(_naming(db, line_id))).values(**gone))


def _erase_letters(db: Session, line_id: str, now: datetime) -> None:
    """Drop what was to be said to them; what was paid stays in the month's count without a name.

    A request to many that may have reached LINE must be repeated as it was or not at all: until
    that is settled the address stays in it, and `forget_strangers` lets go of it then.
    """
    theirs = col(OutboxRow.recipient) == line_id
    tried = (col(OutboxRow.bundle).is_not(None), col(OutboxRow.in_doubt))
    outbox.cancel(db, theirs, *tried, now=now)
    nothing = {"subject": None, "message_id": None, "request_id": None, "occurrence": NOBODY}
    paid = update(OutboxRow).where(theirs, col(OutboxRow.billed) > 0)
    db.execute(paid.values(recipient=NOBODY, **nothing))
    db.execute(delete(OutboxRow).where(theirs, ~_waits_for_others()))


def _waits_for_others() -> ColumnElement[bool]:
    """Say of a row that others of its request are not settled."""
    mate = aliased(OutboxRow)
    pending = col(mate.state) == RowState.PENDING
    return exists().where(col(mate.bundle) == col(OutboxRow.bundle), pending)


def _naming(db: Session, line_id: str) -> list[int]:
    """Return the kept events in groups that name a person: they are encrypted, so each is read."""
    kept = select(col(InboxEvent.id), col(InboxEvent.body)).where(
        col(InboxEvent.door) == Door.LINE,
        col(InboxEvent.body).is_not(None),
        col(InboxEvent.chat).not_like(A_PERSON),
    )
    return [number for number, body in db.execute(kept) if line_id in json.dumps(body)]
