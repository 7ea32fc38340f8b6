"""A worker: the loops that handle, deliver and plan, started after any fork."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from socket import gethostname

import structlog
from sqlmodel import Session

from bot.delivery import Delivery
from bot.engine import Engine
from bot.faults import seen_in
from bot.wake import Bell, listen, pause_of
from models import heartbeat, host
from models.database import Database

SENDERS = 4
BEAT = 5.0  # seconds between heartbeats
log = structlog.get_logger()


class Worker:
    """Threads that step until told to stop; each one goes on after any failure."""

    def __init__(self, database: Database, engine: Engine, delivery: Delivery, bell: Bell) -> None:
        self._database, self._engine, self._delivery = database, engine, delivery
        self.bell = bell
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._busy, self._here = 0, host.here()
        self._counting = threading.Lock()

    def start(self) -> None:
        """Start the loops."""
        self._spawn("engine", self._step_engine)
        for number in range(SENDERS):
            self._spawn("delivery", self._delivery.step, beats=number == 0)
        if not self._database.is_sqlite:
            self._thread("wake", lambda: listen(self._database, self.bell, self._stop))

    def take_no_more(self) -> None:
        """Let no loop begin anything new."""
        self._stop.set()
        self.bell.ring()

    def stop(self, seconds: float = 20.0) -> None:
        """Let the loops finish what they hold, and stop."""
        self.take_no_more()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def is_idle(self) -> bool:
        """Whether no loop is at work at this moment."""
        return self._busy == 0

    def _step_engine(self) -> bool:
        worked = self._engine.step()
        if worked:
            self.bell.ring()  # delivery sleeps on the same bell
        return worked

    def _spawn(self, name: str, step: Callable[[], bool], *, beats: bool = True) -> None:
        self._thread(name, lambda: self._loop(name, step, beats=beats))

    def _thread(self, name: str, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _loop(self, name: str, step: Callable[[], bool], *, beats: bool) -> None:
        pause, next_beat = pause_of(self._database), 0.0
        while not self._stop.is_set():
            if beats and time.monotonic() > next_beat:
                next_beat = time.monotonic() + BEAT
                self._beat(name)
            seen = self.bell.rung
            if not self._guarded(name, step):
                self.bell.sleep(seen, pause)

    def _guarded(self, name: str, step: Callable[[], bool]) -> bool:
        with self._counting:
            self._busy += 1
        try:
            return step()
        except Exception as error:
            log.error("worker.failed", loop=name, **seen_in(error))
            self._stop.wait(0.5)
            return False
        finally:
            with self._counting:
                self._busy -= 1

    def _beat(self, name: str) -> None:
        def write() -> bool:
            with self._database.write() as db:
                now = datetime.fromtimestamp(time.time(), UTC)
                heartbeat.beat(db, name, now, self._here)
                if name == "delivery":
                    self._compare_clocks(db, now)
            return True

        self._guarded("heartbeat", write)

    def _compare_clocks(self, db: Session, now: datetime) -> None:
        skews = {heartbeat.DATABASE: (now - heartbeat.database_clock(db)).total_seconds()}
        lines = self._delivery.clock_skew
        skews |= {} if lines is None else {heartbeat.LINE: lines}
        heartbeat.note_clocks(db, gethostname(), now, skews)
