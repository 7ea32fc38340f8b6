"""How long the webhook takes when things go wrong: `python -m tests.bench.intake [seconds]`.

Real processes. Calm; with SQLite locked by another program for so many seconds (60 unless told);
with a LINE that takes five seconds to answer; and while one member floods the inbox.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.installation import Installation
from tests.processes import migrated

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
LANES = 4
CALM = 10.0  # seconds of each of the other measurements


def post(made: Installation, seconds: float) -> list[tuple[int, float]]:
    """Post from several connections for a while."""
    heard: list[tuple[int, float]] = []
    until = time.monotonic() + seconds

    def talk() -> None:
        while time.monotonic() < until:
            heard.append(made.post(made.event()))
            time.sleep(0.05)

    lanes = [threading.Thread(target=talk) for _ in range(LANES)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    return heard


def measure(name: str, made: Installation, seconds: float) -> None:
    """Print how long the answers took, and which they were."""
    heard = post(made, seconds)
    taken = sorted(took * 1000 for _, took in heard)
    ninety_nine = taken[max(0, int(len(taken) * 0.99) - 1)]
    statuses = {one: sum(s == one for s, _ in heard) for one in sorted({s for s, _ in heard})}
    half = taken[len(taken) // 2]
    print(f"| {name} | {half:.0f} | {ninety_nine:.0f} | {taken[-1]:.0f} | {statuses} |", flush=True)


@contextmanager
def locked(made: Installation) -> Iterator[None]:
    """Hold the file as a program does that does not queue with ours."""
    with closing(sqlite3.connect(made.database.url.database or "", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def flooded(made: Installation) -> Iterator[None]:
    """Let one member send about a thousand messages a minute."""
    stop, one = threading.Event(), made.event()["source"]

    def flood() -> None:
        while not stop.wait(0.06):
            made.post(made.event() | {"source": one})

    flooding = threading.Thread(target=flood)
    flooding.start()
    yield
    stop.set()
    flooding.join()


def main() -> None:
    """Measure everything and print a table."""
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| webhook | median ms | 99 % | longest | answers |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'tasuki.db'}"
        made = Installation(migrated(url))
        measure("calm", made, CALM)
        with locked(made):
            measure(f"SQLite locked for {SECONDS:.0f} s", made, SECONDS)
        made.sim.faults.add(path="reply", delay=5.0, probability=1.0)
        measure("a LINE that takes 5 s", made, CALM)
        made.sim.faults.clear()
        with flooded(made):
            measure("one member floods", made, CALM)
        made.close()


if __name__ == "__main__":
    main()
