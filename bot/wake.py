"""Waking workers: a condition within a process, LISTEN/NOTIFY across them, a poll on SQLite."""

from __future__ import annotations

import threading
import time

import structlog

from models.database import WAKE_CHANNEL, Database

POLL = 0.05  # seconds between looks where nobody can call (SQLite across processes)
IDLE = 1.0  # seconds between looks when calls come through
log = structlog.get_logger()


class Bell:
    """Rings for every loop that sleeps on it."""

    def __init__(self) -> None:
        self._condition, self._rung = threading.Condition(), 0

    def ring(self) -> None:
        """Wake every sleeper."""
        with self._condition:
            self._rung += 1
            self._condition.notify_all()

    @property
    def rung(self) -> int:
        """How often it rang: remember it before looking for work, so that no ring is lost."""
        return self._rung

    def sleep(self, seen: int, seconds: float) -> None:
        """Sleep until it rings after `seen`, or for so many seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self._rung != seen, seconds)


def pause_of(database: Database) -> float:
    """Return how long a loop may sleep when it found nothing."""
    return POLL if database.is_sqlite else IDLE


def listen(database: Database, bell: Bell, stop: threading.Event) -> None:
    """Ring the bell for every NOTIFY, on a connection of its own, until told to stop."""
    import psycopg  # the web process imports this module and does not need the driver's time

    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    while not stop.is_set():
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"LISTEN {WAKE_CHANNEL}")
                bell.ring()
                while not stop.is_set():
                    for _ in connection.notifies(timeout=1.0, stop_after=1):
                        bell.ring()
        except psycopg.Error as error:
            log.warning("wake.lost", fault=type(error).__name__)
            time.sleep(IDLE)
