"""Where processes die: named functions, wrapped from outside; the product knows nothing of it."""

from __future__ import annotations

import functools
import os
import random
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bot.webhook
import models.inbox
import models.outbox
import scheduler.planner
from bot.delivery import Delivery
from bot.engine import Engine


@dataclass(frozen=True)
class Point:
    """A place to die: before or after a call, or only after one that returned something."""

    owner: Any
    name: str
    when: str


POINTS = {
    "web": {
        "event written, not committed": Point(models.inbox, "record", "after"),
        "event committed, not answered": Point(bot.webhook, "take_in", "after"),
    },
    "worker": {
        "row leased, not sent": Point(Delivery, "_send", "before"),
        "row accepted, not settled": Point(Delivery, "_send", "after"),
        "event taken, not handled": Point(Engine, "_handle", "before"),
        "event handled, not committed": Point(Engine, "_handle", "after"),
        "lease not committed": Point(models.outbox, "claim", "result"),
        "settling not committed": Point(models.outbox, "settle", "after"),
        "occurrences written, not committed": Point(models.inbox, "record", "after"),
        "some occurrences committed, not all": Point(models.inbox, "record", "before"),
        "row settled": Point(Delivery, "_settle", "after"),
        "event handled and committed": Point(Engine, "step", "result"),
        "planned, not told": Point(scheduler.planner.Planner, "plan", "result"),
    },
}
HITS = {"web": 12, "worker": 5}  # how many visits a life lasts at most
SELDOM = {"plan": 1, "record": 2}  # visited seldom: die early


def arm(role: str, life: int, seed: int, folder: Path) -> str:
    """Let this process die at one point of its role, after a few visits; return the point."""
    names = list(POINTS[role])
    name = names[(life + seed) % len(names)]
    point = POINTS[role][name]
    chance = random.Random(f"{seed}:{role}:{life}")
    most = SELDOM.get(point.name, HITS[role]) if role == "worker" else HITS[role]
    _wrap(point, Fuse(name, chance.randint(1, most), folder).burn)
    return name


class Fuse:
    """Kills its own process at the nth visit, unless calm was ordered."""

    def __init__(self, name: str, visits: int, folder: Path) -> None:
        self._name, self._left, self._folder = name, visits, folder
        self._one_at_a_time = threading.Lock()

    def burn(self) -> None:
        """Count a visit, and die if it was the last."""
        with self._one_at_a_time:
            self._left -= 1
            if self._left > 0 or (self._folder / "calm").exists():
                return
            with (self._folder / "kills").open("a") as log:
                log.write(self._name + "\n")
            os.kill(os.getpid(), signal.SIGKILL)


def _wrap(point: Point, burn: Callable[[], None]) -> None:
    real = getattr(point.owner, point.name)

    @functools.wraps(real)
    def wrapped(*args: Any, **named: Any) -> Any:
        if point.when == "before":
            burn()
        result = real(*args, **named)
        if point.when == "after" or (point.when == "result" and result):
            burn()
        return result

    setattr(point.owner, point.name, wrapped)


def everywhere() -> set[str]:
    """Return the name of every point."""
    return {name for points in POINTS.values() for name in points}
