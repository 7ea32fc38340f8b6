"""The slot of what was eaten: foods and amounts as people type them."""

from __future__ import annotations

import re
from datetime import date

from bot.slots import Slot
from models import foods
from models.rules.food_reading import Eaten

SPORTS_DRINK = "sports_drink"  # by the mL it is a drink to note, by the bottle it is food
_BOTTLES = re.compile("本|ほん|ぽん|bottle")


def slot() -> Slot:
    """Return the slot; what is not wholly food does not fit."""
    return Slot(r".{1,200}?", _read)


def _read(text: str, _today: date) -> Eaten | None:
    found = foods.names().read(text)
    if found and not _BOTTLES.search(text) and _has_sports_drink(found):
        return None
    return found


def _has_sports_drink(eaten: Eaten) -> bool:
    return any(bite.food == SPORTS_DRINK for bite in eaten.bites)
