"""What a text resembles: the nearest of many example sentences, by the signs they share.

Characters rather than words: Japanese has no spaces, and typing errors leave most of them alone.
Nearest neighbours by the cosine of tf-idf weights (Salton 1988); nothing is learnt at run time.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

from models.content_examples import load_examples
from models.rules.reading import word_key

LONGEST_GRAM = 4
NEIGHBOURS = 7
LONGEST = 120  # characters: longer texts are stories
_DIGITS = re.compile(r"[0-9]+(?:[.:,][0-9]+)*")
_LATIN = re.compile(r"[a-z']+")


@dataclass(frozen=True)
class Likeness:
    """A command some examples of which are near: how near, and how much of all speaks for it."""

    command: str
    nearness: float  # cosine with the nearest example, 0-1
    share: float  # of the neighbours' votes, 0-1


class Resemblance:
    """Finds the examples nearest to a text."""

    def __init__(self, examples: Iterable[tuple[str, str]]) -> None:
        known = [(Counter(_grams(text)), command) for text, command in examples]
        spread = Counter(gram for grams, _ in known for gram in grams)
        self._weight = {gram: log(len(known) / (1 + n)) + 0.5 for gram, n in spread.items()}
        self._unknown = max(self._weight.values(), default=1.0)
        self._commands = [command for _, command in known]
        self._where: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (grams, _) in enumerate(known):
            for gram, value in self._vector(grams).items():
                self._where[gram].append((number, value))

    def of(self, text: str) -> list[Likeness]:
        """Return the commands whose examples are nearest, the likeliest first."""
        if not 0 < len(text) <= LONGEST:
            return []
        near = sorted(self._nearness(text).items(), key=lambda pair: -pair[1])[:NEIGHBOURS]
        votes: dict[str, float] = defaultdict(float)
        best: dict[str, float] = {}
        for number, cosine in near:
            command = self._commands[number]
            votes[command] += cosine**3
            best.setdefault(command, cosine)
        total = sum(votes.values()) or 1.0
        ranked = sorted(votes, key=lambda command: -votes[command])
        return [Likeness(command, best[command], votes[command] / total) for command in ranked]

    def _nearness(self, text: str) -> dict[int, float]:
        near: dict[int, float] = defaultdict(float)
        for gram, mine in self._vector(Counter(_grams(text))).items():
            for number, theirs in self._where.get(gram, ()):
                near[number] += mine * theirs
        return near

    def _vector(self, grams: Counter[str]) -> dict[str, float]:
        rough = {g: (1 + log(n)) * self._weight.get(g, self._unknown) for g, n in grams.items()}
        length = sqrt(sum(value**2 for value in rough.values())) or 1.0
        return {gram: value / length for gram, value in rough.items()}


@cache
def learnt(words: tuple[tuple[str, str], ...]) -> Resemblance:
    """Return what waking words and the examples in models/content teach; once a process."""
    return Resemblance([*words, *load_examples()])


def _grams(text: str) -> Iterator[str]:
    """Yield every run of one to four characters, and whole Latin words for good measure."""
    plain = _DIGITS.sub("0", word_key(text))
    yield from (f"{word} " for word in _LATIN.findall(plain))
    framed = f"^{plain}$"
    for size in range(1, LONGEST_GRAM + 1):
        yield from (framed[i : i + size] for i in range(len(framed) - size + 1))
