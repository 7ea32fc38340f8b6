"""What should have followed what coaches and members did: a second, plain reading of their rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from models.attendance import Rsvp
from models.broadcast import Broadcast
from models.chase import Chase
from models.consultation import Consultation, ConsultationAnswer
from models.pain import PainReport
from models.school import Membership
from models.session import TrainingSession

KINDS = {
    "consult.chase",
    "pain.chase",
    "session.chase",
    "session.rehearsal",
    "broadcast.send",
    "broadcast.outcome",
}
REHEARSED = (18, 23)  # the half marathon and the first week of the taper
AFTER = {"coaches": timedelta(hours=12), "office": timedelta(hours=24)}
Due = tuple[datetime, str]


def due(db: Session, now: datetime, zone: ZoneInfo) -> Iterator[Due]:
    """Yield what comes due, as things stand now."""
    sessions = {one.id: one for one in db.exec(select(TrainingSession))}
    yield from _questions(db, zone)
    yield from _pains(db, zone)
    yield from _silent(db, sessions)
    yield from _rehearsals(db, sessions, zone)
    yield from _broadcasts(db, now)


def _questions(db: Session, zone: ZoneInfo) -> Iterator[Due]:
    answered = {row.consultation_id for row in db.exec(select(ConsultationAnswer))}
    for row in db.exec(select(Consultation)):
        if row.id not in answered:
            yield from _twice(f"consult.chase:{row.id}", row.asked_at, zone)


def _pains(db: Session, zone: ZoneInfo) -> Iterator[Due]:
    members = {one.person_id for one in db.exec(select(Membership)) if one.role == "member"}
    for row in db.exec(select(PainReport)):
        if row.told_at and row.taken_at is None and row.person_id in members:
            yield from _twice(f"pain.chase:{row.id}", row.told_at, zone)


def _twice(subject: str, since: datetime, zone: ZoneInfo) -> Iterator[Due]:
    """The coaches after half a day, the office after a day; who sleeps is asked at eight."""
    for who, after in AFTER.items():
        at = (since + after).astimezone(zone)
        if at.hour >= 21:
            at += timedelta(days=1)
        if not 8 <= at.hour < 21:
            at = at.replace(hour=8, minute=0, second=0, microsecond=0)
        yield at, f"{subject}:0:{who}"


def _silent(db: Session, sessions: dict[int | None, TrainingSession]) -> Iterator[Due]:
    for row in db.exec(select(Chase)):
        one = sessions[row.session_id]
        if row.goes_at > row.asked_at and not one.cancelled and one.revision == row.revision:
            yield row.goes_at, f"session.chase:{one.id}:{row.revision}:"


def _rehearsals(
    db: Session, sessions: dict[int | None, TrainingSession], zone: ZoneInfo
) -> Iterator[Due]:
    members = [one for one in db.exec(select(Membership)) if one.role == "member"]
    away = {(row.session_id, row.person_id) for row in db.exec(select(Rsvp)) if row.answer == "no"}
    for one in sessions.values():
        theirs = [m.person_id for m in members if m.class_id == one.class_id]
        if one.week in REHEARSED and not one.cancelled and {(one.id, m) for m in theirs} - away:
            eve = one.starts_at.astimezone(zone) - timedelta(days=1)
            at = eve.replace(hour=19, minute=0, second=0, microsecond=0)
            yield at, f"session.rehearsal:{one.id}:{one.revision}:"


def _broadcasts(db: Session, now: datetime) -> Iterator[Due]:
    for row in db.exec(select(Broadcast)):
        name = f"{row.id}:{row.revision}:"
        if row.state == "held" and row.due_at:
            yield row.due_at, f"broadcast.send:{name}"
            if row.due_at <= now - timedelta(hours=1):  # held up: it is not sent any more
                hour = now.replace(minute=0, second=0, microsecond=0)
                yield hour, f"broadcast.send:{name}overdue"
        if row.state == "sent" and row.sent_at:
            yield row.sent_at + timedelta(minutes=10), f"broadcast.outcome:{name}"
