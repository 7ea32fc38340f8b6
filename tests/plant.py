"""An installation of real processes on an empty SQLite database, with a small LINE beside it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from subprocess import Popen
from typing import Any

from bot.simulator import Simulator, serve
from bot.webhook import signature
from models.database import Database
from tests.processes import (
    COMMAND,
    GUNICORN,
    SECRET,
    TOKEN,
    call,
    environment,
    free_port,
    run,
    running,
    wait_until,
)

Running = AbstractContextManager[Popen[str]]


class Plant:
    """Its processes are started and stopped by the tests; strangers speak, each hears one reply."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder}/tasuki.db"
        self.sim = Simulator(channel_secret=SECRET, access_token=TOKEN)
        self.line = serve(self.sim)
        self.port, self.worker_port = free_port(), free_port()
        self.here = f"http://127.0.0.1:{self.port}"
        self.said: list[int] = []
        migrated = run(*COMMAND, "migrate", env=self._environment())  # under its own data key
        assert migrated.returncode == 0
        self.database = Database(self.url)

    def web(self, *options: str) -> Running:
        """Run gunicorn with the settings file it is deployed with."""
        return running(*GUNICORN, *options, env=self._environment())

    def worker(self) -> Running:
        """Run a worker that gives out its numbers."""
        port = str(self.worker_port)
        return running(
            *COMMAND, "worker", env=self._environment() | {"TASUKI_WORKER_METRICS_PORT": port}
        )

    def _environment(self) -> dict[str, str]:
        line = self.line.url
        return environment(DATABASE_URL=self.url, PORT=str(self.port), LINE_API_BASE=line)

    def is_open(self) -> bool:
        """Say whether webhooks can be taken in."""
        return call(f"{self.here}/livez")[0] == 200

    def say(self) -> bytes:
        """Let the next stranger write a word; return the webhook's body."""
        number = len(self.said)
        self.said.append(number)
        user = f"U{number:032x}"
        self.sim.add_user(user, f"Stranger {number}")
        event: dict[str, Any] = {
            **{"type": "message", "mode": "active", "replyToken": f"token-{number}"},
            **{"webhookEventId": f"event-{number}", "timestamp": int(time.time() * 1000)},
            "source": {"type": "user", "userId": user},
            "message": {"type": "text", "id": f"{number}", "text": "こんにちは"},
        }
        self.sim.remember(event)
        return json.dumps({"destination": "U0", "events": [event]}).encode()

    def post(self, body: bytes) -> int:
        """Send a webhook once; 0 when the connection failed."""
        return call(f"{self.here}/callback", body, X_Line_Signature=signature(SECRET, body))[0]

    def heard(self) -> Counter[int]:
        """Return how many answers LINE accepted for each stranger: a late one is pushed."""
        accepted = [entry for entry in self.sim.ledger.entries if entry.accepted]
        tokens = [entry.reply_token for entry in accepted if entry.reply_token]
        pushed = [entry.to for entry in accepted if isinstance(entry.to, str)]
        return Counter(int(token.removeprefix("token-")) for token in tokens) + Counter(
            int(user[1:], 16) for user in pushed
        )

    def rows(self, question: str) -> list[Any]:
        """Ask the database something in SQL."""
        with self.database.read() as db:
            return list(db.connection().exec_driver_sql(question).scalars())

    def wait(self, true: Callable[[], bool]) -> None:
        """Wait for something to come true."""
        wait_until(true, 90)

    def close(self) -> None:
        """End LINE and the database."""
        self.line.close()
        self.database.close()


def says(process: Popen[str], words: str) -> bool:
    """Read what a process says until it says this."""
    assert process.stdout is not None
    return any(words in line for line in iter(process.stdout.readline, ""))


@contextmanager
def built(folder: Path) -> Iterator[Plant]:
    """Give a plant for the length of a test."""
    plant = Plant(folder)
    try:
        yield plant
    finally:
        plant.close()
