"""How long from a webhook to its reply leaving, when idle: `python -m tests.bench.latency`.

Measured at LINE's end, in the simulator: from the moment it posts the webhook to the moment the
whole reply has arrived there. One process and several, SQLite and PostgreSQL; and the time it
takes to import what a web process needs.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import structlog

import app
from bot.demo_people import introduce, line_id
from bot.line import Line
from bot.parts import Parts, build_web
from bot.running import RunningWorker
from bot.simulator import Simulator, serve
from models import allowance, crypto, schema
from models.database import Database
from tests import databases, postgres
from tests.processes import COMMAND, GUNICORN, ROOT, environment, free_port, running
from tests.servers import WebServer
from tests.world import SETTINGS, template

TIMES = int(sys.argv[1]) if len(sys.argv) > 1 else 200
SAID = "今週"


class Stopwatch:
    """Notes when each reply has arrived at the simulator."""

    def __init__(self, sim: Simulator) -> None:
        self._arrived, self._token = threading.Event(), ""
        self._write = sim.ledger.write
        sim.ledger.write = self._note  # type: ignore[method-assign]

    def _note(self, **facts: Any) -> Any:
        entry = self._write(**facts)
        if facts["reply_token"] == self._token:
            self._arrived.set()
        return entry

    def time(self, sim: Simulator, number: int) -> float:
        """Say something and return the milliseconds until the reply arrived."""
        event, self._token = said(number), f"token-{number}"
        self._arrived.clear()
        sim.remember(event)
        start = time.perf_counter()
        assert sim.webhooks.post_now(body(event)).ok
        assert self._arrived.wait(5), "no reply"
        return (time.perf_counter() - start) * 1000


def said(number: int) -> dict[str, Any]:
    """Return a text of a member's."""
    return {
        **{"type": "message", "mode": "active", "replyToken": f"token-{number}"},
        **{"webhookEventId": f"bench-{number}", "timestamp": int(time.time() * 1000)},
        "source": {"type": "user", "userId": line_id("U", "相川 愛子")},
        "message": {"type": "text", "id": f"m{number}", "text": SAID},
    }


def parts_on(url: str) -> Parts:
    """Put Tasuki together on a database, with the present as its clock."""
    chosen = replace(SETTINGS, database_url=url, is_demo=False)
    ticker = partial(app.ticker, chosen)
    return Parts(chosen, Database(url), app.real_clock, app.real_clock, app.router, ticker)


@contextmanager
def one_process(url: str, line: str) -> Iterator[str]:
    """Serve web and worker in this process, as the demo does."""
    parts, web = parts_on(url), WebServer()
    web.app = build_web(parts)
    ticker = parts.ticker(parts.database, parts.clock)
    worker = RunningWorker(parts, ticker, Line(SETTINGS.access_token, line))
    yield web.url
    worker.stop()
    web.close()


@contextmanager
def processes(url: str, line: str) -> Iterator[str]:
    """Serve with gunicorn's two processes and one worker process."""
    port = free_port()
    env = environment(
        **{"DATABASE_URL": url, "PORT": str(port), "LINE_API_BASE": line},
        **{"LINE_CHANNEL_SECRET": SETTINGS.channel_secret, "TASUKI_LOG_LEVEL": "error"},
        LINE_CHANNEL_ACCESS_TOKEN=SETTINGS.access_token,
        TASUKI_DATA_KEY=base64.b64encode(SETTINGS.data_key).decode(),
    )
    with running(*GUNICORN, env=env), running(*COMMAND, "worker", env=env):
        yield f"http://127.0.0.1:{port}/callback"


def body(event: dict[str, Any]) -> bytes:
    """Write one event as a webhook's body."""
    return json.dumps({"destination": "U", "events": [event]}).encode()


def measure(name: str, serving: Any, url: str) -> None:
    """Print median and 99th percentile of so many replies, one at a time."""
    sim = Simulator(channel_secret=SETTINGS.channel_secret, access_token=SETTINGS.access_token)
    introduce(sim)
    server, watch = serve(sim), Stopwatch(sim)
    with serving(url, server.url) as address:
        sim.webhooks.url = address
        while not sim.webhooks.try_out({"events": []}).ok:
            time.sleep(0.1)
        taken = []
        for number in range(TIMES + 10):
            time.sleep(random.uniform(0.05, 0.15))
            taken.append(watch.time(sim, number))
    server.close()
    taken = sorted(taken[10:])  # the first few warm caches
    ninety_nine = taken[int(len(taken) * 0.99) - 1]
    print(f"| {name} | {statistics.median(taken):.0f} ms | {ninety_nine:.0f} ms |", flush=True)


def fill(url: str) -> str:
    """Migrate a database and enter the demo school."""
    database = Database(url)
    schema.migrate(database)
    template(database)
    database.close()
    return url


def import_time(module: str) -> float:
    """Return the seconds of processor a fresh process needs to import a module: best of three."""
    code = f"import time; import {module}; print(time.process_time())"
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, cwd=ROOT, capture_output=True, check=True) for _ in range(3)]
    return min(float(run.stdout) for run in runs)


def main() -> None:
    """Measure everything and print a table."""
    crypto.use(crypto.Keyring(SETTINGS.data_key))
    allowance.BURST = 10**6  # one person says it all here
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print(f"| webhook to reply, idle, {TIMES} times | median | 99 % |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        for name, serving in (("one process", one_process), ("several processes", processes)):
            url = fill(f"sqlite:///{folder}/{name.split()[0]}.db")
            measure(f"{name}, SQLite", serving, url)
            with databases.psycopg.connect(libpq(server.url), autocommit=True) as admin:
                admin.execute(f'CREATE DATABASE "bench_{name.split()[0]}"')
            url = fill(databases.sibling(server.url, f"bench_{name.split()[0]}"))
            measure(f"{name}, PostgreSQL", serving, url)
    print(
        f"\nstart of Python and import of a web process, processor time: {import_time('app'):.2f} s"
    )


def libpq(url: str) -> str:
    """Return a SQLAlchemy address as PostgreSQL's own tools write it."""
    return postgres.libpq_url(databases.make_url(url))


if __name__ == "__main__":
    main()
