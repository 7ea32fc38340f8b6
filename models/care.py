"""Who needs a word: members who missed sessions in a row and were not heard of since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import UniqueConstraint, update
from sqlmodel import Field, Session, SQLModel, col, select

from models.attendance import Checkin, Rsvp
from models.columns import instant
from models.database import insert_new
from models.inbox import Door, InboxEvent
from models.person import Person
from models.school import MEMBER, Membership
from models.session import TrainingSession

IN_A_ROW = 2
RECENT = timedelta(days=21)  # a class that has not met for so long misses nobody
WRITTEN, KNOWN = "written", "known"


class Spell(SQLModel, table=True):
    """A member's absence since a session: told to the coaches once, closed by one of them."""

    __tablename__ = "spell"
    __table_args__ = (UniqueConstraint("person_id", "since_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    class_id: int = Field(foreign_key="school_class.id")
    since_id: int = Field(foreign_key="training_session.id")
    told_at: datetime | None = instant(default=None, nullable=True)
    closed_at: datetime | None = instant(default=None, nullable=True)
    closed_as: str | None = None
    closed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")

    @property
    def key(self) -> int:
        """The number of a spell that is in the database."""
        assert self.id is not None
        return self.id


@dataclass(frozen=True)
class Missing:
    """A member and the sessions they missed in a row, newest first."""

    person: Person
    missed: tuple[TrainingSession, ...]
    spell: Spell


def open_in(db: Session, class_id: int, now: datetime) -> list[Missing]:
    """Return the members of a class who need a word now and for whom nobody has seen to it."""
    held = _held(db, class_id, now)
    there = _there(db, [one.key for one in held])
    counted = [one for one in held if any(key == one.key for key, _ in there)]
    if not counted or counted[0].starts_at < now - RECENT:
        return []
    found = []
    for person, joined in _members(db, class_id):
        missed = _missed(counted, there, person.key, joined)
        if len(missed) >= IN_A_ROW and not _heard(db, person, missed[IN_A_ROW - 1].starts_at):
            found.append(Missing(person, missed, _spell(db, person, class_id, missed[-1])))
    return [one for one in found if one.spell.closed_at is None]


def by_id(db: Session, number: int) -> Spell | None:
    """Return a spell, or None."""
    return db.get(Spell, number, populate_existing=True) if 0 < number < 2**31 else None


def mark_told(db: Session, spells: Sequence[Spell], at: datetime) -> list[Spell]:
    """Note that the coaches hear of these now; return those that are for this telling."""
    numbers = [one.key for one in spells]
    untold = col(Spell.id).in_(numbers), col(Spell.told_at).is_(None)
    db.execute(update(Spell).where(*untold).values(told_at=at))
    db.expire_all()
    told = select(Spell).where(col(Spell.id).in_(numbers), col(Spell.told_at) == at)
    return list(db.exec(told))


def close(db: Session, number: int, how: str, by: int, now: datetime) -> bool:
    """Close a spell; False when another coach did."""
    still_open = col(Spell.id) == number, col(Spell.closed_at).is_(None)
    values = {"closed_at": now, "closed_as": how, "closed_by": by}
    closed = db.connection().execute(update(Spell).where(*still_open).values(**values))
    db.expire_all()
    return closed.rowcount == 1


def _held(db: Session, class_id: int, now: datetime) -> list[TrainingSession]:
    """Return the sessions of a class that took place, newest first."""
    begun = select(TrainingSession).where(
        TrainingSession.class_id == class_id,
        TrainingSession.starts_at <= now,
        ~col(TrainingSession.cancelled),
    )
    found = db.exec(begun.order_by(col(TrainingSession.starts_at).desc()))
    return [one for one in found if one.ends_at <= now]


def _there(db: Session, sessions: Sequence[int]) -> set[tuple[int, int]]:
    """Return who was at which session; one without anybody was not kept a list of."""
    been = select(Checkin.session_id, Checkin.person_id)
    return set(db.exec(been.where(col(Checkin.session_id).in_(sessions))).all())


def _members(db: Session, class_id: int) -> list[tuple[Person, datetime]]:
    held = select(Person, Membership.joined_at).join(
        Membership, col(Membership.person_id) == Person.id
    )
    mine = held.where(Membership.class_id == class_id, Membership.role == MEMBER)
    return list(db.exec(mine.order_by(col(Person.id))).all())


def _missed(
    held: Sequence[TrainingSession], there: set[tuple[int, int]], person: int, joined: datetime
) -> tuple[TrainingSession, ...]:
    """Return the latest sessions in a row at which a member was not, newest first."""
    missed: list[TrainingSession] = []
    for one in held:
        if one.starts_at < joined or (one.key, person) in there:
            break
        missed.append(one)
    return tuple(missed)


def _heard(db: Session, person: Person, since: datetime) -> bool:
    """Say whether a member wrote or tapped since then; a block is no sign of life."""
    wrote = select(InboxEvent.id).where(
        InboxEvent.chat == person.line_id,
        InboxEvent.door == Door.LINE,
        InboxEvent.happened_at > since,
    )
    if person.reachable and db.exec(wrote.limit(1)).first() is not None:
        return True
    answered = select(Rsvp.at).where(Rsvp.person_id == person.key, Rsvp.at > since)
    return db.exec(answered.limit(1)).first() is not None


def _spell(db: Session, person: Person, class_id: int, since: TrainingSession) -> Spell:
    row = {"person_id": person.key, "class_id": class_id, "since_id": since.key}
    insert_new(db.connection(), Spell.__table__, [row])  # type: ignore[attr-defined]
    known = select(Spell).where(Spell.person_id == person.key, Spell.since_id == since.key)
    return db.exec(known.execution_options(populate_existing=True)).one()
