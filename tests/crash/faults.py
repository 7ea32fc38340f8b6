"""How LINE fails in a siege: half of its answers are spoilt, in every way it has."""

from __future__ import annotations

from random import Random
from typing import Any

from bot.simulator import Simulator

SHARE = 0.5  # of all answers
SLOW = 0.8  # seconds: longer than the siege's senders wait
RATES = ["The API rate limit has been exceeded. Try again later.", "Too many concurrent requests."]
ANY_WAY: list[dict[str, Any]] = [
    {"status": 500, "when": "before"},
    {"status": 500, "when": "after"},
    {"mode": "reset", "when": "before"},
    {"mode": "torn"},  # reset amid the answer
    {"mode": "reset", "when": "after"},
    {"mode": "lost"},
    {"delay": SLOW, "when": "before"},
    {"delay": SLOW, "when": "after"},
    {"mode": "html", "status": 503, "when": "before"},
    {"mode": "html", "status": 503, "when": "after"},
    {"mode": "truncated"},
    *({"status": 429, "when": "before", "body": {"message": said}} for said in RATES),
]
WAYS = ("reply", "push", "multicast")  # a 409 comes by itself, whenever an answer was lost


def spoil(sim: Simulator, chance: Random) -> None:
    """Order the faults: each way as likely as the others, together on half of the answers.

    Orders are asked one after the other, so each one's share is of what those before it left.
    """
    share = SHARE / len(ANY_WAY)
    for path in WAYS:
        for place, wish in enumerate(ANY_WAY):
            left = 1 - share * place
            seed = chance.random()
            sim.faults.add(path=path, probability=share / left, seed=seed, **wish)


def spend_month(sim: Simulator, spent: bool) -> None:
    """Let the month's messages be spent, or raise the plan again."""
    sim.quota.limit = 0 if spent else None


def refuse_token(sim: Simulator, refused: str, right: str, *, mended: bool) -> None:
    """Let LINE refuse our token (401), or take it again."""
    sim.access_token = right if mended else refused
