"""Where processes die: named functions, wrapped from outside; the product knows nothing of it."""

from __future__ import annotations

import functools
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from urllib3.connection import HTTPConnection

import bot.delivery
import bot.webhook
import models.inbox
import models.outbox
from bot.delivery import Delivery
from bot.engine import Engine
from models.claim import Claim
from scheduler.planner import Planner


def replies(claim: Claim) -> bool:
    """Say whether a claim goes out as a reply."""
    return bool(claim.row.reply_token)


def multicasts(claim: Claim) -> bool:
    """Say whether a claim goes to several people in one request."""
    return not replies(claim) and len(claim.people) > 1


def pushes(claim: Claim) -> bool:
    """Say whether a claim goes to one chat."""
    return not replies(claim) and len(claim.people) == 1


@dataclass(frozen=True)
class Point:
    """A place to die: before or after a call, or only after one that returned something.

    `visits` is how many calls a process lives through at most; `only`: which claims count.
    """

    owner: Any
    name: str
    when: str
    visits: int = 2
    only: Callable[[Claim], bool] | None = None


OTHERWISE = "at any moment"  # a life that did not come to its point is ended from outside
TOLD, FROZEN = "told to stop", "frozen past its lease"  # these are no kills
POINTS = {
    "web": {
        "event verified, not written": Point(models.inbox, "record", "before", 60),
        "event written, not committed": Point(models.inbox, "record", "after", 60),
        "event committed, not answered": Point(bot.webhook, "take_in", "after", 60),
    },
    "worker": {
        "occurrences written, not committed": Point(models.inbox, "record", "after", 1),
        "some occurrences committed, not all": Point(models.inbox, "record", "before", -2),
        "planned, not told": Point(Planner, "plan", "result", 1),
        "event taken, not handled": Point(Engine, "_handle", "before"),
        "answer written, event not finished": Point(models.outbox, "write", "after"),
        "event finished, not committed": Point(Engine, "_handle", "after"),
        "event handled and committed": Point(Engine, "step", "result"),
        "claimed, lease not committed": Point(bot.delivery, "claim", "result"),
        "reply leased, not sent": Point(Delivery, "_send", "before", 2, replies),
        "push leased, not sent": Point(Delivery, "_send", "before", 2, pushes),
        "multicast leased, not sent": Point(Delivery, "_send", "before", 2, multicasts),
        "request sent, answer not read": Point(HTTPConnection, "getresponse", "before", 4),
        "reply answered, not settled": Point(Delivery, "_send", "after", 2, replies),
        "push answered, not settled": Point(Delivery, "_send", "after", 2, pushes),
        "multicast answered, not settled": Point(Delivery, "_send", "after", 2, multicasts),
        "settled, not committed": Point(models.outbox, "settle", "after"),
        "postponed, not committed": Point(models.outbox, "postpone", "after"),
        "settled and committed": Point(Delivery, "_settle", "after"),
    },
}


def everywhere() -> set[str]:
    """Return the name of every point."""
    return {name for points in POINTS.values() for name in points}


def deal(role: str, life: int, reached: Counter[str]) -> str:
    """Choose where a life ends: where fewest have ended yet, so that luck does not matter.

    Of several such points those who are born one after the other take different ones.
    """
    names = list(POINTS[role])
    first = life % len(names)
    return min(names[first:] + names[:first], key=lambda name: reached[name])


class Kills:
    """The list of who died where and when, and holding what; kept by the dying."""

    def __init__(self, folder: Path) -> None:
        self._file, self._calm = folder / "kills", folder / "calm"

    @property
    def over(self) -> bool:
        """Whether calm was ordered: nobody is to die any more."""
        return self._calm.exists()

    def add(self, name: str, held: str = "") -> None:
        """Write down a death, before it."""
        with self._file.open("a") as file:
            file.write(f"{time.time():.3f}\t{name}\t{held}\n")

    def read(self) -> list[tuple[float, str, str]]:
        """Return time, place, and the retry key or reply token that was held."""
        lines = self._file.read_text().splitlines() if self._file.exists() else []
        return [(float(at), name, held) for at, name, held in (one.split("\t") for one in lines)]

    def counted(self) -> Counter[str]:
        """Return how many died at each point, were told to stop, or were frozen."""
        return Counter(name for _, name, _ in self.read())


def arm(name: str, seed: str, kills: Kills) -> None:
    """Let this process die at a point, after a few visits."""
    point = next(points[name] for points in POINTS.values() if name in points)
    most = point.visits
    visits = random.Random(seed).randint(1, most) if most > 0 else -most
    _wrap(point, Fuse(name, visits, kills).burn)


class Fuse:
    """Kills its own process at the nth visit, unless calm was ordered."""

    def __init__(self, name: str, visits: int, kills: Kills) -> None:
        self._name, self._left, self._kills = name, visits, kills
        self._one_at_a_time = threading.Lock()

    def burn(self, held: str) -> None:
        """Count a visit, and die if it was the last."""
        with self._one_at_a_time:
            self._left -= 1
            if self._left > 0 or self._kills.over:
                return
            self._kills.add(self._name, held)
            os.kill(os.getpid(), signal.SIGKILL)


def _wrap(point: Point, burn: Callable[[str], None]) -> None:
    real = getattr(point.owner, point.name)

    @functools.wraps(real)
    def wrapped(*args: Any, **named: Any) -> Any:
        claim = next((one for one in args if isinstance(one, Claim)), None)
        held = (claim.row.reply_token or claim.key) if claim else ""
        here = point.only is None or (claim is not None and point.only(claim))
        if here and point.when == "before":
            burn(held)
        result = real(*args, **named)
        if here and (point.when == "after" or (point.when == "result" and result)):
            burn(held)
        return result

    setattr(point.owner, point.name, wrapped)
