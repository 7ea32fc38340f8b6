"""Red flags: words that mean danger now, found in whatever a person types.

The words and the guards are data in content/redflags.toml; here is only how they combine. Source:
domain 4.6. In real doubt a sentence is caught: a needless 119 text is cheaper than a missing one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from models.rules.redflags_book import Flag, Sign, book
from models.rules.redflags_book import plain as plain_form

_SENTENCE_END = re.compile(r"[。!?]+|\.(?![0-9])")
_CLOSE = 20  # characters around a sign in which `unless` words count
_TAIL = 40
_LEAD = 60
_BLANK = "□"

Span = tuple[int, int]

__all__ = ["Flag", "Sign", "find", "find_sign"]


@dataclass
class Reading:
    """A text in its normal form with its sentences, and what is already known about them."""

    text: str
    ends: list[int]
    hits: dict[tuple[str, ...], list[Span]] = field(default_factory=dict)
    facts: dict[tuple[str, int], bool] = field(default_factory=dict)

    def sentence(self, at: int) -> Span:
        """Return where the sentence around a position starts and ends."""
        i = bisect_right(self.ends, at)
        return self.ends[i - 1], self.ends[i]

    def find_words(self, words: tuple[str, ...]) -> list[Span]:
        """Return where any of the words stands, in order of place, the longest first."""
        if words not in self.hits:
            found = {span for word in words for span in _places(self.text, word)}
            self.hits[words] = sorted(found, key=lambda span: (span[0], -span[1]))
        return self.hits[words]

    def has_within(self, words: tuple[str, ...], start: int, end: int) -> bool:
        """Return whether any of the words stands wholly between two positions."""
        hits = self.find_words(words)
        first, last = (bisect_left(hits, at, key=_start) for at in (start, end))
        return any(hit[1] <= end for hit in hits[first:last])

    def says(self, guard: str, at: int) -> bool:
        """Return whether the sentence around a position matches a guard, looked up once."""
        start, end = self.sentence(at)
        if (guard, start) not in self.facts:
            self.facts[guard, start] = bool(book().guards[guard].search(self.text[start:end]))
        return self.facts[guard, start]


def find(text: str) -> Flag | None:
    """Return the most urgent flag in a text as a person typed it, or None. Never raises.

    About oneself or another, in Japanese or English, beside any other wish in the same sentence.
    Denials, idioms, questions about the topic, notices and the long past give None.
    """
    sign = find_sign(text)
    return sign.flag if sign else None


def find_sign(text: str) -> Sign | None:
    """Return the sign behind the flag, for a log or a test; its name holds nothing of the text."""
    reading = _read(text)
    for sign in book().signs:
        if any(not _excused(reading, sign, span) for span in _spans(reading, sign)):
            return sign
    return None


def _read(text: str) -> Reading:
    plain = plain_form(text)
    for idiom in book().idioms:
        for start, end in _places(plain, idiom):
            plain = plain[:start] + _BLANK * (end - start) + plain[end:]
    return Reading(plain, [0, *(m.end() for m in _SENTENCE_END.finditer(plain)), len(plain) + 1])


def _places(text: str, word: str) -> list[Span]:
    """Return where a word stands; a Latin one as a whole word, with any ending after a star."""
    stem = word.rstrip("*")
    found, at = [], text.find(stem)
    while at >= 0:
        end = at + len(stem)
        if not stem.isascii() or _is_whole(text, at, end, word != stem):
            found.append((at, end))
        at = text.find(stem, end)
    return found


def _start(span: Span) -> int:
    return span[0]


def _is_whole(text: str, start: int, end: int, any_ending: bool) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isascii() and before.isalnum():
        return False
    return any_ending or not (after.isascii() and after.isalnum())


def _spans(reading: Reading, sign: Sign) -> Iterator[Span]:
    first, *others = sign.groups
    for hit in reading.find_words(first):
        span: Span | None = hit
        for group in others:
            span = span and _joined(reading, sign, span, group)
        if span:
            yield span


def _joined(reading: Reading, sign: Sign, span: Span, group: tuple[str, ...]) -> Span | None:
    """Return the span widened by the nearest word of the group, or None where there is none."""
    hits = reading.find_words(group)
    at = bisect_left(hits, span[0] if sign.any_order else span[1], key=_start)
    candidates = hits[max(0, at - 1) : at + 2] if sign.any_order else hits[at : at + 1]
    start, end = reading.sentence(span[0])
    for low, high in sorted(candidates, key=lambda hit: max(hit[0] - span[1], span[0] - hit[1])):
        gap = (span[1], low) if low >= span[1] else (high, span[0])
        if (
            start <= low < end
            and gap[1] - gap[0] <= sign.near
            and not reading.has_within(book().between, *gap)
        ):
            return min(span[0], low), max(span[1], high)
    return None


def _excused(reading: Reading, sign: Sign, span: Span) -> bool:
    """Return whether the words around a sign take the danger out of it."""
    start, end = reading.sentence(span[0])
    around = max(start, span[0] - _CLOSE), min(end, span[1] + _CLOSE)
    if reading.has_within(sign.unless, *around):
        return True
    tail = reading.text[span[1] - 1 : min(end, span[1] + _TAIL)]  # with the sign's last letter
    lead = reading.text[max(start, span[0] - _LEAD) : span[0]]
    return any(
        _GUARDS[name](reading, span[0], lead, tail) for name in _GUARDS if name not in sign.despite
    )


def _follows(name: str, tail: str) -> bool:
    return bool(book().guards[name].match(tail, 1))


def _imagined(tail: str) -> bool:
    stated = book().guards["stated"].search(tail)
    return bool(book().guards["imagined"].search(tail[: stated.start()] if stated else tail))


def _not_now(reading: Reading, name: str, at: int) -> bool:
    return reading.says(name, at) and not reading.says("now", at)


_GUARDS: dict[str, Callable[[Reading, int, str, str], bool]] = {
    "past": lambda reading, at, lead, tail: _not_now(reading, "past", at),
    "story": lambda reading, at, lead, tail: _not_now(reading, "story", at),
    "denied": lambda reading, at, lead, tail: _follows("denied", tail),
    "measure": lambda reading, at, lead, tail: _follows("measure", tail),
    "topic": lambda reading, at, lead, tail: _follows("topic", tail),
    "imagined": lambda reading, at, lead, tail: _imagined(tail),
    "before": lambda reading, at, lead, tail: bool(book().guards["before"].search(lead)),
}
