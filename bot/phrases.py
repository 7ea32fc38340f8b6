"""Phrases with typed slots: 「{day}休みます」, "{place} hurts"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.politeness import Politeness
from bot.slots import Slot
from models.rules.reading import normalise

_PIECE = re.compile(r"\{(\w+)\}|([\[\](|)])|([^{}\[\](|)]+)")
_MARKS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}
MAX_READ = 300  # characters a phrase can have: longer texts are no commands
MAX_FREE = 5000  # unless it has a gap for any text


class UnknownSlotError(LookupError):
    """A phrase names a slot that does not exist."""


@dataclass(frozen=True)
class Phrase:
    """A compiled pattern of one language."""

    source: str
    regex: re.Pattern[str]
    slots: tuple[str, ...]

    @property
    def is_free(self) -> bool:
        """Whether it has a gap for any text: such a phrase yields to every other."""
        return "text" in self.slots

    @property
    def names_itself_first(self) -> bool:
        """Whether it begins with words of its own: such a free phrase goes before the others."""
        return not self.source.startswith("{")


class Phrasebook:
    """Compiles phrases and reads texts against them."""

    def __init__(self, slots: Mapping[str, Slot], lead: Iterable[str], tail: Iterable[str]) -> None:
        self.slots = dict(slots)
        self._politeness = Politeness(lead, tail)

    def bare(self, text: str) -> str:
        """Return the normal form without greetings before and politeness after."""
        return self._politeness.bare(text)

    def is_polite(self, text: str) -> bool:
        """Whether the text is politeness and nothing else."""
        return self._politeness.is_all(text)

    def compile(self, source: str, form: Callable[[str], str] = str) -> Phrase:
        """Compile a pattern: `{slot}`, `[optional]`, `(one|other)`, `_` for a space.

        Other spaces may be left out.
        `form` turns its words into the form that texts will be given in.
        """
        names: list[str] = []
        regex = "".join(self._piece(match, names, form) for match in _PIECE.finditer(source))
        return Phrase(source, re.compile(regex), tuple(names))

    def read(self, phrase: Phrase, text: str, today: date) -> dict[str, Any] | None:
        """Return the slots' values when the whole text fits the phrase."""
        longest = MAX_FREE if phrase.is_free else MAX_READ
        match = phrase.regex.fullmatch(text) if len(text) <= longest else None
        if match is None:
            return None
        found = {name: self.slots[name].read(match[name] or "", today) for name in phrase.slots}
        unread = [name for name, value in found.items() if value is None and match[name]]
        return None if unread else found

    def _piece(self, match: re.Match[str], names: list[str], form: Callable[[str], str]) -> str:
        slot, mark, literal = match.groups()
        if slot:
            if slot not in self.slots:
                raise UnknownSlotError(f"there is no slot {slot}")
            names.append(slot)
            return rf"\s*(?P<{slot}>{self.slots[slot].pattern})\s*"
        if mark:
            return _MARKS[mark]
        words = (re.escape(word).replace("_", r"\s+") for word in _spread(literal, form))
        return r"\s*".join(words)


def _spread(literal: str, form: Callable[[str], str]) -> list[str]:
    """Split a literal at its spaces, keeping where they were so that they may be left out."""
    words = form(normalise(literal)).split(" ")
    lead = [""] if literal.startswith(" ") else []
    return lead + words + ([""] if literal.endswith(" ") else [])
