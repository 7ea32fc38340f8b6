"""The body check after a race: signs to choose from, and the card that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.cards import Note, card
from bot.messages import Flex
from bot.turn import Turn
from models.race import Race

WORDS = "race_check"


class Sign(StrEnum):
    """What a runner may notice after a race, the worst first (domain 1.6 and 4.6)."""

    CONFUSED = "confused"
    CHEST = "chest"
    URINE = "urine"
    NO_URINE = "no_urine"
    HEAVIER = "heavier"
    CALF = "calf"
    FEVER = "fever"
    NOTHING = "nothing"


EMERGENCY = {Sign.CONFUSED, Sign.CHEST}


@dataclass(frozen=True)
class Noticed:
    """A runner noticed a sign; race 0 where none is at hand."""

    race: int
    sign: Sign


def show(turn: Turn, race: Race | None) -> Flex:
    """Return the signs as a card, one tap each."""
    words = turn.speaking_as(WORDS)
    number = race.key if race else 0
    buttons = [words.button(f"sign_{sign}", Noticed(number, sign)) for sign in Sign]
    return card(words.say("title"), [Note(words.say("which"), strong=True)], buttons, filled=())
