"""LINE's clock, seen in the dates of its answers: ours must not differ from it."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

REMEMBERED = 900.0  # seconds: LINE is asked for the month's numbers every ten minutes


class LinesClock:
    """Remembers by how much our clock was ahead when LINE last answered."""

    def __init__(
        self,
        now: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._now, self._ticks = now, ticks
        self._seen: tuple[float, float] | None = None

    def saw(self, date: str) -> None:
        """Take in the Date of an answer; what is none says nothing."""
        try:
            theirs = parsedate_to_datetime(date).timestamp()
        except (ValueError, OverflowError):
            return
        # A Date has no fractions: it means half a second later, on the average.
        self._seen = self._now() - theirs - 0.5, self._ticks()

    @property
    def skew(self) -> float | None:
        """Seconds by which we are ahead; None when LINE has not answered for long."""
        if self._seen is None or self._ticks() - self._seen[1] > REMEMBERED:
            return None
        return self._seen[0]
