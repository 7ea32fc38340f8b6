"""The demo's past: ten weeks in which people came to train, and who answered for this one."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlmodel import Session

from models import attendance, school, session
from models.attendance import MAYBE, NO, YES, Checkin, Rsvp
from models.session import TrainingSession

CAME = 0.8  # the share of sessions a member of the demo was at
ANSWERS = (YES, YES, YES, NO, MAYBE, None, None)


def live_through(db: Session, now: datetime) -> None:
    """Enter check-ins for the sessions that are over and answers for the next one."""
    for class_ in school.classes(db):
        members = [member.key for member in school.members_of(db, class_.key)]
        held = session.between(db, now - timedelta(days=200), now)
        for past in (s for s in held if s.class_id == class_.key and not s.cancelled):
            _came(db, past, members)
        if coming := session.next_of(db, class_.key, now):
            _answered(db, coming, members[1:], now)  # the first is the visitor's: left to answer


def _came(db: Session, past: TrainingSession, members: list[int]) -> None:
    for person_id in members:
        if _chance(past.key, person_id) < CAME:
            at = past.starts_at + timedelta(minutes=3)
            attendance.check_in(
                db, Checkin(session_id=past.key, person_id=person_id, at=at, by_person_id=person_id)
            )


def _answered(db: Session, coming: TrainingSession, members: list[int], now: datetime) -> None:
    for person_id in members:
        answer = ANSWERS[int(_chance(coming.key, person_id) * len(ANSWERS))]
        if answer:
            at = now - timedelta(days=1)
            attendance.answer(
                db, Rsvp(session_id=coming.key, person_id=person_id, answer=answer, at=at)
            )


def _chance(*ids: int) -> float:
    """Return a number from 0 to 1, always the same for the same ids."""
    return hashlib.sha256(repr(ids).encode()).digest()[0] / 256
