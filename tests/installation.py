"""A real installation on one database: gunicorn, a worker and a small LINE, posted to by hand."""

from __future__ import annotations

import json
import resource
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from app import real_clock
from bot.demo_people import introduce
from bot.simulator import Simulator, serve
from bot.webhook import signature
from models.database import Database
from models.inbox import EventState, InboxEvent
from tests import patience
from tests.processes import (
    COMMAND,
    GUNICORN,
    ROOT,
    SECRET,
    call,
    environment,
    free_port,
    running,
    wait_until,
)

TOKEN = "a-token-of-our-own"
ANSWERED_WITHIN = 45.0  # seconds: longer than a lease that was lost
NUMBER = count(1)
Event = dict[str, Any]


class Installation:
    """Running processes and LINE's end of them; `beside` others they talk to the same LINE."""

    def __init__(self, url: str, *, home: Path = ROOT, beside: Installation | None = None) -> None:
        self.sim = beside.sim if beside else Simulator(channel_secret=SECRET, access_token=TOKEN)
        self.database, self._home = Database(url), home
        self.said: deque[str] = deque(maxlen=4000)
        self._ends = ExitStack()
        self._ends.callback(self.database.close)
        self.line_url = beside.line_url if beside else self._serve_line()
        port = free_port()
        self.door = f"http://127.0.0.1:{port}"
        env = environment(DATABASE_URL=url, PORT=str(port), LINE_API_BASE=self.line_url)
        self.processes = [self._start(command, env) for command in (GUNICORN, [*COMMAND, "worker"])]
        try:
            wait_until(lambda: self.livez()[0] == 200 and self._works())
        except BaseException:
            self.close()
            raise

    def _serve_line(self) -> str:
        introduce(self.sim)
        line = serve(self.sim)
        self._ends.callback(line.close)
        return line.url

    def _start(self, command: list[str], env: dict[str, str]) -> subprocess.Popen[str]:
        process = self._ends.enter_context(running(*command, env=env, home=self._home))
        threading.Thread(target=drain, args=(process, self.said), daemon=True).start()
        return process

    def stop(self) -> None:
        """Tell the processes to stop and wait until they have, with nothing amiss."""
        for process in self.processes:
            process.terminate()
        assert [process.wait(patience.SECONDS) for process in self.processes] == [0, 0], (
            self._told()
        )

    def close(self) -> None:
        """Stop everything."""
        self._ends.close()

    def _works(self) -> bool:
        """Say whether the worker has started: until then it ends when the database goes."""
        return any("worker.started" in line for line in list(self.said))

    def livez(self) -> tuple[int, float]:
        """Return what the proxy is told, and how long that took."""
        started = time.monotonic()
        return call(f"{self.door}/livez")[0], time.monotonic() - started

    def event(self, text: str = "メニュー", who: str = "") -> Event:
        """Return a text of somebody's, whose reply token LINE knows."""
        number = next(NUMBER)
        known = sorted(self.sim.people.users)
        who = who or known[number % len(known)]
        event = {
            **{"type": "message", "mode": "active", "replyToken": f"token-{number}"},
            **{"webhookEventId": f"fault-{number}", "source": {"type": "user", "userId": who}},
            "timestamp": int(real_clock().timestamp() * 1000),
            "message": {"type": "text", "id": f"message-{number}", "text": text},
        }
        self.sim.remember(event)
        return event

    def post(self, event: Event) -> tuple[int, float]:
        """Post one event; return the status and how long that took."""
        body = json.dumps({"destination": "U", "events": [event]}).encode()
        started = time.monotonic()
        status, _ = call(f"{self.door}/callback", body, X_Line_Signature=signature(SECRET, body))
        return status, time.monotonic() - started

    def redeliver(self, events: list[Event]) -> None:
        """Post events again until they are taken, as LINE does."""
        for event in events:
            again = event | {"deliveryContext": {"isRedelivery": True}}
            wait_until(lambda again=again: self.post(again)[0] == 200)  # type: ignore[misc]

    def answers(self, event: Event) -> int:
        """Return how many replies to an event LINE accepted."""
        entries = list(self.sim.ledger.entries)
        return sum(e.accepted and e.reply_token == event["replyToken"] for e in entries)

    def answers_once(self, events: list[Event]) -> bool:
        """Wait until all are answered, and say whether each was recorded and answered once."""
        until = time.monotonic() + ANSWERED_WITHIN
        while not all(self.answers(event) for event in events) and time.monotonic() < until:
            time.sleep(0.1)
        ours = [event["webhookEventId"] for event in events]
        done = select(InboxEvent.key).where(InboxEvent.state == EventState.DONE)
        with self.database.read() as db:
            counted = list(db.scalars(done.where(col(InboxEvent.key).in_(ours))))
        answers = [self.answers(one) for one in events]
        assert (sorted(counted), answers) == (sorted(ours), [1] * len(events)), self._told()
        return True

    def _told(self) -> str:
        """Return who still runs and what the processes said last, for whoever reads a failure."""
        return "\n".join([f"ended: {[one.poll() for one in self.processes]}", *self.said])

    @contextmanager
    def disk_full(self) -> Iterator[None]:
        """Let no process write to a file, as on a full disk."""
        pids = [pid for process in self.processes for pid in family(process.pid)]
        held = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
        for pid, (_, hard) in held.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            for pid, limits in held.items():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def drain(process: subprocess.Popen[str], said: deque[str]) -> None:
    """Read what a process logs, so that it never waits for a reader."""
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line.rstrip())


def family(pid: int) -> list[int]:
    """Return a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]
