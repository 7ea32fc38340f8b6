"""What was eaten, as an answer: read, or met with what is near or better left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import carb_card
from bot.messages import Say
from bot.turn import Turn
from models import foods
from models.rules import food_reading
from models.rules.food_reading import Eaten

NEAREST = 4


@dataclass(frozen=True)
class Unknown:
    """Something eaten that is not in the table."""

    text: str


class WhatWasEaten:
    """Foods with amounts; what is not in the table is answered with what is near."""

    open_ended = False

    def read(self, turn: Turn) -> Eaten | Unknown | None:
        """Read the foods."""
        found = foods.names().read(turn.text)
        if found or has_digits(turn.text):
            return found
        return Unknown(turn.text) if near(turn.text) or left_out(turn.text) else None

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return a few usual foods."""
        return words(turn, carb_card.USUAL)


def has_digits(text: str) -> bool:
    """Say whether there is a number in it: then it is the amount that was not understood."""
    return any(char.isdigit() for char in text)


def near(text: str) -> list[str]:
    """Return the foods nearest to what was typed."""
    similar = [(word, food.id) for food in foods.load().food for word in food.similar]
    named = [(word, food) for word, food in foods.names().names.items() if len(word) > 1]
    return food_reading.nearest(text, [*similar, *named])[:NEAREST]


def left_out(text: str) -> str:
    """Return why something is left out before a race; empty when it is not."""
    groups = foods.load().leave_out.model_dump()
    listed = [(word, reason) for reason, words in groups.items() for word in words]
    found = food_reading.nearest(text, listed)
    return found[0] if found else ""


def words(turn: Turn, names: Sequence[str]) -> tuple[Say, ...]:
    """Return a tap for a portion of each of these foods."""
    known = (foods.load().by_id(name) for name in names)
    return tuple(Say(food.words(turn.language, 1)[:20]) for food in known if food)
