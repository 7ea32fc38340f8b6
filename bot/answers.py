"""Short answers to questions: without politeness, and numbers that are nothing but a number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from re import fullmatch

from bot.politeness import politeness
from bot.slots import ML, read_ml
from bot.texts import CORRIDOR, FeatureTexts
from models.rules.numerals import in_digits
from models.rules.reading import LONGEST_ANSWER, normalise, plain_number, without, word_key

Library = Mapping[str, FeatureTexts]


def number(library: Library, text: str, unit: str = "") -> Decimal | None:
    """Read a text that is a number and nothing else but a unit (any, or this) and politeness.

    Units and politeness stand in the corridor's lists: `units`, `units_<unit>`, `around`.
    """
    listed = library[CORRIDOR].listed
    units = listed(f"units_{unit}" if unit else "units")
    return plain_number(text, listed("around") + units, minutes=unit == "minutes")


def millilitres(library: Library, text: str) -> int | None:
    """Read a text that is an amount to drink and nothing else but politeness and a drink."""
    listed = library[CORRIDOR].listed
    plain = in_digits(word_key(text))
    rest = without(plain, listed("around") + listed("drinks"))
    return read_ml(rest) if len(plain) <= LONGEST_ANSWER and fullmatch(ML, rest) else None


def forms(library: Library, text: str) -> tuple[str, ...]:
    """Return the forms in which a short answer is looked for: as typed, and without politeness."""
    listed = library[CORRIDOR].listed
    return word_key(text) or normalise(text), politeness(listed("lead"), listed("tail")).bare(text)
