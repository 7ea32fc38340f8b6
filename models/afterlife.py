"""What outlives a term, and for how long: bodies' data 90 days, who came and who did what a year.

A term ends with its race. Whoever unfollowed is forgotten after 30 days, unless they come back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, Table, delete, func, select
from sqlmodel import Session, col

from models import erasure, health
from models.health import HEALTH, Consent
from models.person import Person
from models.record import Audit
from models.school import Membership, SchoolClass, Term
from models.session import TrainingSession
from models.tables import metadata

HEALTH_DATA = timedelta(days=90)  # after the term
ATTENDANCE = timedelta(days=365)  # after the term
UNFOLLOWED = timedelta(days=30)


def forget_unfollowed(db: Session, now: datetime) -> None:
    """Erase whoever unfollowed long ago, as if they had asked for it."""
    gone = select(Person).where(
        col(Person.reachable).is_(False), col(Person.reachable_at) < now - UNFOLLOWED
    )
    for one in list(db.scalars(gone)):
        erasure.erase(db, one, now)


def drop_health(db: Session, now: datetime) -> None:
    """Take back the consent to health data, and drop them, once a person's last term is over."""
    last = db.scalar(select(func.max(col(Term.race_date))))
    agreed = (
        select(Person)
        .join(Consent, col(Consent.person_id) == col(Person.id))
        .where(col(Consent.kind) == HEALTH, col(Consent.withdrawn_at).is_(None))
    )
    for one in list(db.scalars(agreed)):
        ended = db.scalar(_last_term_of(one)) or last
        if ended is not None and ended + HEALTH_DATA < now.date():
            health.withdraw(db, one, HEALTH, now)


def drop_attendance(db: Session, now: datetime) -> None:
    """Delete who came to which session, and what was done in a term that ended a year ago."""
    over = select(col(Term.id)).where(col(Term.race_date) < now.date() - ATTENDANCE)
    classes = select(col(SchoolClass.id)).where(col(SchoolClass.term_id).in_(over))
    sessions = select(col(TrainingSession.id)).where(col(TrainingSession.class_id).in_(classes))
    for table in of_sessions():
        db.execute(delete(table).where(table.c.session_id.in_(sessions)))
    ended = db.scalar(select(func.max(col(Term.race_date))).where(col(Term.id).in_(over)))
    if ended is not None:
        until = datetime.combine(ended + timedelta(days=1), time.min, UTC)
        db.execute(delete(Audit).where(col(Audit.at) < until))


def of_sessions() -> Iterator[Table]:
    """Yield the tables that say something of a person at a session."""
    for table in metadata.sorted_tables:
        names = {key.column.table.name for column in table.columns for key in column.foreign_keys}
        if "session_id" in table.columns and {"person", "training_session"} <= names:
            yield table


def _last_term_of(one: Person) -> Select[Any]:
    return (
        select(func.max(col(Term.race_date)))
        .join(SchoolClass, col(SchoolClass.term_id) == col(Term.id))
        .join(Membership, col(Membership.class_id) == col(SchoolClass.id))
        .where(col(Membership.person_id) == one.key)
    )
