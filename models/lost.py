"""What an alert is about: which word or occurrence was lost, when it was due, and whom it concerns.

Nothing of that is kept in the alert: it is read from the row or the event when it is told, so that
whoever was erased meanwhile is in no list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from models.alert import INBOX, OUTBOX, REFUSED, Alert, Why
from models.class_group import ClassGroup
from models.columns import opens
from models.inbox import Door, InboxEvent
from models.outbox import OutboxRow
from models.person import Person
from models.school import COACHES, MEMBER, Membership

CLOCK = "clock:"
Whom = Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Lost:
    """One alert, read: `kind` is the occurrence's, or empty for what no clock made due.

    `whom` are the people it was for, each with the classes it concerns; `groups` the classes
    whose group it was for.
    """

    key: str
    kind: str
    why: Why
    at: datetime
    whom: Whom = field(default_factory=dict)
    groups: frozenset[int] = frozenset()

    @property
    def classes(self) -> frozenset[int]:
        """Every class that it concerns."""
        return self.groups.union(*self.whom.values())


def read(db: Session, alerts: Sequence[Alert], kinds: Iterable[str]) -> list[Lost]:
    """Read alerts; `kinds` are the occurrences known by a name, all else is a mere word."""
    known = frozenset(kinds)
    rows, events = _rows(db, alerts), _events(db, alerts)
    found = []
    for one in alerts:
        if one.key.startswith(REFUSED):
            since = datetime.fromisoformat(one.key.removeprefix(REFUSED))
            found.append(Lost(one.key, "", Why.REFUSED, since))
        elif row := rows.get(one.key):
            found.append(_of_row(db, one, row, known))
        elif event := events.get(one.key):
            found.append(_of_event(db, one, event, known))
        else:
            found.append(Lost(one.key, "", Why(one.why), one.raised_at))
    return found


def _rows(db: Session, alerts: Sequence[Alert]) -> dict[str, OutboxRow]:
    ids = [UUID(a.key.removeprefix(OUTBOX)) for a in alerts if a.key.startswith(OUTBOX)]
    unopened = defer(OutboxRow.messages), defer(OutboxRow.reply_token)
    found = select(OutboxRow).options(*unopened).where(col(OutboxRow.id).in_(ids))
    return {f"{OUTBOX}{row.id.hex}": row for row in db.exec(found)}


def _events(db: Session, alerts: Sequence[Alert]) -> dict[str, InboxEvent]:
    keys = [a.key.removeprefix(INBOX) for a in alerts if a.key.startswith(INBOX)]
    unopened = defer(InboxEvent.body), defer(InboxEvent.fault)
    found = select(InboxEvent).options(*unopened).where(col(InboxEvent.key).in_(keys))
    return {f"{INBOX}{row.key}": row for row in db.exec(found)}


def _of_row(db: Session, one: Alert, row: OutboxRow, known: frozenset[str]) -> Lost:
    kind = row.occurrence.split(":")[0]
    kind = kind if kind in known else ""
    group = db.get(ClassGroup, row.recipient)
    groups = frozenset([group.class_id] if group and group.class_id else [])
    found = db.exec(select(Person.id).where(Person.line_id == row.recipient)).all()
    whom = _concerned(db, [number for number in found if number])
    return Lost(one.key, kind, Why(one.why), row.created_at, whom, groups)


def _of_event(db: Session, one: Alert, event: InboxEvent, known: frozenset[str]) -> Lost:
    kind = event.key.removeprefix(CLOCK).split(":")[0] if event.door == Door.CLOCK else ""
    if kind not in known:
        return Lost(one.key, "", Why(one.why), event.happened_at)
    body = _body(db, event)
    group = db.get(ClassGroup, body.get("chat") or "")
    groups = frozenset([group.class_id] if group and group.class_id else [])
    whom = _concerned(db, body.get("people") or [])
    return Lost(one.key, kind, Why(one.why), event.happened_at, whom, groups)


def _body(db: Session, event: InboxEvent) -> dict[str, list[int]]:
    """Return what an occurrence says; nothing when it was sealed with another key."""
    return (event.body or {}) if opens(db, event, "body") else {}


def _concerned(db: Session, people: Sequence[int]) -> Whom:
    """Return, for each of these people, the class they are in, or else those they coach."""
    held = select(Membership).where(col(Membership.person_id).in_(people))
    of_class: dict[int, set[int]] = defaultdict(set)
    of_coach: dict[int, set[int]] = defaultdict(set)
    for row in db.exec(held):
        if row.class_id is not None and row.role in (MEMBER, *COACHES):
            (of_class if row.role == MEMBER else of_coach)[row.person_id].add(row.class_id)
    return {one: frozenset(of_class[one] or of_coach[one]) for one in people}
