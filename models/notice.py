"""The weekly notice of a session: its hour, what the coaches decided, what followed in the group.

Decisions are single statements that change one row or none, so that the first of two coaches
(or the clock) wins and the other can be told who it was.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col

from models.columns import FromMessage, instant, sealed
from models.database import insert_new
from models.rules import hours
from models.school import SchoolClass
from models.session import TrainingSession


class Notice(SQLModel, table=True):
    """Whether the notice of a session is to be sent or was, and who decided."""

    __tablename__ = "notice"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    skipped: bool = False
    sent_at: datetime | None = instant(default=None, nullable=True)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = instant(default=None, nullable=True)
    tallied_at: datetime | None = instant(default=None, nullable=True)
    guided_at: datetime | None = instant(default=None, nullable=True)


class NoticeComment(FromMessage, table=True):
    """What a coach adds to the notice; taken back with the message it was typed in."""

    __tablename__ = "notice_comment"

    session_id: int = Field(primary_key=True, foreign_key="training_session.id")
    person_id: int = Field(foreign_key="person.id")
    text: Any = sealed("notice_comment.text")


def answer_by(session: TrainingSession, class_: SchoolClass) -> datetime:
    """Return until when members may change their answer without the coaches being told."""
    return session.starts_at - timedelta(hours=class_.rsvp_deadline_hours)


def hour(session: TrainingSession, class_: SchoolClass, zone: ZoneInfo) -> datetime:
    """Return when the notice goes out: the class's last weekly hour that leaves time to answer."""
    last = answer_by(session, class_).astimezone(zone)
    return hours.weekly_before(last, class_.notice_weekday, class_.notice_time)


def preview_hour(session: TrainingSession, class_: SchoolClass, zone: ZoneInfo) -> datetime:
    """Return when the coaches see it first: the same local hour the day before."""
    return hours.day_before(hour(session, class_, zone))


def of(db: Session, session_id: int) -> Notice:
    """Return the notice of a session as it stands now."""
    table = Notice.__table__  # type: ignore[attr-defined]
    insert_new(db.connection(), table, [{"session_id": session_id, "skipped": False}])
    return db.get_one(Notice, session_id, populate_existing=True)


def mark_sent(db: Session, session_id: int, by: int | None, at: datetime) -> bool:
    """Take the right to send it, once; False when it was sent or is to be left out."""
    values = {"sent_at": at, "decided_by": by, "decided_at": at}
    return _change(db, session_id, ~col(Notice.skipped), values)


def skip(db: Session, session_id: int, by: int, at: datetime) -> bool:
    """Leave it out this time; False when it was sent or left out already."""
    values = {"skipped": True, "decided_by": by, "decided_at": at}
    return _change(db, session_id, ~col(Notice.skipped), values)


def unskip(db: Session, session_id: int, by: int, at: datetime) -> bool:
    """Send it after all; False when it was not left out."""
    values = {"skipped": False, "decided_by": by, "decided_at": at}
    return _change(db, session_id, col(Notice.skipped), values)


def may_tally(db: Session, session_id: int, now: datetime, pause: timedelta) -> bool:
    """Take the right to show the group how many come, once a pause."""
    return _once_a_pause(db, session_id, "tallied_at", now, pause)


def may_guide(db: Session, session_id: int, now: datetime, pause: timedelta) -> bool:
    """Take the right to tell the group how one's answer reaches us, once a pause."""
    return _once_a_pause(db, session_id, "guided_at", now, pause)


def comment(db: Session, session_id: int) -> str:
    """Return what a coach adds to the notice, or nothing."""
    found = db.get(NoticeComment, session_id)
    return str(found.text) if found else ""


def set_comment(db: Session, row: NoticeComment) -> None:
    """Keep a coach's words in place of earlier ones."""
    db.merge(row)
    db.flush()


def drop_comment(db: Session, session_id: int) -> None:
    """Leave the notice without a coach's words."""
    if found := db.get(NoticeComment, session_id):
        db.delete(found)
        db.flush()


def _once_a_pause(db: Session, session_id: int, name: str, now: datetime, pause: timedelta) -> bool:
    column = col(getattr(Notice, name))
    of(db, session_id)
    free = update(Notice).where(
        col(Notice.session_id) == session_id, column.is_(None) | (column <= now - pause)
    )
    return db.connection().execute(free.values(**{name: now})).rowcount == 1


def _change(db: Session, session_id: int, condition: Any, values: dict[str, Any]) -> bool:
    of(db, session_id)
    unsent = col(Notice.session_id) == session_id, col(Notice.sent_at).is_(None)
    statement = update(Notice).where(*unsent, condition).values(**values)
    return db.connection().execute(statement).rowcount == 1
