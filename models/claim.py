"""Claiming what is sent next: one row, or several that can go in one request to LINE.

LINE counts people and requests, so two notices to one person cost half when they go together,
and one text to many goes as a multicast. Rows are put together only when they are claimed, so
that until then each can be cancelled, erased or taken back by itself, and whoever is told what
stays known row by row. From the first attempt on the bundle stands: its key is written down with
the doubt, before anything is sent, and each further attempt repeats the same request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4, uuid5

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, defer
from sqlmodel import Session, col

from models import restoration
from models.columns import opens
from models.database import lock_next
from models.outbox import OutboxRow, Priority, RowState, rests
from models.outbox_queue import CLAIMABLE, moments

MOST_BUBBLES = 5  # in one request
MOST_PEOPLE = 500  # in one multicast
SAID = ("messages", "reply_token")  # what is sealed of a row, opened one by one
A_PERSON = "U%"  # groups take no multicast
_NEXT = lock_next(CLAIMABLE.limit(1))


@dataclass(frozen=True)
class Claim:
    """Rows leased to us, what they say, and whether an earlier attempt may have reached LINE.

    `row` leads; `rows` are all of its request, also those cancelled since it was first tried.
    """

    row: OutboxRow
    rows: tuple[OutboxRow, ...]
    messages: list[dict[str, Any]] | None
    was_in_doubt: bool
    salt: str = ""

    @property
    def key(self) -> str:
        """The retry key of the request, another than before a backup was put back.

        The numbers in an occurrence's name may be given out anew then: LINE would take what is
        new for what it was told in the life that was lost.
        """
        key = self.row.bundle or self.row.id
        return str(uuid5(key, self.salt) if self.salt else key)

    @property
    def people(self) -> list[str]:
        """Everybody it goes to."""
        return list(dict.fromkeys(row.recipient for row in self.rows))

    @property
    def expires_at(self) -> datetime:
        """Until when at least one of its rows is of use."""
        return max(row.expires_at for row in self.rows)


def claim(db: Session, now: datetime, real_now: datetime, lease: timedelta) -> Claim | None:
    """Lease the next row that is due, with all that can go along, and note the doubt.

    The doubt is written down before anything is sent: whoever finds the rows after a crash
    knows that LINE may have accepted them.
    """
    row = db.scalar(_NEXT, moments(now, real_now))
    if row is None:
        return None
    rows = _mates(db, row, now, real_now) if opens(db, row, *SAID) else [row]
    lost = restoration.last(db)
    salt = lost.salt if lost else ""
    claimed = Claim(row, tuple(rows), _words(db, row, rows), row.in_doubt, salt)
    bundle = uuid5(rows[0].id, ",".join(str(one.id) for one in rows)) if len(rows) > 1 else None
    token = uuid4().hex
    for one in (one for one in rows if one.state == RowState.PENDING):
        one.bundle = one.bundle or bundle
        one.lease_until, one.lease_token = real_now + lease, token
        one.attempts, one.in_doubt = one.attempts + 1, True
        one.first_attempt_at = one.first_attempt_at or now
        db.add(one)
    return claimed


def _mates(db: Session, row: OutboxRow, now: datetime, real_now: datetime) -> list[OutboxRow]:
    """Return a row with those that go along: as before when it was tried, else what fits."""
    if row.bundle is not None:
        same = _unopened().where(col(OutboxRow.bundle) == row.bundle)
        return list(db.scalars(same.order_by(col(OutboxRow.seq))))
    if row.reply_token or row.priority < Priority.NOTICE or not _is_free(row, now):
        return [row]
    rows = _next_to_the_same(db, row, now)
    return rows if len(rows) > 1 else _same_to_others(db, row, now, real_now)


def _next_to_the_same(db: Session, row: OutboxRow, now: datetime) -> list[OutboxRow]:
    """Return the row and those that follow it in its chat, as many as fit into a request."""
    queue = _unopened().where(
        col(OutboxRow.state) == RowState.PENDING,
        col(OutboxRow.recipient) == row.recipient,
        col(OutboxRow.priority) == row.priority,
        col(OutboxRow.seq) > row.seq,
        ~rests(OutboxRow, now),
    )
    following = queue.order_by(col(OutboxRow.seq)).limit(MOST_BUBBLES - 1)
    rows, bubbles = [row], len(row.messages)
    for one in db.scalars(lock_next(following)):
        fits = one.not_before <= now and _is_free(one, now) and opens(db, one, *SAID)
        bubbles += len(one.messages) if fits and not one.reply_token else MOST_BUBBLES
        if bubbles > MOST_BUBBLES:
            break  # what comes after it must not overtake it
        rows.append(one)
    return rows


def _same_to_others(
    db: Session, row: OutboxRow, now: datetime, real_now: datetime
) -> list[OutboxRow]:
    """Return the row and those that tell others the same, unless these have more to be told."""
    later = aliased(OutboxRow)
    more = exists().where(
        col(later.state) == RowState.PENDING,
        col(later.recipient) == col(OutboxRow.recipient),
        col(later.priority) == col(OutboxRow.priority),
        col(later.seq) > col(OutboxRow.seq),
        col(later.not_before) <= now,
    )
    if row.likeness is None or not row.recipient.startswith(A_PERSON[0]):
        return [row]
    like = CLAIMABLE.where(
        col(OutboxRow.likeness) == row.likeness,
        col(OutboxRow.priority) == row.priority,
        col(OutboxRow.recipient).like(A_PERSON),
        col(OutboxRow.seq) != row.seq,
        ~more,
    )
    found = db.scalars(lock_next(like.limit(MOST_PEOPLE - 1)), moments(now, real_now))
    rows = [row, *(one for one in found if _is_free(one, now))]
    return sorted(rows, key=lambda one: one.seq or 0)


def _is_free(row: OutboxRow, now: datetime) -> bool:
    """Whether a row may share a request: of use, and surely not taken by LINE yet."""
    return not row.in_doubt and not row.alone and row.bundle is None and row.expires_at > now


def _words(db: Session, row: OutboxRow, rows: list[OutboxRow]) -> list[dict[str, Any]] | None:
    """Return what the request says; None when that cannot be read, or is gone in part."""
    if any(one.recipient != row.recipient for one in rows):
        rows = [row]  # each of them says the same
    if not all(opens(db, one, *SAID) and one.messages for one in rows):
        return None
    return [message for one in rows for message in one.messages]


def _unopened() -> Any:
    return select(OutboxRow).options(defer(OutboxRow.messages), defer(OutboxRow.reply_token))
