"""The LINE groups the bot is or was in, and the classes they are bound to."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from models.columns import instant


class ClassGroup(SQLModel, table=True):
    """A LINE group bound to a class; `present` while the bot is in it."""

    __tablename__ = "class_group"

    line_id: str = Field(primary_key=True)
    class_id: int | None = Field(default=None, foreign_key="school_class.id")
    present: bool = True
    changed_at: datetime = instant()
    bound_by: int | None = Field(default=None, foreign_key="person.id")
    bound_at: datetime | None = instant(default=None, nullable=True)
    people: int | None = None  # by LINE's count, the bot not among them


def group(db: Session, line_id: str) -> ClassGroup | None:
    """Return what is known of a LINE group."""
    return db.get(ClassGroup, line_id)


def group_of(db: Session, class_id: int) -> ClassGroup | None:
    """Return the group bound to a class in which the bot is now."""
    bound = select(ClassGroup).where(ClassGroup.class_id == class_id, col(ClassGroup.present))
    return db.exec(bound.order_by(col(ClassGroup.changed_at).desc())).first()


def present(db: Session) -> list[ClassGroup]:
    """Return the groups the bot is in now."""
    return list(db.exec(select(ClassGroup).where(col(ClassGroup.present))))


def count(db: Session, line_id: str, people: int) -> None:
    """Note how many people LINE counts in a group."""
    if found := db.get(ClassGroup, line_id):
        found.people = people
        db.add(found)


def set_present(db: Session, line_id: str, present: bool, at: datetime) -> ClassGroup:
    """Note that the bot joined or left a group; the newest event counts, the binding stays."""
    row = db.get(ClassGroup, line_id) or ClassGroup(line_id=line_id, changed_at=at)
    if at > row.changed_at or (at == row.changed_at and row.present):
        row.present, row.changed_at = present, at
    db.add(row)
    return row


def bind(db: Session, line_id: str, class_id: int | None, by: int, at: datetime) -> bool:
    """Bind a group to a class (None: to no class); False when a newer deed is there already.

    A class has one group: one it had before lets go of it.
    """
    row = db.get(ClassGroup, line_id) or set_present(db, line_id, True, at)
    if row.bound_at is not None and row.bound_at > at:
        return False
    older = select(ClassGroup).where(ClassGroup.class_id == class_id, ClassGroup.line_id != line_id)
    for other in db.exec(older) if class_id is not None else ():
        other.class_id = None
        db.add(other)
    row.class_id, row.bound_by, row.bound_at = class_id, by, at
    db.add(row)
    db.flush()
    return True
