"""What a siege plans and what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

BURST = 24  # notices due at one instant: more than the planner writes in one transaction

STRANGER = 35  # the place of somebody whom LINE does not know: refused in any company


def addressed(people: list[Any], number: int) -> tuple[Any, ...]:
    """Return whom a notice goes to: in turn the same four, one alone, and four others.

    So that some requests hold several notices for one, and some are one notice for many.
    """
    turn, kind = divmod(number, 3)
    if kind == 1:
        return (people[36 + turn % 4],)
    first = 0 if kind == 0 else 4 + 4 * (turn % 8)
    return tuple(people[first : first + 4])


def bursts(folder: Path) -> list[str]:
    """Return when the siege's bursts of notices are due, as far as they are ordered."""
    ordered = folder / "bursts"
    return ordered.read_text().splitlines() if ordered.exists() else []


@dataclass
class Plan:
    """What is done in one siege; the seed decides how many processes there are."""

    database: str
    folder: Path
    seed: int
    kills: int
    longest: float = 400.0  # seconds of killing at most
    everywhere: bool = True  # until every point was reached, however many kills that takes

    @property
    def workers(self) -> int:
        """How many worker processes: two to four."""
        return 2 + self.seed % 3

    @property
    def webs(self) -> int:
        """How many web processes: one or two."""
        return 1 + self.seed // 3 % 2


@dataclass
class Tally:
    """What came of it, message by message (a message is who hears it and its number)."""

    plan: Plan
    kills: Counter[str] = field(default_factory=Counter)
    planned: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    pending: Counter[str] = field(default_factory=Counter)  # the product still works on it
    refused: Counter[str] = field(default_factory=Counter)  # LINE's last word was a plain no
    unknowable: Counter[str] = field(default_factory=Counter)  # a reply in doubt, its token gone
    requests: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    bodies_a_key: int = 1
    next_one: list[float] = field(default_factory=list)  # seconds from a kill to an acceptance
    held: list[float] = field(default_factory=list)  # … to LINE's answer on what the dead held
    seconds: float = 0.0

    @property
    def lost(self) -> list[str]:
        """What was planned and neither accepted nor accounted for."""
        known = self.accepted + self.pending + self.refused + self.unknowable
        return sorted((self.planned - known).elements())

    @property
    def doubled(self) -> list[str]:
        """What was accepted more often than planned."""
        return sorted((self.accepted - self.planned).elements())

    @property
    def is_kept(self) -> bool:
        """Whether every promise was kept."""
        right = self.states["accepted"] + self.states["dead"] == self.states.total()
        dead = self.states["dead"] == self.refused.total()
        clean = not (self.lost or self.doubled or self.pending)
        return clean and right and dead and self.bodies_a_key == 1

    def __str__(self) -> str:
        plan = self.plan
        kind = plan.database.split(":", 1)[0].split("+")[0]
        who = f"seed={plan.seed} {kind} workers={plan.workers} webs={plan.webs}"
        kills = f"kills={self.kills.total()} at {len(self.kills)} points"
        counts = f"planned={self.planned.total()} accepted={self.accepted.total()}"
        bad = f"lost={len(self.lost)} doubled={len(self.doubled)} pending={self.pending.total()}"
        odd = f"refused={self.refused.total()} unknowable={self.unknowable.total()}"
        spoilt = f"spoilt={self.faults.total()} of {self.requests.total()} answers"
        again = f"next {shown(self.next_one)} held {shown(self.held)}"
        return f"{who} {kills} {counts} {bad} {odd} {spoilt} {again} seconds={self.seconds:.0f}"


def shown(seconds: list[float]) -> str:
    """Write median and worst."""
    return f"{median(seconds):.2f}/{max(seconds):.1f} s" if seconds else "-"
