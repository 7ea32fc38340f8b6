"""What a sentence speaks of when no phrase fits: signs looked for anywhere in it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.feature import Feature, Handler, Route
from bot.slots import Slot
from bot.texts import FeatureTexts
from models.rules.inflection import plain_form
from models.rules.numerals import in_digits
from models.rules.reading import normalise

DOUBTS, REFUSALS = "doubts", "refusals"
SHORT = 4  # letters: a Latin word this short is not the beginning of a longer one
LONGEST = 200  # characters: what is longer is a story
_GAP = re.compile(r"\{(\w+)(?::([^}]+))?(?:>(\w+))?(\??)\}")
_WORTH = 3  # each part that is there counts for this much, and for its letters


class CueFault(Exception):  # noqa: N818 - it names a fault in a file
    """The signs name a command or a gap that does not exist."""


@dataclass(frozen=True)
class Part:
    """One part of a sign: words of which one must be there (or none), or a gap to fill."""

    words: re.Pattern[str] | None = None
    absent: bool = False
    slot: str = ""
    into: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Sign:
    """A row of parts that speaks for a command."""

    feature: str
    handler: Handler
    parts: Sequence[Part]


@dataclass(frozen=True)
class Spotted:
    """A route that a sign speaks for, and how much of the text does."""

    route: Route
    weight: int = 0


@dataclass(frozen=True)
class Heap:
    """What a sign gathered from a text."""

    weight: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)


class Cues:
    """Looks for the signs of every command."""

    def __init__(
        self, features: Mapping[str, Feature], texts: FeatureTexts, slots: Mapping[str, Slot]
    ) -> None:
        self._slots = dict(slots)
        self._doubts = _any("|".join(texts.listed(DOUBTS)))
        self._refusals = _any("|".join(texts.listed(REFUSALS)))
        self._signs = [
            sign
            for command in texts.lists
            if command not in (DOUBTS, REFUSALS)
            for sign in self._read(command, texts.listed(command), features)
        ]

    def find(self, text: str, today: date) -> list[Spotted]:
        """Return the routes that signs speak for, the weightiest first, each once."""
        plain = in_digits(normalise(text))
        if not 0 < len(plain) <= LONGEST or self._refusals.search(plain):
            return []
        both = f"{plain}\n{plain_form(plain)}"
        found: dict[str, Spotted] = {}
        for sign in self._signs:
            heap = self._gather(sign, plain, both, today)
            if heap is None:
                continue
            route = Route(sign.feature, sign.handler, _taken(sign.handler, heap.values))
            if heap.weight > found.get(route.command, Spotted(route)).weight:
                found[route.command] = Spotted(route, heap.weight)
        return sorted(found.values(), key=lambda one: -one.weight)

    def is_doubted(self, text: str) -> bool:
        """Whether something in the text makes it unsure that it is meant: a question, a story."""
        return self._doubts.search(normalise(text)) is not None

    def _gather(self, sign: Sign, plain: str, both: str, today: date) -> Heap | None:
        weight, values = 0, {}
        for part in sign.parts:
            if part.slot:
                value, length = self._fill(part, plain, today)
                if value is None and not part.optional:
                    return None
                values[part.into] = value
                weight += length + _WORTH if value is not None else 0
                continue
            longest = _longest(part.words, both)
            if part.absent == bool(longest):
                return None
            weight += 0 if part.absent else len(longest) + _WORTH
        return Heap(weight, values)

    def _fill(self, part: Part, plain: str, today: date) -> tuple[Any, int]:
        """Return what fills a gap, if there is exactly one such thing in the text."""
        if part.words:
            named = _longest(part.words, plain)
            return named or None, len(named)
        if part.slot == "text":
            return plain, 0
        slot = self._slots[part.slot]
        read = {m[0]: slot.read(m[0], today) for m in re.finditer(slot.pattern, plain)}
        told = {text: value for text, value in read.items() if value is not None}
        if len(set(map(str, told.values()))) != 1:
            return None, 0
        text, value = next(iter(told.items()))
        return value, len(text)

    def _read(
        self, command: str, sources: Iterable[str], features: Mapping[str, Feature]
    ) -> Iterator[Sign]:
        name, _, handler = command.partition(".")
        feature = features.get(name)
        found = feature and (feature.phrases.get(handler) or feature.words.get(handler))
        if not found:
            raise CueFault(f"texts/cues.toml: there is no {command} to wake")
        for source in sources:
            yield Sign(name, found, [self._part(piece) for piece in source.split(" ")])

    def _part(self, piece: str) -> Part:
        if gap := _GAP.fullmatch(piece):
            slot, words, into, optional = gap.groups()
            if slot not in self._slots:
                raise CueFault(f"texts/cues.toml: there is no slot {slot}")
            return Part(_any(words) if words else None, False, slot, into or slot, bool(optional))
        return Part(_any(piece.removeprefix("-")), piece.startswith("-"))


def _taken(handler: Handler, values: Mapping[str, Any]) -> dict[str, Any]:
    names = inspect.signature(handler).parameters
    return {name: value for name, value in values.items() if name in names}


def _longest(words: re.Pattern[str] | None, text: str) -> str:
    found = words.finditer(text) if words else iter(())
    return max((match[0] for match in found), key=len, default="")


def _any(words: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(_word(normalise(word).replace("_", " ")) for word in words.split("|"))
    )


def _word(word: str) -> str:
    """Return the pattern of a word: a Latin one begins a word, and ends one where it is short."""
    latin = re.match("[a-z]", word)
    short = latin and len(word) < SHORT and word.isalpha()
    return ("(?<![a-z])" if latin else "") + re.escape(word) + ("(?![a-z])" if short else "")
