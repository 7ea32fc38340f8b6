"""The sweat tests so far, what they say together, and deleting them."""

from __future__ import annotations

from dataclasses import dataclass

from bot import hydration, sweat_words
from bot.cards import Note, Row, card
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Say, Text
from bot.turn import Answer, Turn
from models import sweat

on = Feature("sweat_history")
DEED = "forget_sweat"


@dataclass(frozen=True)
class Forget:
    """A member wants their sweat tests deleted; the token makes it theirs and once."""

    token: str


@on.word
def history(turn: Turn) -> Answer:
    """Show the latest tests and the personal factor."""
    if hydration.body_of(turn.db, turn.person).missing is Missing.DOCTOR:
        return Text(turn.say("no_numbers"))
    tests = sweat.history(turn.db, turn.person)
    if not tests:
        return Text(turn.say("nothing"), (Say(turn.say("test_word")),))
    rows = [
        Row(
            turn.when(one.started_at, "day"),
            f"{sweat_words.rate(turn, of)}\n{sweat_words.conditions(turn, of)}",
        )
        for one, of in tests
    ]
    factor = sweat.factor(turn.db, turn.person) or 1.0
    note = Note(turn.say("factor", times=f"{factor:.1f}", count=len(tests)))
    quick = [Say(turn.say("test_word")), Say(turn.texts.first_word("forget", turn.language))]
    return card(turn.say("title"), [*rows, note], quick=quick)


@on.word
def forget(turn: Turn) -> Answer:
    """Ask whether all tests are to be deleted."""
    return _sure(turn)


@on.phrase
def forget_please(turn: Turn) -> Answer:
    """The same, asked for in a sentence."""
    return _sure(turn)


@on.button(Forget)
def forgotten(turn: Turn, tapped: Forget) -> Answer:
    """Delete them, once."""
    if not turn.confirmed(tapped.token, DEED):
        return Text(turn.say("stale"))
    count = sweat.forget(turn.db, turn.person, turn.now)
    return Text(turn.say("deleted", count=count))


def _sure(turn: Turn) -> Text:
    button = turn.button("delete_label", Forget(turn.confirmation(DEED)))
    return Text(turn.say("sure"), (button,))
