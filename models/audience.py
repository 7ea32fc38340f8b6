"""Whom a broadcast reaches: looked up anew each time, from roles, groups and answers of now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from models import attendance, billing, class_group, mute, school, session
from models.person import Person
from models.school import SchoolClass
from models.session import TrainingSession

GROUP, MEMBERS, SILENT, ABSENT, ALL = "group", "members", "silent", "absent", "all"
OF_A_CLASS = (GROUP, MEMBERS, SILENT, ABSENT)
AFTER_THE_RACE = timedelta(days=14)  # how long a past term's classes still count as classes


@dataclass(frozen=True)
class Part:
    """A class, and through which group or to which of its people it is spoken to."""

    class_: SchoolClass
    group: str = ""
    people: tuple[Person, ...] = ()
    heads: int = 0
    out_of_reach: int = 0


@dataclass(frozen=True)
class Audience:
    """All parts; `heads` is how many people LINE counts."""

    parts: tuple[Part, ...]

    @property
    def heads(self) -> int:
        """How many people it reaches, which is also what it costs."""
        return sum(part.heads for part in self.parts)

    @property
    def out_of_reach(self) -> int:
        """How many would be meant but have blocked us."""
        return sum(part.out_of_reach for part in self.parts)


def of(db: Session, kind: str, class_id: int | None, now: datetime) -> Audience:
    """Return whom this kind of audience means now; nobody when its group is gone."""
    if kind == ALL:
        found = [_class_wide(db, one) for one in current_classes(db, now)]
        return Audience(tuple(part for part in found if part.heads))
    if class_id is None or kind not in OF_A_CLASS:
        return Audience(())
    class_ = school.class_by_id(db, class_id)
    part = (
        _group(db, class_) if kind == GROUP else _people(db, class_, _who(db, kind, class_id, now))
    )
    return Audience((part,) if part and part.heads else ())


def current_classes(db: Session, now: datetime) -> list[SchoolClass]:
    """Return the classes of the terms whose race is not long past."""
    since = (now - AFTER_THE_RACE).date()
    return [one for one in school.classes(db) if school.term_of(db, one).race_date >= since]


def _class_wide(db: Session, class_: SchoolClass) -> Part:
    """Speak to a class in its group; where there is none, to each of its members."""
    return _group(db, class_) or _people(db, class_, school.members_of(db, class_.key))


def _group(db: Session, class_: SchoolClass) -> Part | None:
    group = class_group.group_of(db, class_.key)
    if group is None:
        return None
    return Part(class_, group=group.line_id, heads=billing.size(db, group.line_id))


def _people(db: Session, class_: SchoolClass, meant: Sequence[Person]) -> Part:
    """Reach those who neither blocked us nor muted what coaches send to many."""
    muted = mute.those_without(db, [mute.COACH])
    reached = tuple(p for p in meant if p.reachable and (p.line_id, mute.COACH) not in muted)
    missed = len(meant) - len(reached)
    return Part(class_, people=reached, heads=len(reached), out_of_reach=missed)


def _who(db: Session, kind: str, class_id: int, now: datetime) -> list[Person]:
    members = school.members_of(db, class_id)
    if kind == MEMBERS:
        return members
    found = _next(db, class_id, now) if kind == SILENT else _last(db, class_id, now)
    if found is None:
        return []
    seen = attendance.rsvps if kind == SILENT else attendance.checkins
    there = seen(db, found.key)
    return [one for one in members if one.key not in there]


def _next(db: Session, class_id: int, now: datetime) -> TrainingSession | None:
    coming = session.upcoming(db, [class_id], now, 5)
    return next((one for one in coming if not one.cancelled and one.starts_at > now), None)


def _last(db: Session, class_id: int, now: datetime) -> TrainingSession | None:
    """Return the last session that is over: who is on the way to one is not absent."""
    found = session.latest_started(db, class_id, now)
    if found and found.ends_at > now:
        return session.latest_started(db, class_id, found.starts_at - timedelta(seconds=1))
    return found
