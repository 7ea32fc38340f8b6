"""Slips of the finger: one sign too many, too few, wrong, or two in the wrong order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

LEAST = 4  # signs: shorter words are too near to each other
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょ", "あいうえおつやゆよ")
_VOICED = str.maketrans(
    "がぎぐげござじずぜぞだぢづでどばびぶべぼ", "かきくけこさしすせそたちつてとはひふへほ"
)


def slips_allowed(word: str) -> int:
    """Return how many slips a word of this length may hold and still be known."""
    return 0 if len(word) < LEAST else 1 if len(word) < 2 * LEAST else 2


def is_near(typed: str, word: str) -> bool:
    """Whether `typed` is the word with a slip or two, or sounds like it."""
    if _sound(typed) == _sound(word) and len(word) >= LEAST:
        return True
    allowed = slips_allowed(word)
    if abs(len(typed) - len(word)) > allowed:
        return False
    return 0 < distance(typed, word) <= allowed


def nearest(typed: str, words: Iterable[str]) -> str | None:
    """Return the one word that `typed` is a slip of; None for a word as it is, or none, or two."""
    known = frozenset(words)
    return None if typed in known or len(typed) < LEAST else _nearest(typed, known)


@lru_cache(maxsize=1024)
def _nearest(typed: str, words: frozenset[str]) -> str | None:
    near = sorted((distance(typed, w), sorted(w) != sorted(typed), w)
                  for w in words if is_near(typed, w))  # fmt: skip
    if not near or (len(near) > 1 and near[0][:2] == near[1][:2]):
        return None
    return near[0][2]


def distance(one: str, other: str) -> int:
    """Return how many slips part two words; letters that changed places are one slip."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, mark in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != mark))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == mark:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _sound(word: str) -> str:
    return re.sub("[ー~〜]", "", word).translate(_SMALL).translate(_VOICED)
