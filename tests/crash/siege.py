"""A siege: real processes on one database that die and are replaced, until it is enough."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from sqlalchemy import func
from sqlmodel import select

from bot.demo_people import introduce
from bot.simulator import Simulator, serve
from models.database import Database
from models.inbox import EventState, InboxEvent
from models.outbox import OutboxRow, RowState
from models.person import Person
from tests.crash import faults, points
from tests.crash.crowd import Crowd
from tests.crash.judge import Reader, judge, recoveries
from tests.crash.tally import BURST, STRANGER, Plan, Tally, bursts
from tests.processes import free_port
from tests.world import SETTINGS

ROOT = Path(__file__).parents[2]
STANDSTILL = 45.0  # seconds without any progress: then what is left is called pending
LONGEST_CALM = 300.0
NO_KILLS = (points.TOLD, points.FROZEN)


class Siege:
    """One siege of real processes on one database."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.kills = plan, points.Kills(plan.folder)
        self.database = Database(plan.database)
        self.sim = Simulator(
            channel_secret=SETTINGS.channel_secret, access_token=SETTINGS.access_token, quota=None
        )
        introduce(self.sim)
        with self.database.read() as db:
            self.people = [row for row in db.exec(select(Person)) if row.reachable]
        del self.sim.people.users[self.people[STRANGER].line_id]
        self.crowd = Crowd(self.sim, self.people, plan.seed, plan.folder)
        self.reader = Reader(self.sim.ledger, self.crowd.tokens)

    def run(self) -> Tally:
        """Besiege, let calm return, and count."""
        began = time.monotonic()
        server = serve(self.sim)
        faults.spoil(self.sim, Random(self.plan.seed))
        try:
            with self._processes(server.url) as port:
                self.sim.webhooks.url = f"http://127.0.0.1:{port}/callback"
                wait(lambda: self.sim.webhooks.try_out({"events": []}).ok, 30)
                deadline = time.monotonic() + self.plan.longest
                self.crowd.besiege(
                    lambda: not self._enough() and time.monotonic() < deadline,
                    self.reader.open_of,
                )
                self._calm()
        finally:
            server.close()
        tally = self._count()
        self.database.close()
        tally.seconds = time.monotonic() - began
        return tally

    @contextmanager
    def _processes(self, line: str) -> Iterator[int]:
        plan, port = self.plan, free_port()
        order = {
            **{"database": plan.database, "folder": str(plan.folder), "seed": plan.seed},
            **{"workers": plan.workers, "webs": plan.webs, "line": line, "port": port},
            "people": [one.key for one in self.people],
        }
        command = [sys.executable, "-m", "tests.crash.nursery"]
        with (plan.folder / "log").open("wb") as log:
            nursery = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=ROOT, env=os.environ
            )
        assert nursery.stdin is not None
        try:
            nursery.stdin.write(json.dumps(order).encode() + b"\n")
            nursery.stdin.flush()
            yield port
        finally:
            nursery.stdin.close()
            nursery.wait(30)

    def _enough(self) -> bool:
        kills = self.kills.counted()
        count = sum(many for name, many in kills.items() if name not in NO_KILLS)
        reached = not self.plan.everywhere or points.everywhere() <= kills.keys()
        return reached and count >= self.plan.kills

    def _calm(self) -> None:
        """Stop all killing and all faults, and wait for as long as there is progress."""
        (self.plan.folder / "calm").touch()
        self.sim.faults.clear()
        deadline = time.monotonic() + LONGEST_CALM
        least, since = self._left(), time.monotonic()
        while least and time.monotonic() < min(deadline, since + STANDSTILL):
            time.sleep(0.05)
            if (left := self._left()) < least:
                least, since = left, time.monotonic()

    def _left(self) -> int:
        """Return how much there is to do: bursts to be planned, events, rows."""
        with self.database.read() as db:
            events = select(func.count()).where(InboxEvent.state == EventState.WAITING)
            rows = select(func.count()).where(OutboxRow.state == RowState.PENDING)
            clock = select(func.count()).where(InboxEvent.key.like("clock:probe.due%"))
            planned = db.scalar(clock) or 0
            left = (db.scalar(events) or 0) + (db.scalar(rows) or 0)
        unplanned = len(bursts(self.plan.folder)) * BURST - planned
        return max(unplanned, 0) * 8 + left  # an event becomes up to four rows: still progress

    def _count(self) -> Tally:
        tally = Tally(self.plan)
        tally.kills.update(self.kills.counted())
        for name in NO_KILLS:
            del tally.kills[name]
        planned, entries = self.crowd.planned, self.sim.ledger.entries
        judge(tally, planned, self.reader, entries, self.database)
        recoveries(tally, self.kills.read(), planned, self.reader, entries)
        return tally


def wait(done: Callable[[], bool], seconds: float) -> None:
    """Wait for something, for so long at most."""
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)
