"""A second person's word on what goes to everybody: they see it as it is delivered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import broadcast_card, broadcast_letter
from bot.cards import Row, card
from bot.messages import Flex
from bot.turn import Chat, Place, Tell, Turn
from models import audience, broadcast_lists, school
from models.broadcast import APPROVAL_LIFE, SECOND_THOUGHTS, Broadcast
from models.person import Person
from models.rules import hours
from models.school import SchoolClass

WORDS = "broadcast_sending"


@dataclass(frozen=True)
class Approve:
    """A second person agrees."""

    number: int
    token: str


@dataclass(frozen=True)
class Decline:
    """A second person does not agree."""

    number: int
    token: str


def ask(turn: Turn, row: Broadcast) -> list[Tell]:
    """Bring it to the office and to the author's fellow coaches, each with a tap of their own."""
    reached = audience.of(turn.db, row.audience, row.class_id, turn.now)
    shown = broadcast_letter.letter(turn, row, reached.parts[0].class_)
    return [
        Tell(
            one,
            [*shown, _question(turn, row, one, reached.heads)],
            key=f"broadcast.approval:{row.id}:{row.revision}",
            subject=approval_subject(row),
            until=turn.now + APPROVAL_LIFE,
            message_id=broadcast_letter.message_id(turn, row),
        )
        for one in approvers(turn)
    ]


def approvers(turn: Turn) -> list[Person]:
    """Return who is asked: the office and fellow coaches; failing them, all other coaches."""
    mine = school.coached_by(turn.db, turn.person)
    near = _others(turn, [*school.office(turn.db), *_coaches(turn, mine)])
    return near or _others(turn, _coaches(turn, audience.current_classes(turn.db, turn.now)))


def _others(turn: Turn, people: Iterable[Person]) -> list[Person]:
    asked = {one.key: one for one in people if one.reachable and one.key != turn.person.key}
    return list(asked.values())


def hour(turn: Turn, row: Broadcast) -> datetime:
    """Return when it goes out if it is approved now: by day, unless its author chose the night."""
    soonest = turn.now + SECOND_THOUGHTS
    if row.send_at and row.send_at >= soonest:
        return row.send_at
    chosen = turn.local(row.send_at or row.decided_at or turn.now)
    return hours.daytime(turn.local(soonest)) if hours.is_daytime(chosen) else soonest


def deed(row: Broadcast) -> str:
    """Return what an approver's token is for: the broadcast as it was shown."""
    return f"broadcast.approve:{row.id}:{row.revision}"


def approval_subject(row: Broadcast) -> str:
    """Return the name under which the question to the approvers can be cancelled."""
    return broadcast_lists.approval_subject(row.key)


def _question(turn: Turn, row: Broadcast, one: Person, heads: int) -> Flex:
    theirs, name = _facing(turn, one), turn.person.name or "?"
    parts = [
        Row(theirs.say("row_to"), broadcast_card.to_whom(theirs, row)),
        Row(theirs.say("row_people"), theirs.say("people", n=heads)),
    ]
    token = theirs.confirmation(deed(row))
    lines = [
        theirs.button("approve", Approve(row.key, token)),
        theirs.button("decline", Decline(row.key, token)),
    ]
    return card(theirs.say("please_approve", name=name), parts, lines)


def _coaches(turn: Turn, classes: list[SchoolClass]) -> list[Person]:
    return [one for class_ in classes for one in school.coaches_of(turn.db, class_.key)]


def _facing(turn: Turn, one: Person) -> Turn:
    """Return the turn as it would be with somebody else: their language, chat and tokens."""
    chat = Chat(Place.DIRECT, one.line_id)
    theirs = replace(turn, member=one, line_id=one.line_id, chat=chat, language=one.language)
    return theirs.speaking_as(WORDS)
