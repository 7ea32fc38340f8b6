"""Short answers to questions: without politeness, and numbers that are nothing but a number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.politeness import politeness
from bot.texts import CORRIDOR, FeatureTexts
from models.rules.reading import normalise, plain_number, word_key

Library = Mapping[str, FeatureTexts]


def number(library: Library, text: str, unit: str = "") -> Decimal | None:
    """Read a text that is a number and nothing else but a unit (any, or this) and politeness.

    Units and politeness stand in the corridor's lists: `units`, `units_<unit>`, `around`.
    """
    listed = library[CORRIDOR].listed
    units = listed(f"units_{unit}" if unit else "units")
    return plain_number(text, listed("around") + units, minutes=unit == "minutes")


def forms(library: Library, text: str) -> tuple[str, ...]:
    """Return the forms in which a short answer is looked for: as typed, and without politeness."""
    listed = library[CORRIDOR].listed
    return word_key(text) or normalise(text), politeness(listed("lead"), listed("tail")).bare(text)
