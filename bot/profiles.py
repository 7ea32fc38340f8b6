"""Looking up LINE profiles without letting a slow LINE hold up the queue."""

from __future__ import annotations

import time

from bot.line import Line
from models.rules.reading import readable

REST = 30.0  # seconds without look-ups after one failed


class Profiles:
    """Asks LINE for a profile; after a failure nobody waits again for a while."""

    def __init__(self, line: Line) -> None:
        self._line, self._resting_until = line, 0.0

    def __call__(self, user_id: str) -> dict[str, str] | None:
        """Return the profile, or None when it is not to be had quickly."""
        if time.monotonic() < self._resting_until:
            return None
        started = time.monotonic()
        found = self._line.profile(user_id)
        if found is None and time.monotonic() - started > 1.0:
            self._resting_until = time.monotonic() + REST
        return found and {name: readable(value) for name, value in found.items()}
