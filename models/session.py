"""The sessions of a class, and what is trained in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models import outbox
from models.columns import instant


class Lesson(SQLModel, table=True):
    """What one class does in one week: theme, menu with pace marks, what to bring."""

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("class_id", "week"),)

    id: int | None = Field(default=None, primary_key=True)
    class_id: int = Field(foreign_key="school_class.id")
    week: int
    phase_ja: str
    phase_en: str
    theme_ja: str
    theme_en: str
    menu_ja: str
    menu_en: str
    minutes: int
    km: float
    intensity: str
    bring_ja: str = ""
    bring_en: str = ""
    tip: str = ""

    def words(self, field: str, language: str) -> str:
        """Return theme, menu, phase or what to bring in a language."""
        return str(getattr(self, f"{field}_{'ja' if language == 'ja' else 'en'}"))


class TrainingSession(SQLModel, table=True):
    """One session; `revision` grows with every move or cancellation."""

    __tablename__ = "training_session"
    __table_args__ = (
        UniqueConstraint("class_id", "week"),
        Index("ix_training_session_starts_at", "starts_at"),
        {"sqlite_autoincrement": True},  # a number in an old button never means another session
    )

    id: int | None = Field(default=None, primary_key=True)
    class_id: int = Field(foreign_key="school_class.id")
    week: int
    starts_at: datetime = instant()
    minutes: int
    place_ja: str
    place_en: str
    map_url: str = ""
    cancelled: bool = False
    cancelled_reason: str = ""
    temperature: float | None = None
    revision: int = 0
    created_at: datetime = instant()
    changed_at: datetime | None = instant(default=None, nullable=True)
    was_at: datetime | None = instant(default=None, nullable=True)
    was_place_ja: str = ""
    was_cancelled: bool = False
    told_revision: int = 0  # the plan the class knows; `was_…` say what it was
    imported: str = ""  # fingerprint of the row last imported: what a coach changed since stays

    @property
    def key(self) -> int:
        """The id of a session that is in the database."""
        assert self.id is not None
        return self.id

    @property
    def ends_at(self) -> datetime:
        """When the session ends."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def subject(self) -> str:
        """The name under which outbox rows speak about this session as it stands."""
        return f"session:{self.id}:{self.revision}"

    def place(self, language: str) -> str:
        """Return the place in a language."""
        return self.place_ja if language == "ja" else self.place_en


def by_id(db: Session, session_id: int) -> TrainingSession | None:
    """Return a session, or None."""
    return db.get(TrainingSession, session_id) if 0 < session_id < 2**31 else None


def between(db: Session, since: datetime, until: datetime) -> list[TrainingSession]:
    """Return the sessions of all classes that start in a window."""
    window = select(TrainingSession).where(
        TrainingSession.starts_at >= since, TrainingSession.starts_at < until
    )
    return list(db.exec(window.order_by(col(TrainingSession.starts_at), col(TrainingSession.id))))


def from_on(db: Session, class_id: int, since: datetime) -> TrainingSession | None:
    """Return the first session of a class that starts at an instant or later."""
    later = select(TrainingSession).where(
        TrainingSession.class_id == class_id, TrainingSession.starts_at >= since
    )
    return db.exec(later.order_by(col(TrainingSession.starts_at))).first()


def on_day(db: Session, class_id: int, since: datetime, until: datetime) -> TrainingSession | None:
    """Return the session of a class that starts in a stretch of time."""
    found = from_on(db, class_id, since)
    return found if found and found.starts_at < until else None


def next_of(db: Session, class_id: int, now: datetime) -> TrainingSession | None:
    """Return the running or next session of a class, cancelled ones included."""
    return next(iter(upcoming(db, [class_id], now, 1)), None)


def upcoming(
    db: Session, class_ids: Sequence[int], now: datetime, limit: int
) -> list[TrainingSession]:
    """Return the sessions of some classes that have not ended, soonest first."""
    statement = select(TrainingSession).where(
        col(TrainingSession.class_id).in_(class_ids),
        TrainingSession.starts_at > now - timedelta(hours=6),
    )
    soon = db.exec(statement.order_by(col(TrainingSession.starts_at)).limit(limit + 3))
    return [s for s in soon if s.ends_at > now][:limit]


def latest_started(db: Session, class_id: int, now: datetime) -> TrainingSession | None:
    """Return the session of a class that began last and was not cancelled."""
    statement = select(TrainingSession).where(
        TrainingSession.class_id == class_id,
        TrainingSession.starts_at <= now,
        ~col(TrainingSession.cancelled),
    )
    return db.exec(statement.order_by(col(TrainingSession.starts_at).desc())).first()


def count(db: Session, class_id: int) -> int:
    """Return how many sessions a class has in its term."""
    return len(
        list(db.exec(select(TrainingSession.id).where(TrainingSession.class_id == class_id)))
    )


def held(db: Session, class_id: int) -> int:
    """Return how many sessions a class has in its term that are not cancelled."""
    theirs = select(TrainingSession.id).where(TrainingSession.class_id == class_id)
    return len(list(db.exec(theirs.where(~col(TrainingSession.cancelled)))))


def lesson(db: Session, session: TrainingSession) -> Lesson | None:
    """Return what is trained in a session."""
    return db.exec(
        select(Lesson).where(Lesson.class_id == session.class_id, Lesson.week == session.week)
    ).first()


def change(db: Session, session: TrainingSession, now: datetime, **values: Any) -> None:
    """Move or cancel a session: what was still to be said about the old plan is not said.

    The new revision gives every later reminder a new key, and the calendars announce it.
    """
    outbox.cancel_subject(db, session.subject, now)
    if session.told_revision == session.revision:
        session.was_at, session.was_cancelled = session.starts_at, session.cancelled
        session.was_place_ja = session.place_ja
    for name, value in values.items():
        setattr(session, name, value)
    session.revision, session.changed_at = session.revision + 1, now
    db.add(session)
    db.flush()


def tell_change(db: Session, session: TrainingSession) -> bool:
    """Note that the class is told of the plan; False when it is the plan the class knows."""
    known = (session.was_at, session.was_place_ja, session.was_cancelled)
    session.told_revision = session.revision
    db.add(session)
    return known != (session.starts_at, session.place_ja, session.cancelled)


def changed_between(db: Session, since: datetime, until: datetime) -> list[TrainingSession]:
    """Return the sessions that were moved or cancelled in a window."""
    window = select(TrainingSession).where(
        col(TrainingSession.changed_at) > since, col(TrainingSession.changed_at) <= until
    )
    return list(db.exec(window.order_by(col(TrainingSession.id))))
