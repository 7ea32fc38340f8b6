"""The simulator's clock: what hour it is on the platform, and how to move it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the simulator asks of a clock; the application may bring its own."""

    def now(self) -> datetime:
        """Return the present instant as aware UTC."""

    def go(self, to: datetime) -> None:
        """Move to a later instant, and return once everything due until then has been seen to."""

    def next(self) -> datetime | None:
        """Return when the next thing is due, or None if nothing is known to be."""


class OwnClock:
    """Real time plus an offset: the clock of a simulator that runs alone."""

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        self._real = real
        self._ahead = 0.0

    def now(self) -> datetime:
        """Return real time shifted by everything the clock has been moved so far."""
        return datetime.fromtimestamp(self._real() + self._ahead, UTC)

    def go(self, to: datetime) -> None:
        """Shift the offset so that it is now `to`."""
        self._ahead += (to - self.now()).total_seconds()

    def next(self) -> datetime | None:
        """Return None: by itself this clock knows of nothing that is due."""
        return None


def iso(instant: datetime) -> str:
    """Write an instant as the page and the ledger read it, with its offset."""
    return instant.isoformat(timespec="milliseconds")


def milliseconds(instant: datetime) -> int:
    """Write an instant as LINE does in `timestamp`."""
    return int(instant.timestamp() * 1000)
