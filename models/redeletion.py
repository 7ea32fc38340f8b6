"""Deleting again what a restored backup brought back: the file of deletions says what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from models import erasure, health, message, sweat
from models.columns import FromMessage
from models.deletion import What, hashed
from models.inbox import InboxEvent
from models.person import Person
from models.sweat import Weighing

Latest = Mapping[tuple[str, str], datetime]


def apply(db: Session, deleted: Latest, now: datetime) -> Counter[str]:
    """Delete what `deleted` names (what and hash to when, last); return how much, by kind.

    Whoever came anew, agreed anew or weighed anew after a deletion keeps what is new.
    """
    found = Counter[str]()
    for one in db.exec(select(Person)).all():
        found.update(_again(db, one, deleted, now))
    for name in _messages(db):
        if at := deleted.get((What.MESSAGE, hashed(What.MESSAGE, name))):
            message.take_back(db, name, at)
            found["again_message"] += 1
    return found


def latest(entries: Iterable[tuple[str, str, datetime]]) -> dict[tuple[str, str], datetime]:
    """Return when each thing was deleted last."""
    return {(what, name): at for what, name, at in sorted(entries, key=lambda entry: entry[2])}


def _again(db: Session, one: Person, deleted: Latest, now: datetime) -> Iterator[str]:
    def since(what: What) -> datetime | None:
        return deleted.get((what, hashed(what, one.line_id)))

    at = since(What.PERSON)
    if at and at >= one.created_at:
        erasure.erase(db, one, now)
        yield "again_person"
        return
    agreed = db.get(health.Consent, (one.key, health.HEALTH))
    at = since(What.HEALTH)
    if at and agreed and agreed.withdrawn_at is None and at >= agreed.given_at:
        health.withdraw(db, one, health.HEALTH, now)
        yield "again_health"
    at, weighed = since(What.SWEAT), _first_weighed(db, one)
    if at and weighed and at >= weighed:
        sweat.forget(db, one, now)
        yield "again_sweat"


def _first_weighed(db: Session, one: Person) -> datetime | None:
    mine = select(Weighing.started_at).where(Weighing.person_id == one.key)
    return db.exec(mine.order_by(col(Weighing.started_at))).first()


def _messages(db: Session) -> set[str]:
    """Return the ids of all messages that something in the database came from."""
    tables = (*FromMessage.__subclasses__(), InboxEvent)
    columns = [table.__table__.c.message_id for table in tables]  # type: ignore[attr-defined]
    return {
        name
        for column in columns
        for name in db.execute(select(column).where(column.is_not(None)).distinct()).scalars()
    }
