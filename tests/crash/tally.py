"""What a siege plans and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


def addressed(people: list[Any], number: int) -> tuple[Any, ...]:
    """Return whom a notice goes to: four in turn, so that some come alone and some together."""
    return tuple(people[(4 * number + place) % len(people)] for place in range(4))


@dataclass
class Plan:
    """What is done in one siege."""

    database: str
    folder: Path
    seed: int
    kills: int
    workers: int = 3
    occurrences: int = 40
    every: float = 0.35  # seconds between two occurrences
    longest: float = 30.0  # seconds of killing at most


@dataclass
class Tally:
    """What came of it."""

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    planned: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    bodies_a_key: int = 1
    unfinished: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def lost(self) -> list[str]:
        """What was planned and never accepted."""
        return sorted((self.planned - self.accepted).elements())

    @property
    def doubled(self) -> list[str]:
        """What was accepted more often than planned."""
        return sorted((self.accepted - self.planned).elements())

    def __str__(self) -> str:
        counts = f"planned={self.planned.total()} accepted={self.accepted.total()}"
        missing = f"lost={len(self.lost)} doubled={len(self.doubled)}"
        ways = " ".join(f"{way}={count}" for way, count in sorted(self.requests.items()))
        kills = f"kills={self.kills.total()} at {len(self.kills)} points"
        return f"seed={self.seed} {kills} {counts} {missing} {ways} seconds={self.seconds:.0f}"
