"""The besieger: feeds webhooks, spoils half of LINE's answers, and counts acceptances."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func
from sqlmodel import select

from app import real_clock
from bot.demo_people import introduce
from bot.simulator import Simulator, serve
from bot.simulator.ledger import Entry
from models import person
from models.database import Database
from models.inbox import EventState, InboxEvent
from models.outbox import OutboxRow, RowState
from tests.crash import points
from tests.crash.faults import FAULTS
from tests.crash.tally import Plan, Tally, addressed
from tests.world import SETTINGS

ROOT = Path(__file__).parents[2]


class Siege:
    """One siege of real processes on one database."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.tally = plan, Tally(plan.seed)
        self.database = Database(plan.database)
        self.chance = Random(plan.seed)
        self.sim = Simulator(
            channel_secret=SETTINGS.channel_secret, access_token=SETTINGS.access_token
        )
        introduce(self.sim)
        with self.database.read() as db:
            self.people = [row for row in db.exec(select(person.Person)) if row.reachable][:12]
        self.start = real_clock()
        self.tokens: dict[str, str] = {}

    def run(self) -> Tally:
        """Besiege, let calm return, and count."""
        began = time.monotonic()
        server = serve(self.sim)
        for wish in FAULTS:
            self.sim.faults.add(**wish, seed=self.chance.random())
        try:
            with self._processes(server.url) as port:
                self.sim.webhooks.url = f"http://127.0.0.1:{port}/callback"
                self._wait(lambda: self.sim.webhooks.try_out({"events": []}).ok, 20)
                self._besiege()
                self._calm()
        finally:
            server.close()
            self.database.close()
        self._count()
        self.tally.seconds = time.monotonic() - began
        return self.tally

    @contextmanager
    def _processes(self, line: str) -> Any:
        plan, port = self.plan, free_port()
        order = {
            **{"database": plan.database, "folder": str(plan.folder), "seed": plan.seed},
            **{"workers": plan.workers, "occurrences": plan.occurrences, "every": plan.every},
            **{"people": [one.key for one in self.people], "start": self.start.isoformat()},
            **{"line": line, "port": port},
        }
        command = [sys.executable, "-m", "tests.crash.nursery"]
        with (plan.folder / "log").open("wb") as log:
            said = {"stdout": log, "stderr": log, "cwd": ROOT}
            nursery = subprocess.Popen(command, stdin=subprocess.PIPE, **said)
        assert nursery.stdin is not None
        try:
            nursery.stdin.write(json.dumps(order).encode() + b"\n")
            nursery.stdin.flush()
            yield port
        finally:
            nursery.stdin.close()
            nursery.wait(15)

    def _besiege(self) -> None:
        deadline = time.monotonic() + self.plan.longest
        lanes = [threading.Thread(target=self._talk, args=(n, deadline)) for n in range(4)]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()

    def _talk(self, lane: int, deadline: float) -> None:
        """Say something every moment until enough processes have died."""
        chance = Random(f"{self.plan.seed}:{lane}")
        number = 10_000 * (lane + 1)
        while not self._enough() and time.monotonic() < deadline:
            number += 1
            self._say(chance, self.people[4 + number % 8], number)
            time.sleep(chance.random() * 0.15)

    def _say(self, chance: Random, one: person.Person, number: int) -> None:
        """Post one event as LINE does: again until it is taken, and sometimes once too often."""
        now = real_clock()
        event = {
            **{"type": "message", "mode": "active", "replyToken": f"token-{number}"},
            **{"webhookEventId": f"event-{self.plan.seed}-{number}"},
            "timestamp": int(now.timestamp() * 1000),
            "source": {"type": "user", "userId": one.line_id},
            "message": {"type": "text", "id": f"message-{number}", "text": f"note {number}"},
        }
        self.sim.remember(event)
        self.tokens[event["replyToken"]] = one.line_id
        self.tally.planned[f"{one.line_id} {number}"] += 1
        for again in range(200):
            copy = event | {"deliveryContext": {"isRedelivery": again > 0}}
            if self.sim.webhooks.post_now(body(copy)).ok and chance.random() < 0.8:
                return
            time.sleep(0.02)

    def _kills(self) -> list[str]:
        log = self.plan.folder / "kills"
        return log.read_text().splitlines() if log.exists() else []

    def _enough(self) -> bool:
        kills = self._kills()
        return len(kills) >= self.plan.kills and set(kills) == points.everywhere()

    def _calm(self) -> None:
        """Stop all killing and all faults, and wait until nothing is left to do."""
        (self.plan.folder / "calm").touch()
        self.sim.faults.clear()
        self._wait(self._is_done, 25)

    def _is_done(self) -> bool:
        with self.database.read() as db:
            waiting = select(func.count()).where(InboxEvent.state == EventState.WAITING)
            pending = select(func.count()).where(OutboxRow.state == RowState.PENDING)
            rows = db.scalar(select(func.count()).select_from(OutboxRow))
            left = (db.scalar(waiting) or 0) + (db.scalar(pending) or 0)
        return left == 0 and (rows or 0) >= self._expected()

    def _expected(self) -> int:
        return self.plan.occurrences * 4 + self.tally.planned.total()

    def _wait(self, done: Callable[[], bool], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not done() and time.monotonic() < deadline:
            time.sleep(0.05)

    def _count(self) -> None:
        self.tally.kills.update(self._kills())
        for number in range(self.plan.occurrences):
            for one in addressed(self.people, number):
                self.tally.planned[f"{one.line_id} {number}"] += 1
        bodies: dict[str, set[str]] = {}
        for entry in self.sim.ledger.entries:
            if entry.retry_key:
                bodies.setdefault(entry.retry_key, set()).add(f"{entry.to} {entry.messages}")
            if entry.accepted:
                self.tally.requests[entry.path.rsplit("/")[-1]] += 1
                self._accept(entry)
        self.tally.bodies_a_key = max(map(len, bodies.values()), default=0)
        with Database(self.plan.database).read() as db:
            states = select(OutboxRow.state).where(OutboxRow.state != RowState.ACCEPTED)
            events = select(InboxEvent.state).where(InboxEvent.state != EventState.DONE)
            self.tally.unfinished = [*db.scalars(states), *db.scalars(events)]

    def _accept(self, entry: Entry) -> None:
        """Count every message of a request once for each it went to."""
        to = entry.to or self.tokens.get(entry.reply_token or "")
        for one in to if isinstance(to, list) else [to]:
            for message in entry.messages:
                number = re.search(r"\d+", message["text"])
                self.tally.accepted[f"{one} {number and number[0]}"] += 1


def body(event: dict[str, Any]) -> bytes:
    """Write one event as a webhook's body."""
    return json.dumps({"destination": "U", "events": [event]}).encode()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
