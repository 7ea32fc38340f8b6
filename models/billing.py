"""What LINE counts: one a person and request, all of a group, nothing for a reply; by months."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from models import class_group, school
from models.claim import Claim
from models.outbox import OutboxRow, RowState

JAPAN = ZoneInfo("Asia/Tokyo")  # LINE's months are Japan's, wherever the school runs
REFUSED = 429


def start_of(now: datetime) -> datetime:
    """Return when the month began that an instant falls into, in Japan."""
    return now.astimezone(JAPAN).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def end_of(now: datetime) -> datetime:
    """Return when that month ends."""
    return start_of(start_of(now) + timedelta(days=32))


def sent(db: Session, since: datetime, until: datetime) -> int:
    """Return how many people were written to in a stretch of time, as LINE bills it."""
    total = select(func.coalesce(func.sum(OutboxRow.billed), 0))
    within = col(OutboxRow.final_at) >= since, col(OutboxRow.final_at) <= until
    return db.exec(total.where(*within)).one() or 0


def bill(db: Session, claimed: Claim) -> None:
    """Note what LINE counts for a request it took: a reply nothing, others each chat once."""
    if not claimed.row.reply_token:
        first = {one.recipient: one.seq for one in reversed(claimed.rows)}
        for chat, number in first.items():
            counted = update(OutboxRow).where(col(OutboxRow.seq) == number)
            db.connection().execute(counted.values(billed=size(db, chat)))


def size(db: Session, recipient: str) -> int:
    """Return how many people LINE counts for one request: all of a group, or one.

    A group counts as LINE's number of its members; before LINE was asked, as its class.
    """
    group = None if recipient.startswith("U") else class_group.group(db, recipient)
    if group is None or group.people is not None:
        return 1 if group is None else int(group.people or 0)
    roles = (school.MEMBER, *school.COACHES)
    return len(school.people_with(db, group.class_id, roles)) if group.class_id else 1


def waiting(db: Session, until: datetime) -> int:
    """Return what the outbox will still spend until then."""
    counted = select(OutboxRow.recipient, func.count()).where(
        OutboxRow.state == RowState.PENDING,
        col(OutboxRow.reply_token).is_(None),
        OutboxRow.not_before < until,
    )
    rows = db.exec(counted.group_by(OutboxRow.recipient)).all()
    return sum(number * size(db, recipient) for recipient, number in rows)


def unsent(db: Session, now: datetime) -> tuple[int, datetime | None]:
    """Return how many requests LINE refused this month because it is spent, and since when."""
    refused = select(func.count(), func.min(OutboxRow.final_at)).where(
        OutboxRow.state == RowState.DEAD,
        OutboxRow.status == REFUSED,
        col(OutboxRow.final_at) >= start_of(now),
    )
    count, since = db.exec(refused).one()
    return count, since


def reached(db: Session, since: datetime, mark: float) -> datetime:
    """Return when our own count came to a mark that it has passed."""
    total = 0
    rows = select(OutboxRow.final_at, OutboxRow.billed).where(
        col(OutboxRow.billed) > 0, col(OutboxRow.final_at) >= since
    )
    for at, people in db.exec(rows.order_by(col(OutboxRow.final_at), col(OutboxRow.seq))):
        total += people or 0
        if total >= mark and at:
            return at
    raise LookupError("the mark was not reached")
