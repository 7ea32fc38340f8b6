"""The demo's time machine: the clock jumps, and all that is due on the way happens in order."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta

from bot.parts import Parts
from models import heartbeat, inbox, outbox

DRAIN_LIMIT = 5.0  # seconds the corridor may take to say what is due at one instant
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
            while (due := self.next()) is not None and due <= to:
                self._stop_at(due)
            self._stop_at(to)

    def _stop_at(self, instant: datetime) -> None:
        self._set(instant)
        self._ticker.plan(self.now())
        self.drain()

    def drain(self) -> bool:
        """Wait until inbox and outbox hold nothing that is due; False when that took too long."""
        deadline = time.monotonic() + DRAIN_LIMIT
        while time.monotonic() < deadline:
            with self._parts.database.read() as db:
                if not inbox.waiting(db, self.now()) and not outbox.due_count(db, self.now()):
                    return True
            time.sleep(SETTLED)
        return False

    def _set(self, to: datetime) -> None:
        if (offset := to - self._parts.real_clock()) > self._offset():
            with self._parts.database.write() as db:
                heartbeat.set_demo_offset(db, offset)

    def _offset(self) -> timedelta:
        with self._parts.database.read() as db:
            return heartbeat.demo_offset(db)
