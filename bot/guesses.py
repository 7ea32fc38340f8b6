"""What might have been meant where no word and no phrase fits: offered, never done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from bot.feature import Route
from bot.wordbook import Wordbook
from models.rules.inflection import plain_sentence
from models.rules.spelling import is_near, nearest

MOST = 3  # a reader takes in three buttons at a glance
MOST_GUESSES = 4  # buttons to choose from
LONGEST = 120  # characters: longer texts are stories
LEAST_LATIN, LEAST_KANA, LEAST_KANJI = 4, 3, 2
_WORD = re.compile("[a-z]+")
_NO_KANA = "(?<![ぁ-ん])"
_KANA = re.compile("[ぁ-んー]+")


@dataclass(frozen=True)
class Guess:
    """A route that may be meant; `says` is the text with its slips mended, if that leads there."""

    route: Route
    says: str = ""
    weight: int = 0  # how much of the text speaks for it
    share: float = 0.0  # and what part of it that is


class Guesses:
    """Knows every word the features use, and finds those in a text that are nearly there."""

    def __init__(self, words: Wordbook) -> None:
        self._words = words
        self._cues = {cue: r for cue, r in words.plain.words.items() if _is_telling(cue)}
        literals = (
            [s.pattern for s in words.book.slots.values()]
            + list(words.plain.words)
            + [f.phrase.source for f in words.plain.phrases]
        )
        self._latin = {w for text in literals for w in _WORD.findall(text) if len(w) >= LEAST_LATIN}

    def of(self, text: str, today: date) -> list[Guess]:
        """Return up to three routes that may be meant, the likeliest first."""
        bare = self._words.book.bare(text)
        if not 0 < len(bare) <= LONGEST:
            return []
        plain = self._words.book.bare(plain_sentence(bare))
        found = self._mended(plain, today) or self._named(plain) or self._sounding_like(plain)
        return list({guess.route.command: guess for guess in reversed(found)}.values())[::-1][:MOST]

    def _named(self, plain: str) -> list[Guess]:
        """Return the routes whose words stand in the text, longest words first."""
        spans = [(m.start(), m.end(), cue) for cue in self._cues for m in _standing(cue, plain)]
        widest = [s for s in spans if not any(_within(s, other) for other in spans)]
        ordered = sorted(widest, key=lambda span: (span[0] - span[1], span[0]))
        return [
            Guess(route, "", len(cue), len(cue) / len(plain))
            for *_, cue in ordered
            for route in self._cues[cue]
        ]

    def _mended(self, plain: str, today: date) -> list[Guess]:
        """Return what the text means once its Latin words are spelt as the features spell them."""
        mended = _WORD.sub(lambda m: nearest(m[0], self._latin) or m[0], plain)
        if mended == plain:
            return []
        routes = self._words.find(mended, today)
        return [Guess(r, mended) for r in routes] or self._named(mended)

    def _sounding_like(self, plain: str) -> list[Guess]:
        near = [cue for cue in self._cues if not cue.isascii() and is_near(plain, cue)]
        return [Guess(route) for cue in near for route in self._cues[cue]]


def _is_telling(cue: str) -> bool:
    if cue.isascii():
        return len(cue) >= LEAST_LATIN
    return len(cue) >= (LEAST_KANA if _KANA.fullmatch(cue) else LEAST_KANJI)


def _standing(cue: str, plain: str) -> Iterator[re.Match[str]]:
    """Yield where the cue stands as a word: いたい is not in もらいたい."""
    if cue not in plain:
        return iter(())
    before, after = (
        ("(?<![a-z])", "(?![a-z])")
        if cue.isascii()
        else (_NO_KANA, "")
        if _is_short_kana(cue)
        else ("", "")
    )
    return re.finditer(f"{before}{re.escape(cue)}{after}", plain)


def _is_short_kana(cue: str) -> bool:
    return len(cue) <= LEAST_KANA and _KANA.fullmatch(cue) is not None


def _within(span: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def in_turn(*kinds: Sequence[Guess]) -> list[Guess]:
    """Return the likeliest of each kind of guess, then the next ones, each route once."""
    ranked = [guess for row in zip_longest(*kinds) for guess in row if guess]
    return list({guess.route.command: guess for guess in reversed(ranked)}.values())[::-1][
        :MOST_GUESSES
    ]
