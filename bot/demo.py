"""The demo: web, worker and simulator in one process, with a school and a time machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from bot import demo_school
from bot.delivery import Pace
from bot.demo_school import DemoRefused
from bot.line import Line
from bot.parts import Parts, build_web
from bot.running import RunningWorker
from bot.simulator import Simulator, create_app, serve
from bot.simulator.server import Handler
from models import heartbeat, inbox, outbox
from models.database import Database

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

OURS = ("/callback", "/livez", "/healthz", "/metrics")
__all__ = ["Demo", "DemoRefused", "TimeMachine", "drain"]
STEP_LIMIT = 400  # due instants one jump walks through at most
DRAIN_LIMIT = 20.0  # seconds the corridor may take to say what is due at one instant
SETTLED = 0.02


class TimeMachine:
    """Moves the demo's clock, stopping at every due instant until the corridor is empty."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._ticker = parts.ticker(parts.database, parts.clock)
        self._one_at_a_time = threading.Lock()

    def now(self) -> datetime:
        """Return the demo's present."""
        return self._parts.clock()

    def next(self) -> datetime | None:
        """Return when the next thing is due."""
        return self._ticker.next_due(self.now())

    def go(self, to: datetime) -> None:
        """Move forward to `to`, letting everything due on the way happen in its order."""
        with self._one_at_a_time:
            for _ in range(STEP_LIMIT):
                due = self.next()
                if due is None or due > to:
                    break
                self._set(due)
                self._ticker.plan(self.now())
                drain(self._parts.database, self.now)
            self._set(to)
            drain(self._parts.database, self.now)

    def _set(self, to: datetime) -> None:
        if (offset := to - self._parts.real_clock()) > self._offset():
            with self._parts.database.write() as db:
                heartbeat.set_demo_offset(db, offset)

    def _offset(self) -> timedelta:
        with self._parts.database.read() as db:
            return heartbeat.demo_offset(db)


def drain(database: Database, now: object) -> bool:
    """Wait until inbox and outbox hold nothing that is due; False when that took too long."""
    clock = now if callable(now) else lambda: now
    deadline = time.monotonic() + DRAIN_LIMIT
    while time.monotonic() < deadline:
        with database.read() as db:
            instant = clock()
            waiting = inbox.next_waiting(db, instant, lock=False)
            if waiting is None and not outbox.due_count(db, instant):
                return True
        time.sleep(SETTLED)
    return False


class Demo:
    """Everything in one process; `url` is the page of phones."""

    def __init__(self, parts: Parts) -> None:
        settings = parts.settings
        demo_school.start_anew(parts.database)
        machine = TimeMachine(parts)
        self.sim = Simulator(
            channel_secret=settings.channel_secret,
            access_token=settings.access_token,
            webhook_url=f"http://127.0.0.1:{settings.port}/callback",
            clock=machine,
        )
        demo_school.populate(parts, self.sim)
        self._sim_server = serve(self.sim, "127.0.0.1", settings.sim_port)
        self._web_server = _serve(settings.port, build_web(parts), create_app(self.sim))
        line = Line(settings.access_token, self._sim_server.url)
        ticker = parts.ticker(parts.database, parts.clock)
        self.worker = RunningWorker(parts, ticker, line, Pace(base=0.2))
        self.url = f"http://127.0.0.1:{self._web_server.server_port}"

    def close(self) -> None:
        """Stop everything."""
        self._web_server.shutdown()
        self.worker.stop()
        self._sim_server.close()


def _serve(port: int, web: Flask, page: Flask) -> BaseWSGIServer:
    """Serve our own addresses from `web` and all others, the page of phones, from `page`."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        chosen = web if environ["PATH_INFO"] in OURS else page
        return chosen(environ, start_response)

    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server
