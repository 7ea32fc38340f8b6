"""A member who needs a word, as the coaches see it: what was missed, and what they can do."""

from __future__ import annotations

from dataclasses import dataclass

from bot.cards import Note, Part, Row, card
from bot.messages import Flex
from bot.turn import Turn
from models import school
from models.care import Missing

WORDS = "care"
SHOWN = 3  # sessions named one by one


@dataclass(frozen=True)
class Write:
    """A coach wants to write to the member."""

    spell: int


@dataclass(frozen=True)
class Known:
    """A coach knows why; nothing needs to be done this time."""

    spell: int


@dataclass(frozen=True)
class HandOver:
    """A coach asks the other coach to see to it."""

    spell: int


def member_card(turn: Turn, one: Missing, title: str = "needs") -> Flex:
    """Return the card of one member: when they were missed, never why."""
    turn = turn.speaking_as(WORDS)
    class_ = school.class_by_id(turn.db, one.spell.class_id)
    dates = [turn.when(missed.starts_at, "day") for missed in reversed(one.missed[:SHOWN])]
    parts: list[Part | None] = [
        Row(turn.say("missed_label", n=len(one.missed)), turn.listed(dates)),
        Note(turn.say("since")),
        None if one.person.reachable else Note(turn.say("blocked"), strong=True),
    ]
    others = len(school.coaches_of(turn.db, class_.key)) > 1
    buttons = [
        turn.button("write_label", Write(one.spell.key)) if one.person.reachable else None,
        turn.button("known_label", Known(one.spell.key)),
        turn.button("hand_over_label", HandOver(one.spell.key)) if others else None,
    ]
    name = one.person.name or turn.say("nameless")
    kicker = turn.say("kicker", class_name=class_.name(turn.language))
    return card(turn.say(title, name=name), parts, [b for b in buttons if b], kicker=kicker)
