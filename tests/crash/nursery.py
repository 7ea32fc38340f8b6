"""A warm parent: it has imported everything and forks web and worker processes again and again.

Run as `python -m tests.crash.nursery`; it reads one JSON order from its standard input and keeps
its children alive (each dies at a point of its own) until that input ends.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import gunicorn.workers.gthread  # noqa: F401 - warm

import tests.mutants  # noqa: F401 - puts on the mutant that is named, if one is
from tests.crash import points
from tests.crash.roles import LEASE, Order, practised, web, worker

PATIENCE = 20  # seconds for a life to come to its point
DEATH_OF_PARENT = 1  # prctl's PR_SET_PDEATHSIG
ENDS = [signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL]  # of every fourth life, in turn


@dataclass
class Life:
    """A child; `fate` strikes it from outside at `until`, if it still lives then."""

    fate: signal.Signals | None = None
    until: float = 0.0


class Nursery:
    """Keeps one web server and some workers alive."""

    def __init__(self, order: Order) -> None:
        self._order, self._lives = order, 0
        self._kills = points.Kills(Path(order["folder"]))
        self._chance = Random(order["seed"])
        self._alive: dict[int, Life] = {}
        self._made = practised(order)

    def keep(self) -> None:
        """Replace the dead until standard input ends, then end everybody."""
        self._fork(lambda: web(self._order), Life())
        while not select.select([sys.stdin], [], [], 0.02)[0]:
            while len(self._alive) <= self._order["workers"]:
                self._bear()
            while dead := os.waitpid(-1, os.WNOHANG)[0]:
                self._alive.pop(dead, None)
            for child, life in list(self._alive.items()):
                self._strike(child, life)
        self._end()

    def _bear(self) -> None:
        """Fork a worker; a few of them end early and otherwise than at their point."""
        self._lives += 1
        number, now = self._lives, time.monotonic()
        point = points.deal("worker", number, self._kills.counted())
        life = Life(signal.SIGKILL, now + PATIENCE)
        if number % 4 == 0:
            life = Life(ENDS[number // 4 % len(ENDS)], now + self._chance.uniform(1, 3))
        self._fork(lambda: worker(self._order, self._made, point, number), life)

    def _fork(self, role: Callable[[], None], life: Life) -> None:
        if child := os.fork():
            self._alive[child] = life
            return
        ctypes.CDLL(None).prctl(DEATH_OF_PARENT, signal.SIGKILL)
        try:
            role()
        except BaseException:
            traceback.print_exc()
        os._exit(0)

    def _strike(self, child: int, life: Life) -> None:
        """Kill, stop or freeze a child whose time has come; a frozen one outlives its leases."""
        if life.fate is None or (time.monotonic() < life.until and not self._kills.over):
            return
        if life.fate is signal.SIGCONT:
            os.kill(child, signal.SIGCONT)
            life.fate, life.until = signal.SIGKILL, time.monotonic() + 1
        elif not self._kills.over:
            names = {signal.SIGTERM: points.TOLD, signal.SIGSTOP: points.FROZEN}
            self._kills.add(names.get(life.fate, points.OTHERWISE))
            os.kill(child, life.fate)
            life.until = time.monotonic() + LEASE * 2
            life.fate = signal.SIGCONT if life.fate is signal.SIGSTOP else None

    def _end(self) -> None:
        for child in self._alive:
            os.kill(child, signal.SIGCONT)
            os.kill(child, signal.SIGTERM)
        deadline = time.monotonic() + 5
        while self._alive and time.monotonic() < deadline:
            self._alive.pop(os.waitpid(-1, os.WNOHANG)[0], None)
            time.sleep(0.02)
        for child in self._alive:
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    told = json.loads(sys.stdin.readline())
    Nursery(told).keep()
