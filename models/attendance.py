"""Who comes (RSVP) and who came (check-in), with the taps about how they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Field, Session, col, select

from models import session
from models.columns import FromMessage, instant, sealed
from models.school import SchoolClass
from models.session import TrainingSession

YES, NO, MAYBE = "yes", "no", "maybe"
MARGIN = timedelta(minutes=30)  # one can check in so long before the start and after the end
LONGEST = timedelta(hours=12)
SLEEP, EFFORT, MINUTES = "sleep", "effort", "minutes"


class Rsvp(FromMessage, table=True):
    """A member's answer for a session; the newest event counts."""

    __tablename__ = "rsvp"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    answer: str
    at: datetime = instant()


class RsvpReason(FromMessage, table=True):
    """Why a member does not come; only the coaches of the class read it."""

    __tablename__ = "rsvp_reason"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    text: Any = sealed("rsvp_reason.text")


@dataclass(frozen=True)
class Tally:
    """How many of a class come, do not, do not know yet, and have not said."""

    yes: int
    no: int
    maybe: int
    silent: int


class Checkin(FromMessage, table=True):
    """A member at a session."""

    __tablename__ = "checkin"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    at: datetime = instant()
    by_person_id: int | None = Field(
        default=None, foreign_key="person.id", ondelete="SET NULL"
    )  # None: they were deleted


class Feeling(FromMessage, table=True):
    """How a member was at a session: health data, a row each, for each is told by itself."""

    __tablename__ = "feeling"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    kind: str = Field(primary_key=True)
    at: datetime = instant()
    value: Any = sealed("feeling.value")


def answer(db: Session, rsvp: Rsvp) -> bool:
    """Keep an RSVP unless a newer one is there; return whether it was kept."""
    known = db.get(
        Rsvp, (rsvp.session_id, rsvp.person_id), populate_existing=True, with_for_update=True
    )  # held until the end of the turn: a tap in the group may be handled at the same moment
    if known is not None and known.at > rsvp.at:
        return False
    db.merge(rsvp)
    if rsvp.answer != NO and (why := db.get(RsvpReason, (rsvp.session_id, rsvp.person_id))):
        db.delete(why)
    db.flush()
    return True


def give_reason(db: Session, reason: RsvpReason) -> bool:
    """Keep why a member does not come; False when they have not said that they do not."""
    known = db.get(Rsvp, (reason.session_id, reason.person_id))
    if known is None or known.answer != NO:
        return False
    db.merge(reason)
    db.flush()
    return True


def reasons(db: Session, session_id: int) -> dict[int, str]:
    """Return the reasons given for a session by person."""
    found = db.exec(select(RsvpReason).where(RsvpReason.session_id == session_id))
    return {row.person_id: str(row.text) for row in found}


def rsvp_of(db: Session, session_id: int, person_id: int) -> Rsvp | None:
    """Return what a member answered."""
    return db.get(Rsvp, (session_id, person_id))


def rsvps(db: Session, session_id: int) -> dict[int, Rsvp]:
    """Return the answers for a session by person."""
    found = db.exec(select(Rsvp).where(Rsvp.session_id == session_id))
    return {row.person_id: row for row in found}


def open_sessions(db: Session, class_ids: Sequence[int], at: datetime) -> list[TrainingSession]:
    """Return the sessions of some classes at which one can check in at this instant."""
    found = session.between(db, at - LONGEST, at + MARGIN + timedelta(seconds=1))
    mine = (s for s in found if s.class_id in class_ids and not s.cancelled)
    return [s for s in mine if s.starts_at - MARGIN <= at <= s.ends_at + MARGIN]


def tally(db: Session, session_id: int, people: Sequence[int]) -> Tally:
    """Count the answers of these people for a session."""
    answers = rsvps(db, session_id)
    said = Counter(answers[one].answer for one in people if one in answers)
    return Tally(said[YES], said[NO], said[MAYBE], len(people) - said.total())


def newcomers(db: Session, people: Sequence[int]) -> set[int]:
    """Return which of these people were never at a session."""
    been = select(Checkin.person_id).where(col(Checkin.person_id).in_(people)).distinct()
    return set(people).difference(db.exec(been).all())


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


def attended_in_term(db: Session, person_id: int, term_id: int) -> int:
    """Return how many sessions of a term a member was at."""
    mine = (
        select(Checkin.session_id)
        .join(TrainingSession, col(TrainingSession.id) == Checkin.session_id)
        .join(SchoolClass, col(SchoolClass.id) == TrainingSession.class_id)
        .where(Checkin.person_id == person_id, SchoolClass.term_id == term_id)
    )
    return len(list(db.exec(mine)))


def feelings(db: Session, session_id: int, person_id: int) -> dict[str, Any]:
    """Return what a member told about a session, by kind."""
    told = select(Feeling).where(Feeling.session_id == session_id, Feeling.person_id == person_id)
    return {row.kind: row.value for row in db.exec(told)}


def latest_checkin(db: Session, person_id: int) -> Checkin | None:
    """Return a member's newest check-in."""
    mine = select(Checkin).where(Checkin.person_id == person_id)
    return db.exec(mine.order_by(col(Checkin.at).desc())).first()
