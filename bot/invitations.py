"""Invitations: a one-time code asks for a role, and a second person of the school confirms it."""

from __future__ import annotations

from dataclasses import dataclass

from bot import buttons, enrolling
from bot.cards import Note, Part, Row, card
from bot.messages import Flex, Postback, Text
from bot.turn import Answer, Tell, Turn
from models import code, confirm, invitation, person, school
from models.code import Code
from models.invitation import RoleRequest
from models.person import Person

WORDS = "invitation"  # texts/invitation.toml


@dataclass(frozen=True)
class Confirm:
    """Give the role that was asked for."""

    request: int
    token: str


@dataclass(frozen=True)
class Decline:
    """Do not give it."""

    request: int
    token: str


def invited(turn: Turn, row: Code) -> Answer:
    """Use an invitation: ask a second person, or, where there is none yet, take it as it is."""
    turn = turn.speaking_as(WORDS)
    if _holds(turn, row):
        return enrolling.staff_card(turn)
    if not code.spend(turn.db, row, turn.now):
        return Text(turn.say("spent"))
    asked = RoleRequest(
        person_id=turn.person.key, role=row.kind, class_id=row.class_id, asked_at=turn.now
    )
    request = invitation.ask(turn.db, asked)
    asked_people = invitation.confirmers(turn.db, request)
    if not asked_people:
        invitation.decide(turn.db, request, None, True, turn.now)
        return [Text(turn.say("granted", **_names(turn, request))), enrolling.staff_card(turn)]
    waits = Text(turn.say("waits", **_names(turn, request)))
    return [waits, *(_ask(turn, request, one) for one in asked_people)]


def deed(request: int) -> str:
    """Return the deed that a confirmation token is for."""
    return f"role:{request}"


def request_card(turn: Turn, request: RoleRequest, reader: Person) -> Flex:
    """Show a request to someone who may confirm it, with buttons of their own."""
    turn = turn.speaking_as(WORDS)
    who = person.get(turn.db, request.person_id)
    token = confirm.issue(turn.db, reader.line_id, reader.line_id, deed(request.key), turn.now)
    rows: list[Part] = [
        Row(turn.say("row_name"), who.name or turn.say("nameless")),
        Row(turn.say("row_role"), enrolling.role_words(turn, request.role)),
        Row(turn.say("row_class"), enrolling.class_words(turn, request.class_id)),
        Note(turn.say("check")),
    ]
    taps = (
        Postback(turn.say("confirm"), buttons.pack(Confirm(request.key, token))),
        Postback(turn.say("decline"), buttons.pack(Decline(request.key, token))),
    )
    return card(turn.say("request_title"), rows, taps)


def outcome(turn: Turn, request: RoleRequest, key: str) -> list[Tell]:
    """Tell the person who asked what became of it."""
    who = person.get(turn.db, request.person_id)
    return turn.tell_each([who], lambda t: [Text(t.say(key, **_names(t, request)))])


def _ask(turn: Turn, request: RoleRequest, one: Person) -> Tell:
    how = {"key": f"role-request:{request.key}"}
    return turn.tell_each([one], lambda t: [request_card(t, request, one)], **how)[0]


def _holds(turn: Turn, row: Code) -> bool:
    held = school.roles(turn.db, turn.person)
    return any(m.role == row.kind and m.class_id == row.class_id for m in held)


def _names(turn: Turn, request: RoleRequest) -> dict[str, str]:
    role = enrolling.role_words(turn, request.role)
    return {"role": role, "class_name": enrolling.class_words(turn, request.class_id)}
