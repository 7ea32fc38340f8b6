"""The colour of urine: eight steps, what each asks for, and when to see a doctor."""

from __future__ import annotations

from decimal import Decimal

from bot import hydration
from bot.cards import Note, Swatch, card
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Say, Text
from bot.questions import Number
from bot.turn import Answer, Ask, Turn
from models.rules.reading import word_key

on = Feature("urine")
COLOURS = (
    "#FBF8E3",
    "#F7F0B8",
    "#F3E484",
    "#EBCF4E",
    "#DDB52F",
    "#C6921E",
    "#A06B17",
    "#6F4A14",
)
DARKEST = len(COLOURS)
COLA = DARKEST + 1
BANDS = ((1, "clear"), (3, "fine"), (6, "drink"), (DARKEST, "dark"))


class Colour:
    """A step from 1 to 8, or a colour that belongs to a doctor."""

    open_ended = False

    def read(self, turn: Turn) -> int | None:
        """Read the step."""
        lists = turn.texts.lists["cola"]
        if word_key(turn.text) in {word_key(w) for words in lists.values() for w in words}:
            return COLA
        value = turn.number(1, DARKEST)
        return None if value is None else int(value)

    def keeps(self, turn: Turn) -> bool:
        """Keep other numbers at the question."""
        return Number(1, DARKEST).keeps(turn)

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return one quick reply a step."""
        steps = tuple(Say(str(step)) for step in range(1, COLA))
        return (*steps, Say(turn.texts.lists["cola"][turn.language][0]))


@on.word
def urine(turn: Turn) -> Answer:
    """Show the steps and ask which it is."""
    return _ask(turn)


@on.phrase
def told(turn: Turn, number: Decimal) -> Answer:
    """Take a step told in a phrase."""
    return _say(turn, int(number)) if 1 <= number <= DARKEST else _ask(turn)


@on.answer("colour", Colour())
def answered(turn: Turn, step: int) -> Answer:
    """Say what the colour asks for; nothing of it is kept."""
    return _say(turn, step)


def _ask(turn: Turn) -> Ask:
    rows = [
        Swatch(colour, str(step), turn.say(f"colour_{step}"))
        for step, colour in enumerate(COLOURS, 1)
    ]
    notes = [Note(turn.say("cola_too"), strong=True), Note(turn.say("not_valid"))]
    shown = card(turn.say("title"), [*rows, *notes], quick=Colour().offers(turn))
    return Ask("urine.colour", [shown])


def _say(turn: Turn, step: int) -> Text:
    if step == COLA:
        safety = turn.speaking_as("safety")
        word = safety.texts.first_word("tell_coaches", turn.language)
        return Text(f"{turn.say('cola_now')}\n\n{safety.say('doctor_today')}", (Say(word),))
    band = next(name for highest, name in BANDS if step <= highest)
    if hydration.body_of(turn.db, turn.person).missing is Missing.DOCTOR:
        band = "doctor"
    quick = (Say(turn.say("coach_word")),) if band == "dark" else ()
    return Text(turn.say(f"step_{band}", step=step), quick)
