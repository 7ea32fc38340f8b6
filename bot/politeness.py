"""Greetings before and politeness after what is wanted: 「すみません、今週を教えて」."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from models.rules.reading import normalise, word_key

_LATIN = re.compile("[a-z]")
_GAPS = " 、,。.!"


class Politeness:
    """Knows what may stand before and after a wish without changing it."""

    def __init__(self, lead: Iterable[str], tail: Iterable[str]) -> None:
        self._lead, self._tail = _longest_first(lead), _longest_first(tail)

    def bare(self, text: str) -> str:
        """Return the normal form without greetings before and politeness after."""
        key = word_key(text)
        return word_key(self._without_tail(self._without_lead(key))) or key

    def is_all(self, text: str) -> bool:
        """Whether the text is politeness and nothing else."""
        return word_key(text) in {*self._lead, *self._tail}

    def _without_lead(self, key: str) -> str:
        """Cut word by word: a pattern of all of them takes exponential time on some texts."""
        while word := next((w for w in self._lead if key.startswith(w)), ""):
            if word.isascii() and _LATIN.match(key[len(word) :]):
                return key
            key = key.removeprefix(word).lstrip(_GAPS)
        return key

    def _without_tail(self, key: str) -> str:
        while word := next((w for w in self._tail if key.rstrip(_GAPS).endswith(w)), ""):
            rest = key.rstrip(_GAPS).removesuffix(word)
            if word.isascii() and _LATIN.match(rest[-1:]):
                return key
            key = rest
        return key


@lru_cache(maxsize=8)
def politeness(lead: tuple[str, ...], tail: tuple[str, ...]) -> Politeness:
    """Return the one that knows these words."""
    return Politeness(lead, tail)


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({normalise(word) for word in words}, key=len, reverse=True))
