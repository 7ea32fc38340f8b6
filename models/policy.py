"""Who may do what, and where: one explicit table, policy.toml; what is not in it is refused.

A command is a feature and its handler. Authority is read from the database at the moment of the
deed; names, roles and classes in a text or a button's data are never believed.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from pathlib import Path

from sqlmodel import Session

from models import school
from models.person import Person


class Role(StrEnum):
    """What a person is to the school; everybody is a guest."""

    GUEST = "guest"
    MEMBER = "member"
    COACH = "coach"
    OFFICE = "office"


class Verdict(StrEnum):
    """What the table says."""

    ALLOWED = "allowed"
    NOT_HERE = "not here"
    NOT_YOU = "not you"


ALL = frozenset(Role)
GROUPS = True  # also in a class group
WHO = {
    "all": ALL,
    "enrolled": frozenset({Role.MEMBER, Role.COACH, Role.OFFICE}),
    "members": frozenset({Role.MEMBER}),
    "coaches": frozenset({Role.COACH}),
    "staff": frozenset({Role.COACH, Role.OFFICE}),
    "office": frozenset({Role.OFFICE}),
}

SHOWS = "shows"  # it changes nothing and tells nobody: a guess may wake it

GENTLE = "gentle"  # it says back what it keeps, and that is as easily undone
LETTER = "letter"  # its text is for somebody to read, whatever it speaks of

OPENS = "opens"  # it begins a report: said as a reason it is a wish of its own
BY_REASON = "reasoned"  # a report said beside it is its reason
URGENT = "urgent"  # it is heard also from someone who sends too much to be answered
MARKS = {"groups", SHOWS, GENTLE, LETTER, OPENS, BY_REASON, URGENT}

Row = tuple[frozenset[Role], bool]
TABLE = Path(__file__).with_name("policy.toml")


def _said(table: Path) -> dict[str, str]:
    sections = tomllib.loads(table.read_text("utf-8"))
    return {f"{feature}.{name}": said for feature, own in sections.items()
            for name, said in own.items()}  # fmt: skip


def read(table: Path) -> dict[str, Row]:
    """Return the table's rows by command; ValueError names one that cannot be read."""
    return {command: _row(command, said) for command, said in _said(table).items()}


def _row(command: str, said: str) -> Row:
    who, *marks = said.split(", ")
    if who not in WHO or not set(marks) <= MARKS:
        raise ValueError(f"models/policy.toml: {command}: {said!r} is not understood")
    return WHO[who], "groups" in marks


def _marked(mark: str) -> frozenset[str]:
    return frozenset(command for command, said in _SAID.items() if mark in said.split(", "))


POLICY, _SAID = read(TABLE), _said(TABLE)
SHOWING, MILD, LETTERS = _marked(SHOWS), _marked(GENTLE), _marked(LETTER)
TELLING, REASONED, PRESSING = _marked(OPENS), _marked(BY_REASON), _marked(URGENT)


def allowed(command: str) -> frozenset[Role]:
    """Return the roles that may give this command."""
    return POLICY[command][0]


def is_urgent(command: str) -> bool:
    """Say whether a command is heard even in a flood."""
    return command in PRESSING


def verdict(command: str, held: frozenset[Role], *, direct: bool) -> Verdict:
    """Say whether someone with these roles may give this command in this kind of chat."""
    roles, in_groups = POLICY[command]
    if not roles & held:
        return Verdict.NOT_YOU
    return Verdict.ALLOWED if direct or in_groups else Verdict.NOT_HERE


def roles_of(db: Session, person: Person | None) -> frozenset[Role]:
    """Return the roles a person holds now."""
    held = {row.role for row in school.roles(db, person)} if person else set()
    roles = {Role.GUEST}
    roles |= {Role.MEMBER} if school.MEMBER in held else set()
    roles |= {Role.COACH} if held & set(school.COACHES) else set()
    roles |= {Role.OFFICE} if school.OFFICE in held else set()
    return frozenset(roles)


def leads(db: Session, person: Person, class_id: int) -> bool:
    """Say whether a person coaches this class now, or is of the office."""
    held = school.roles(db, person)
    return any(
        row.role == school.OFFICE or (row.role in school.COACHES and row.class_id == class_id)
        for row in held
    )
