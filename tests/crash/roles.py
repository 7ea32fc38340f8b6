"""What the children of a siege are: workers, and gunicorn as it is deployed; both in a hurry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import linebot.v3.messaging  # noqa: F401 - warm
from gunicorn.app.base import BaseApplication

import app
import bot.worker
import scheduler.housekeeping
import scheduler.metronome  # noqa: F401 - warm
from bot.delivery import Delivery
from bot.line import Line, Outcome
from bot.pace import Pace
from bot.parts import Parts, build_engine, build_web
from bot.router import Router
from bot.running import RunningWorker, run_until_told
from bot.settings import read_demo
from bot.turn import Occurrence
from models import crypto
from models.database import Database
from tests import probe
from tests.crash import points
from tests.crash.tally import BURST, addressed, bursts

Order = dict[str, Any]
LEASE = 1.5  # seconds; as in the product longer than both timeouts together
IMPATIENT = Pace(base=0.05, longest=0.5, pause=0.3, lease=timedelta(seconds=LEASE))


class Hasty(Line):
    """LINE, waited for half a second only."""

    def _call(self, method: str, path: str, body: Any, headers: Any = None, **_: Any) -> Outcome:
        return super()._call(method, path, body, headers, timeout=(0.5, 0.5))


@cache
def warm_router(folder: str) -> Router:
    """Read every word and phrase once, in the parent: it takes seconds."""
    return probe.router_in(Path(folder))


def parts(order: Order) -> Parts:
    """Put Tasuki together with the probe's feature and calendar, on the order's database."""
    chosen = replace(read_demo({"DATABASE_URL": order["database"]}), is_demo=False)
    crypto.use(crypto.Keyring(chosen.data_key))
    app.calendars = lambda: [partial(calendar, order)]
    database = Database(chosen.database_url)
    routes = partial(warm_router, order["folder"])
    return Parts(
        chosen, database, app.real_clock, app.real_clock, routes, partial(app.ticker, chosen)
    )


def calendar(order: Order, _db: object, _window: object, _zone: object) -> Iterable[Occurrence]:
    """Yield every notice of the siege; the planner takes those that are due."""
    for burst, due in enumerate(bursts(Path(order["folder"]))):
        for number in range(burst * BURST, (burst + 1) * BURST):
            at, people = datetime.fromisoformat(due), addressed(order["people"], number)
            until = at + timedelta(hours=12)
            yield Occurrence("probe.due", number, 0, at, until, people=people)


def practised(order: Order) -> Parts:
    """Do everything once in the parent: what it learns (words, mappers, SQL) each life inherits."""
    made, line = parts(order), Line("", order["line"])
    build_engine(made, line).step()
    Delivery(made.database, line, made.clock).step()
    made.ticker(made.database, made.clock).plan(made.clock())
    made.database.close()
    return made


def worker(order: Order, made: Parts, point: str, life: int) -> None:
    """Be a worker process; with two senders, for idle ones would take the time of the dying."""
    bot.worker.SENDERS = 2
    points.arm(point, f"{order['seed']}:{life}", points.Kills(Path(order["folder"])))
    line = Hasty(made.settings.access_token, order["line"])
    run_until_told(RunningWorker(made, made.ticker(made.database, made.clock), line, IMPATIENT))


class Door(BaseApplication):
    """Gunicorn, as it is deployed, on the order's port."""

    def __init__(self, order: Order) -> None:
        self._order, self._kills = order, points.Kills(Path(order["folder"]))
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn.conf.py would."""
        chosen = {
            "bind": f"127.0.0.1:{self._order['port']}",
            "workers": self._order["webs"],
            "worker_class": "gthread",
            "threads": 4,
            "loglevel": "critical",
            "control_socket_disable": True,
            "post_fork": lambda _server, worker: self._arm(worker.age),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def _arm(self, life: int) -> None:
        point = points.deal("web", life, self._kills.counted())
        points.arm(point, f"{self._order['seed']}:web{life}", self._kills)

    def load(self) -> Any:
        """Build the web application in the worker."""
        return build_web(parts(self._order))


def web(order: Order) -> None:
    """Be gunicorn with its workers."""
    Door(order).run()
