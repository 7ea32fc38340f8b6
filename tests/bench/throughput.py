"""How many answers a second when many write at once: `python -m tests.bench.throughput [texts]`.

So many texts of members are in the inbox when one worker starts; the clock runs until LINE has
accepted the last answer. Both databases in one run, so that their ratio means something.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from pathlib import Path

import structlog

from app import real_clock
from bot.demo_people import introduce, people
from bot.inbox import take_in
from bot.line import Line
from bot.running import RunningWorker
from bot.simulator import Simulator, serve
from models import crypto
from models.database import Database
from tests import databases, postgres
from tests.bench.latency import body, fill, libpq, parts_on, said
from tests.world import SETTINGS, line_id

TEXTS = int(sys.argv[1]) if len(sys.argv) > 1 else 400
PATIENCE = 90.0  # seconds a run may take


def write_in(database: Database, sim: Simulator) -> None:
    """Put the texts into the inbox, as the webhook does: the members one after the other."""
    classes = people()["members"].values()
    members = [line_id("U", one["name"]) for class_ in classes for one in class_]
    for number in range(TEXTS):
        event = said(number)
        event["source"]["userId"] = members[number % len(members)]
        sim.remember(event)
        take_in(database, body(event), real_clock())


def answered(sim: Simulator) -> int:
    """Return how many answers LINE has accepted."""
    return sum(entry.accepted and entry.path.endswith("reply") for entry in sim.ledger.entries)


def measure(name: str, url: str) -> None:
    """Print how many answers a second one worker gave."""
    parts = parts_on(url)
    sim = Simulator(channel_secret=SETTINGS.channel_secret, access_token=SETTINGS.access_token)
    introduce(sim)
    server = serve(sim)
    write_in(parts.database, sim)
    ticker, start = parts.ticker(parts.database, parts.clock), time.monotonic()
    worker = RunningWorker(parts, ticker, Line(SETTINGS.access_token, server.url))
    while answered(sim) < TEXTS and time.monotonic() - start < PATIENCE:
        time.sleep(0.02)
    taken = time.monotonic() - start
    print(f"| {name} | {answered(sim)} | {taken:.1f} s | {answered(sim) / taken:.0f} |", flush=True)
    worker.stop()
    server.close()


def main() -> None:
    """Measure both databases and print a table."""
    crypto.use(crypto.Keyring(SETTINGS.data_key))
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| one worker | answers | taken | a second |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        measure("SQLite", fill(f"sqlite:///{Path(folder) / 'bench.db'}"))
        with databases.psycopg.connect(libpq(server.url), autocommit=True) as admin:
            admin.execute('CREATE DATABASE "bench"')
        measure("PostgreSQL", fill(databases.sibling(server.url, "bench")))


if __name__ == "__main__":
    main()
