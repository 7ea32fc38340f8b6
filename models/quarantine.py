"""Closing what a restored backup holds open: it was finished in the time the backup lacks.

What was said, tapped and decided between the backup and the loss is not known any more. So
nothing that waited is sent, no token can be used, and what is in doubt is marked and counted.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models import broadcast, broadcast_lists, host, rich_menu
from models.alert import Alert, Haste
from models.code import Code
from models.confirm import Confirm
from models.dialog import Dialog
from models.heartbeat import Heartbeat
from models.inbox import Door, EventState, InboxEvent
from models.invitation import RoleRequest
from models.numbering import leave_gap
from models.outbox import OutboxRow, Priority, RowState
from models.stored_file import StoredFile

REASON = "restored"
GAP = 1000  # numbers left out, so that what an old button names is never somebody else's
ONLY_TAKE_AWAY = {"unsend", "unfollow", "leave"}  # harmless twice, and never answered
Found = Counter[str]


def close(db: Session, doubt_until: datetime, now: datetime) -> Found:
    """Close everything; return what was found, by kind."""
    found = _alerts(db, now)  # before new ones are raised about what is set aside here
    found += _letters(db, doubt_until, now) + _events(db) + _tokens(db, now)
    for row in broadcast_lists.waiting(db):
        found["broadcasts_stopped"] += broadcast.stop(db, row, now)
    rich_menu.doubt_all(db, now)
    db.execute(delete(Heartbeat).where(col(Heartbeat.name).in_(host.LOOPS)))
    leave_gap(db.connection(), GAP)
    return found


def _alerts(db: Session, now: datetime) -> Found:
    """Close the alerts that waited for their digest: it was probably sent."""
    waiting = update(Alert).where(col(Alert.told_at).is_(None), col(Alert.haste) != Haste.NEVER)
    return Found(alerts_closed=db.connection().execute(waiting.values(told_at=now)).rowcount)


def _letters(db: Session, doubt_until: datetime, now: datetime) -> Found:
    """Set aside what waited to be sent: it may have been sent."""
    tried = col(OutboxRow.first_attempt_at).is_not(None) | (
        col(OutboxRow.not_before) <= doubt_until
    )
    waiting = (col(OutboxRow.state) == RowState.PENDING, tried)
    kinds = db.execute(select(OutboxRow.priority).where(*waiting)).scalars()
    values = {"state": RowState.UNKNOWN, "reason": REASON, "final_at": now, "lease_until": None}
    gone = {"messages": None, "reply_token": None, "likeness": None}
    found = Counter(f"unsent_{Priority(kind).name.lower()}" for kind in kinds)
    db.execute(update(OutboxRow).where(*waiting).values(**values, **gone))
    return found


def _events(db: Session) -> Found:
    """Set aside what waited to be handled: it was handled, and answered."""
    found = Found()
    waits = col(InboxEvent.state) == EventState.WAITING
    for number in db.execute(select(InboxEvent.id).where(waits)).scalars().all():
        event = db.get_one(InboxEvent, number)
        if event.door == Door.CLOCK:
            found["notices_missed"] += 1
        elif (event.body or {}).get("type") in ONLY_TAKE_AWAY:
            continue
        else:
            found["events_missed"] += 1
        event.state = EventState.MISSED
        db.add(event)
    return found


def _tokens(db: Session, now: datetime) -> Found:
    """Close what can be used once: it may have been used."""
    codes = update(Code).where(
        col(Code.single), col(Code.used_at).is_(None), col(Code.expires_at) > now
    )
    asked = update(RoleRequest).where(col(RoleRequest.decided_at).is_(None))
    done = {
        "codes_closed": codes.values(used_at=now),
        "requests_closed": asked.values(decided_at=now),
        "buttons_closed": delete(Confirm),
        "questions_closed": delete(Dialog),
        "files_closed": delete(StoredFile).where(col(StoredFile.once)),
    }
    return Found({name: db.connection().execute(deed).rowcount for name, deed in done.items()})
