"""Joining a class: a place in it, the goal there, and whether the race is entered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models import school
from models.person import Person
from models.school import ClassCoach, Membership, SchoolClass

YES, NO, NOT_YET = "yes", "no", "not_yet"


def join(db: Session, person: Person, class_: SchoolClass, now: datetime) -> bool:
    """Make a person a member of a class; False when it is full."""
    db.exec(select(SchoolClass).where(SchoolClass.id == class_.key).with_for_update()).one()
    others = select(func.count()).where(
        Membership.class_id == class_.key,
        Membership.role == school.MEMBER,
        Membership.person_id != person.key,
    )
    if db.exec(others).one() >= class_.capacity:
        return False
    school.grant(db, person, school.MEMBER, class_.key, now)
    return True


def mine(db: Session, person: Person) -> Membership | None:
    """Return the membership of the class a person is in."""
    class_ = school.class_of(db, person)
    return school.membership(db, person, class_.key) if class_ else None


def aim(db: Session, row: Membership, seconds: int) -> None:
    """Keep a goal in seconds; 0 is to finish."""
    row.goal_seconds = seconds
    db.add(row)
    db.flush()


def enter_race(db: Session, row: Membership, answer: str) -> None:
    """Keep whether the race is entered: yes, no or not_yet."""
    row.race_entry = answer
    db.add(row)
    db.flush()


def coach_names(db: Session, class_id: int) -> list[str]:
    """Return the names of a class's coaches as the office wrote them, the main coach first."""
    written = select(ClassCoach.name).where(ClassCoach.class_id == class_id)
    return list(db.exec(written.order_by(col(ClassCoach.role))))
