"""What LINE bills: people reached, by month, against the plan."""

from collections import Counter
from datetime import datetime, timedelta, timezone

# Months and delivery counts follow Japan's calendar, which has no summer time.
JAPAN = timezone(timedelta(hours=9))


class Quota:
    """Counts people (not bubbles) per month; `limit` None means a plan without end."""

    def __init__(self, limit: int | None) -> None:
        self.limit = limit
        self._months: Counter[str] = Counter()
        self._days: Counter[tuple[str, str]] = Counter()

    def used(self, now: datetime) -> int:
        """Return how many people this month's billed sends have reached."""
        return self._months[f"{now.astimezone(JAPAN):%Y%m}"]

    def allows(self, people: int, now: datetime) -> bool:
        """Say whether so many more people fit into this month."""
        return self.limit is None or people == 0 or self.used(now) + people <= self.limit

    def bill(self, kind: str, people: int, now: datetime) -> None:
        """Count a send; replies are counted by day but cost nothing."""
        local = now.astimezone(JAPAN)
        self._days[kind, f"{local:%Y%m%d}"] += people
        if kind != "reply":
            self._months[f"{local:%Y%m}"] += people

    def delivered(self, kind: str, day: str) -> int:
        """Return how many people a kind of send reached on a day (yyyyMMdd)."""
        return self._days[kind, day]

    def set_used(self, people: int, now: datetime) -> None:
        """Pretend that so many people have been reached this month."""
        self._months[f"{now.astimezone(JAPAN):%Y%m}"] = people
