"""Invitations of coaches and the office: a code asks for a role, a second person confirms."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from models import person, school
from models.columns import instant
from models.person import Person
from models.record import Audit, audit

LIFETIME = timedelta(days=7)
STAFF = (school.MAIN, school.SUPPORT, school.OFFICE)


class RoleRequest(SQLModel, table=True):
    """Someone used an invitation; the role is theirs when it was confirmed."""

    __tablename__ = "role_request"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number never means another request

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    class_id: int | None = Field(default=None, foreign_key="school_class.id")
    asked_at: datetime = instant()
    decided_at: datetime | None = instant(default=None, nullable=True)
    decided_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")

    @property
    def key(self) -> int:
        """The number of a request that is in the database."""
        assert self.id is not None
        return self.id


def ask(db: Session, row: RoleRequest) -> RoleRequest:
    """Keep a request."""
    db.add(row)
    db.flush()
    return row


def open_request(db: Session, number: int, now: datetime) -> RoleRequest | None:
    """Return a request that still waits to be decided."""
    row = db.get(RoleRequest, number) if 0 < number < 2**31 else None
    waits = row and row.decided_at is None and row.asked_at > now - LIFETIME
    return row if waits else None


def waiting(db: Session, now: datetime) -> list[RoleRequest]:
    """Return every request that waits, oldest first."""
    undecided = select(RoleRequest).where(
        col(RoleRequest.decided_at).is_(None), RoleRequest.asked_at > now - LIFETIME
    )
    return list(db.exec(undecided.order_by(col(RoleRequest.id))))


def confirmers(db: Session, row: RoleRequest) -> list[Person]:
    """Return who may confirm it: the office and the class's other coaches, never oneself."""
    coaches = school.coaches_of(db, row.class_id) if row.class_id else []
    people = {one.key: one for one in (*coaches, *school.office(db))}
    return [one for one in people.values() if one.key != row.person_id]


def may_confirm(db: Session, row: RoleRequest, who: Person) -> bool:
    """Say whether this person may confirm this request now."""
    return who.key in {one.key for one in confirmers(db, row)}


def decide(db: Session, row: RoleRequest, by: Person | None, grant: bool, now: datetime) -> bool:
    """Close a request, once; granting gives the role and is audited. False when it was closed."""
    still_open = update(RoleRequest).where(
        col(RoleRequest.id) == row.key, col(RoleRequest.decided_at).is_(None)
    )
    values = {"decided_at": now, "decided_by": by.key if by else None}
    if db.connection().execute(still_open.values(**values)).rowcount != 1:
        return False
    db.expire(row)
    deed = f"role.{'granted' if grant else 'declined'}"
    subject = f"{row.role}:{row.class_id or ''}:{row.person_id}"
    audit(db, Audit(at=now, person_id=by.key if by else None, deed=deed, subject=subject, people=1))
    if grant:
        school.grant(db, person.get(db, row.person_id), row.role, row.class_id, now)
    return True
