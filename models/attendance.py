"""Who comes (RSVP) and who came (check-in), with the taps about how they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, col, select

from models.columns import FromMessage, instant, sealed

YES, NO, MAYBE = "yes", "no", "maybe"


class Rsvp(FromMessage, table=True):
    """A member's answer for a session; the newest event counts."""

    __tablename__ = "rsvp"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    answer: str
    reason: Any = sealed("rsvp.reason")
    at: datetime = instant()


class Checkin(FromMessage, table=True):
    """A member at a session; pain, sleep, effort and minutes are health data."""

    __tablename__ = "checkin"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    at: datetime = instant()
    by_person_id: int = Field(foreign_key="person.id")
    sleep: Any = sealed("checkin.sleep")
    effort: Any = sealed("checkin.effort")
    minutes: Any = sealed("checkin.minutes")


def answer(db: Session, rsvp: Rsvp) -> bool:
    """Keep an RSVP unless a newer one is there; return whether it was kept."""
    known = db.get(Rsvp, (rsvp.session_id, rsvp.person_id))
    if known is not None and known.at > rsvp.at:
        return False
    db.merge(rsvp)
    db.flush()
    return True


def rsvp_of(db: Session, session_id: int, person_id: int) -> Rsvp | None:
    """Return what a member answered."""
    return db.get(Rsvp, (session_id, person_id))


def rsvps(db: Session, session_id: int) -> dict[int, Rsvp]:
    """Return the answers for a session by person."""
    found = db.exec(select(Rsvp).where(Rsvp.session_id == session_id))
    return {row.person_id: row for row in found}


def check_in(db: Session, checkin: Checkin) -> bool:
    """Note that a member is there; False when it was noted already."""
    if db.get(Checkin, (checkin.session_id, checkin.person_id)):
        return False
    db.add(checkin)
    db.flush()
    return True


def undo_check_in(db: Session, session_id: int, person_id: int) -> bool:
    """Take back a tick of the coach's list."""
    row = db.get(Checkin, (session_id, person_id))
    if row is None:
        return False
    db.delete(row)
    db.flush()
    return True


def checkin_of(db: Session, session_id: int, person_id: int) -> Checkin | None:
    """Return a member's check-in at a session."""
    return db.get(Checkin, (session_id, person_id))


def checkins(db: Session, session_id: int) -> dict[int, Checkin]:
    """Return who was at a session, by person."""
    found = db.exec(select(Checkin).where(Checkin.session_id == session_id))
    return {row.person_id: row for row in found}


def attended(db: Session, person_id: int) -> int:
    """Return how many sessions a member was at."""
    return len(list(db.exec(select(Checkin.session_id).where(Checkin.person_id == person_id))))


def latest_checkin(db: Session, person_id: int) -> Checkin | None:
    """Return a member's newest check-in."""
    mine = select(Checkin).where(Checkin.person_id == person_id)
    return db.exec(mine.order_by(col(Checkin.at).desc())).first()
