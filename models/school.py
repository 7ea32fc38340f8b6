"""The school: terms, classes, and who belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint, delete
from sqlmodel import Field, Session, SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.columns import instant
from models.person import Person

MEMBER, MAIN, SUPPORT, OFFICE = "member", "main", "support", "office"
COACHES = (MAIN, SUPPORT)


class Term(SQLModel, table=True):
    """Six months of training up to a race; the race is data, with the year it was read in."""

    __tablename__ = "term"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    name_ja: str
    name_en: str
    race_name_ja: str
    race_name_en: str
    race_date: date
    race_start: time
    source_year: int


class SchoolClass(SQLModel, table=True):
    """A class of a term, its goal time in seconds (None: to finish) and its notice hour."""

    __tablename__ = "school_class"
    __table_args__ = (UniqueConstraint("term_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    term_id: int = Field(foreign_key="term.id")
    code: str
    name_ja: str
    name_en: str
    goal_seconds: int | None = None
    capacity: int
    notice_weekday: int
    notice_time: time
    rsvp_deadline_hours: int
    language: str = "ja"

    @property
    def key(self) -> int:
        """The id of a class that is in the database."""
        assert self.id is not None
        return self.id

    def name(self, language: str) -> str:
        """Return the class's name in a language."""
        return self.name_ja if language == "ja" else self.name_en


class ClassCoach(SQLModel, table=True):
    """The name of a class's main or support coach, as the office wrote it."""

    __tablename__ = "class_coach"

    class_id: int = Field(primary_key=True, foreign_key="school_class.id")
    role: str = Field(primary_key=True)
    name: str


class Membership(SQLModel, table=True):
    """A person's role: member, main or support coach of a class, or office (no class)."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person_id", "role", "class_id"),
        Index("ix_membership_class_role", "class_id", "role"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    class_id: int | None = Field(default=None, foreign_key="school_class.id")
    goal_seconds: int | None = None  # None: not told yet; 0: to finish
    race_entry: str | None = None
    joined_at: datetime = instant()


def class_by_id(db: Session, class_id: int) -> SchoolClass:
    """Return a class that must exist; LookupError otherwise."""
    found = db.get(SchoolClass, class_id)
    if found is None:
        raise LookupError(f"no class {class_id}")
    return found


def classes(db: Session) -> list[SchoolClass]:
    """Return all classes in the order of their goals."""
    return list(db.exec(select(SchoolClass).order_by(col(SchoolClass.id))))


def term_of(db: Session, class_: SchoolClass) -> Term:
    """Return the term a class belongs to."""
    return db.exec(select(Term).where(Term.id == class_.term_id)).one()


def roles(db: Session, person: Person) -> list[Membership]:
    """Return every role a person holds now."""
    held = select(Membership).where(Membership.person_id == person.key)
    return list(db.exec(held.order_by(col(Membership.id))))


def class_of(db: Session, person: Person) -> SchoolClass | None:
    """Return the class a person is a member of (the latest joined)."""
    return _class_with(db, person, (MEMBER,))


def coached_by(db: Session, person: Person) -> list[SchoolClass]:
    """Return the classes a person coaches now."""
    return list(db.exec(_classes_with(person, COACHES)))


def people_with(db: Session, class_id: int, roles: Sequence[str]) -> list[Person]:
    """Return the people who hold one of the roles in a class."""
    held = (
        select(Person)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.class_id == class_id, col(Membership.role).in_(roles))
    )
    return list(db.exec(held.distinct().order_by(col(Person.id))))


def coaches_of(db: Session, class_id: int) -> list[Person]:
    """Return the main and support coaches of a class."""
    return people_with(db, class_id, COACHES)


def members_of(db: Session, class_id: int) -> list[Person]:
    """Return the members of a class."""
    return people_with(db, class_id, (MEMBER,))


def office(db: Session) -> list[Person]:
    """Return the people of the office."""
    held = select(Person).join(Membership, col(Membership.person_id) == Person.id)
    return list(db.exec(held.where(Membership.role == OFFICE).distinct().order_by(col(Person.id))))


def membership(db: Session, person: Person, class_id: int) -> Membership | None:
    """Return a person's membership of a class."""
    held = select(Membership).where(
        Membership.person_id == person.key,
        Membership.class_id == class_id,
        Membership.role == MEMBER,
    )
    return db.exec(held).first()


def grant(
    db: Session, person: Person, role: str, class_id: int | None, now: datetime
) -> Membership:
    """Give a role; a member changes class rather than being in two."""
    if role == MEMBER:
        db.execute(
            delete(Membership).where(
                col(Membership.person_id) == person.key, col(Membership.role) == MEMBER
            )
        )
    held = select(Membership).where(
        Membership.person_id == person.key,
        Membership.role == role,
        col(Membership.class_id) == class_id if class_id else col(Membership.class_id).is_(None),
    )
    row = db.exec(held).first() or Membership(
        person_id=person.key, role=role, class_id=class_id, joined_at=now
    )
    db.add(row)
    db.flush()
    return row


def _class_with(db: Session, person: Person, roles: Sequence[str]) -> SchoolClass | None:
    return db.exec(_classes_with(person, roles)).first()


def _classes_with(person: Person, roles: Sequence[str]) -> SelectOfScalar[SchoolClass]:
    held = (Membership.person_id == person.key, col(Membership.role).in_(roles))
    joined = select(SchoolClass).join(Membership, col(Membership.class_id) == SchoolClass.id)
    return joined.where(*held).distinct().order_by(col(SchoolClass.id).desc())
