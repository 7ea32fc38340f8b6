"""How patient delivery is with LINE, and with its own token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from models import outbox


@dataclass(frozen=True)
class Pace:
    """How patient delivery is; tests and the crash harness are less patient."""

    base: float = 1.0  # seconds before the second attempt, doubled each time
    longest: float = 300.0
    pause: float = 15.0  # seconds nobody sends after a 401: longer than a request takes
    lease: timedelta = outbox.LEASE


def delay(attempts: int, retry_after: float, pace: Pace, chance: float) -> timedelta:
    """Return the wait before the next attempt: full jitter, never sooner than LINE asked."""
    ceiling = min(pace.longest, pace.base * 2 ** min(attempts, 20))
    return timedelta(seconds=max(retry_after, ceiling * chance))
