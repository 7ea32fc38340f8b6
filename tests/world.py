"""The world of a conversation test: the whole corridor in one process, and its cast.

Real signature, webhook over HTTP, inbox, router, database, outbox, LINE API over HTTP and the
simulator's phones; only the threads are missing, so that a test decides when work is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import app
from bot import demo_school
from bot.delivery import Delivery
from bot.demo_people import introduce, line_id
from bot.line import Line
from bot.line import Outcome as Answer
from bot.pace import Pace
from bot.parts import Parts, Ticker, build_engine, build_web
from bot.router import Router
from bot.settings import read_demo
from bot.simulator import Outcome, Phones, Rooms, Simulator
from models import heartbeat, school
from models.database import Database
from tests import patience
from tests.actor import Actor, actions, words
from tests.servers import WebServer

__all__ = ["SETTINGS", "START", "Actor", "Clock", "World", "actions", "words"]

SETTINGS = read_demo({})
# Checked once a process: it never changes, and takes a third of a second.
ROUTES = cache(app.router)
START = datetime(2026, 11, 23, 9, 0, tzinfo=SETTINGS.zone)  # Monday of week 11


class Patient(Line):
    """LINE, waited for as long as a busy machine may need."""

    def _call(self, *request: Any, **_: Any) -> Answer:
        return super()._call(*request, timeout=(patience.SECONDS, patience.SECONDS))


class Clock:
    """The test's clock; going somewhere lets all that is due on the way happen."""

    def __init__(self, world: World, at: datetime) -> None:
        self._world, self.at = world, at

    def now(self) -> datetime:
        """Return the present."""
        return self.at

    def next(self) -> datetime | None:
        """Return when the next thing is due."""
        return self._world.ticker.next_due(self.at)

    def go(self, to: datetime) -> None:
        """Go to an instant, stopping at each due one on the way."""
        while (due := self.next()) is not None and due <= to:
            self.at = due
            self._world.ticker.plan(self.at)
            self._world.settle()
        self.at = max(self.at, to)
        self._world.ticker.plan(self.at)
        self._world.settle()

    def passes(self, **span: float) -> None:
        """Let time pass: `clock.passes(hours=2)`."""
        self.go(self.at + timedelta(**span))

    def goes_to(self, local: str) -> None:
        """Go to a local time such as 2026-11-25 17:00."""
        self.go(datetime.fromisoformat(local).replace(tzinfo=SETTINGS.zone))

    def leaps_to(self, local: str) -> None:
        """Be at a local time at once: nothing of what was due on the way has happened."""
        self.at = datetime.fromisoformat(local).replace(tzinfo=SETTINGS.zone)


class World:
    """Everything at once, on one database."""

    def __init__(
        self,
        database: Database,
        web_server: WebServer,
        at: datetime = START,
        routes: Callable[[], Router] = ROUTES,
    ) -> None:
        self.clock = Clock(self, at)
        self.real_seconds = at.timestamp()
        self._web_server, self._routes = web_server, routes
        self.sim = web_server.sim = self._simulator(web_server)
        self.sim.webhooks.patience = patience.SECONDS
        self.line_url = web_server.line_url
        self.line = Patient(SETTINGS.access_token, self.line_url)
        self.runs_on(database)
        with database.write() as db:
            bot = self.sim.bot
            heartbeat.set_channel(db, {"userId": bot.user_id, "basicId": bot.basic_id})
        introduce(self.sim)
        self.phones, self.rooms = Phones(self.sim), Rooms(Phones(self.sim))

    @staticmethod
    def _ticker_on(database: Database, clock: Callable[[], datetime]) -> Ticker:
        return app.ticker(SETTINGS, database, clock)

    def _simulator(self, web_server: WebServer) -> Simulator:
        return Simulator(
            channel_secret=SETTINGS.channel_secret,
            clock=self.clock,
            seed=1,
            access_token=SETTINGS.access_token,
            webhook_url=web_server.url,
        )

    def runs_on(self, database: Database, **settings: Any) -> None:
        """Start our processes on a database; LINE and its phones go on as they are."""
        ours = replace(
            SETTINGS, public_url=self._web_server.url.removesuffix("/callback"), **settings
        )
        now = self.clock.now
        self.database = database
        self.parts = Parts(ours, database, now, now, self._routes, self._ticker_on)
        self.ticker = self._ticker_on(database, now)
        self.web = self._web_server.app = build_web(self.parts)
        self.engine = build_engine(self.parts, self.line)
        self.delivery = self.sender()

    def sender(self, pace: Pace | None = None) -> Delivery:
        """Return a delivery, as another process would have one."""
        return Delivery(
            self.database,
            self.line,
            self.clock.now,
            pace or Pace(base=0.0),
            real_now=lambda: self.real_seconds,
        )

    def settle(self) -> None:
        """Let the corridor do all that can be done now."""
        while self.engine.step() or self.delivery.step():
            pass

    def comes_again(self, outcome: Outcome) -> None:
        """Let LINE bring an event again, and work on it as on any other."""
        again = self.sim.redeliver(outcome.event_id).result(patience.SECONDS)
        assert again.ok, again
        self.settle()

    def restarts_after_lease(self) -> None:
        """Let the leases of a crashed sender run out."""
        self.real_seconds += 60

    def person(self, name: str) -> Actor:
        """Return the actor who plays a person of the demo school, by name."""
        return Actor(self, line_id("U", name))

    def group(self, class_code: str) -> str:
        """Return the LINE id of a class's group."""
        return line_id("C", class_code)

    def close(self) -> None:
        """Stop the simulator."""
        self.sim.close()


def template(database: Database) -> None:
    """Fill an empty migrated database with the demo school as of the tests' first day."""
    with database.write() as db:
        demo_school.enter(db, START, SETTINGS.zone)


def class_code(world: World, actor: Actor) -> str:
    """Return the code of the class an actor is in."""
    with world.database.read() as db:
        found = school.class_of(db, actor.record())
    assert found is not None
    return found.code
