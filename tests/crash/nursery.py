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
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import gunicorn.workers.gthread
import linebot.v3.messaging  # noqa: F401 - warm
from gunicorn.app.base import BaseApplication

import app
from bot.delivery import Pace
from bot.line import Line
from bot.parts import Parts, build_web
from bot.running import RunningWorker, run_until_told
from bot.settings import read_demo
from bot.turn import Occurrence
from models import crypto
from models.database import Database
from tests import probe
from tests.crash import points
from tests.crash.tally import addressed

Order = dict[str, Any]
IMPATIENT = Pace(base=0.05, longest=0.5, pause=0.5, lease=timedelta(seconds=1.5))
WEB_PROCESSES = 2
DEATH_OF_PARENT = 1  # prctl's PR_SET_PDEATHSIG


def parts(order: Order) -> Parts:
    """Put Tasuki together with the probe's feature and calendar, on the order's database."""
    environment = {"DATABASE_URL": order["database"]}
    chosen = replace(read_demo(environment), is_demo=False)
    crypto.use(crypto.Keyring(chosen.data_key))
    app.calendars = lambda: [partial(calendar, order)]
    database = Database(chosen.database_url)
    routes = partial(probe.router_in, Path(order["folder"]))
    ticker = partial(app.ticker, chosen)
    return Parts(chosen, database, app.real_clock, app.real_clock, routes, ticker)


def calendar(order: Order, _db: object, _window: object, _zone: object) -> Iterable[Occurrence]:
    """Yield every notice of the siege; the planner takes those that are due."""
    start = datetime.fromisoformat(order["start"])
    for number in range(order["occurrences"]):
        due = start + timedelta(seconds=number * order["every"])
        until = due + timedelta(hours=12)
        yield Occurrence(
            "probe.due", number, 0, due, until, people=addressed(order["people"], number)
        )


def worker(order: Order, life: int) -> None:
    """Be a worker process."""
    points.arm("worker", life, order["seed"], Path(order["folder"]))
    made = parts(order)
    line = Line(made.settings.access_token, order["line"])
    ticker = made.ticker(made.database, made.clock)
    run_until_told(RunningWorker(made, ticker, line, IMPATIENT))


class Door(BaseApplication):
    """Gunicorn, as it is deployed, on the order's port."""

    def __init__(self, order: Order) -> None:
        self._order = order
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn.conf.py would."""
        chosen = {
            "bind": f"127.0.0.1:{self._order['port']}",
            "workers": WEB_PROCESSES,
            "worker_class": "gthread",
            "threads": 4,
            "loglevel": "critical",
            "control_socket_disable": True,
            "post_fork": lambda _server, worker: self._arm(worker.age),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def _arm(self, life: int) -> None:
        points.arm("web", life, self._order["seed"], Path(self._order["folder"]))

    def load(self) -> Any:
        """Build the web application in the worker."""
        return build_web(parts(self._order))


def web(order: Order, _life: int) -> None:
    """Be gunicorn with its workers."""
    Door(order).run()


class Nursery:
    """Keeps one web server and some workers alive."""

    def __init__(self, order: Order) -> None:
        self._order, self._lives = order, 0
        self._alive: dict[int, Callable[[Order, int], None]] = {}

    def keep(self) -> None:
        """Replace the dead until standard input ends, then end everybody."""
        for role in (web, *[worker] * self._order["workers"]):
            self._bear(role)
        while not select.select([sys.stdin], [], [], 0.02)[0]:
            while (dead := os.waitpid(-1, os.WNOHANG)[0]) in self._alive:
                self._bear(self._alive.pop(dead))
        self._end()

    def _bear(self, role: Callable[[Order, int], None]) -> None:
        self._lives += 1
        if child := os.fork():
            self._alive[child] = role
            return
        ctypes.CDLL(None).prctl(DEATH_OF_PARENT, signal.SIGKILL)
        try:
            role(self._order, self._lives)
        except BaseException:
            traceback.print_exc()
        os._exit(0)

    def _end(self) -> None:
        for child in self._alive:
            os.kill(child, signal.SIGTERM)
        deadline = time.monotonic() + 5
        while self._alive and time.monotonic() < deadline:
            self._alive.pop(os.waitpid(-1, os.WNOHANG)[0], None)
            time.sleep(0.02)
        for child in self._alive:
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    assert gunicorn.workers.gthread
    told = json.loads(sys.stdin.readline())
    probe.router_in(Path(told["folder"]))  # writes the texts once, and is warm for all
    Nursery(told).keep()
