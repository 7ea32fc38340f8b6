"""The bill: what LINE would have counted, by month and class, beside its plans."""

import threading
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.simulator.people import People
from bot.simulator.quota import JAPAN

PLANS = ((200, 0), (5_000, 5_000), (30_000, 15_000))  # messages a month, yen without tax
EXTRA_YEN = 3  # at most, for each message beyond the greatest plan


@dataclass(frozen=True)
class Line:
    """One send that LINE accepted."""

    month: str
    chat: str
    is_free: bool
    people: int
    bubbles: int

    @property
    def counted(self) -> int:
        """What LINE counts: people, once a request, and nothing for a reply."""
        return 0 if self.is_free else self.people

    @property
    def naive(self) -> int:
        """What the same would count with every answer pushed and one request a bubble."""
        return self.people * self.bubbles


class Bill:
    """Every accepted send since the platform began."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._lock = threading.Lock()

    def add(self, kind: str, chat: str, people: int, bubbles: int, now: datetime) -> None:
        """Note a send to one chat."""
        month = f"{now.astimezone(JAPAN):%Y-%m}"
        with self._lock:
            self._lines.append(Line(month, chat, kind == "reply", people, bubbles))

    @property
    def lines(self) -> list[Line]:
        """Return a copy of what has been noted so far."""
        with self._lock:
            return list(self._lines)

    def as_json(self, people: People, limit: int | None) -> dict[str, Any]:
        """Write the bill as the page reads it, the newest month first."""
        lines = self.lines
        months = sorted({line.month for line in lines}, reverse=True)
        return {
            "limit": limit,
            "months": [_month([x for x in lines if x.month == m], m, people) for m in months],
        }


def plan_of(messages: int) -> dict[str, int]:
    """Return the smallest plan that so many messages fit into, and its price in yen."""
    for limit, yen in PLANS:
        if messages <= limit:
            return {"messages": limit, "yen": yen}
    limit, yen = PLANS[-1]
    return {"messages": limit, "yen": yen + EXTRA_YEN * (messages - limit)}


def _month(lines: list[Line], month: str, people: People) -> dict[str, Any]:
    to_group, to_people = Counter[str](), Counter[str]()
    for line in lines:
        of = to_group if line.chat in people.groups else to_people
        of[class_of(people, line.chat)] += line.counted
    counted, naive = (sum(x) for x in ((y.counted for y in lines), (y.naive for y in lines)))
    return {
        "month": month,
        "counted": counted,
        "plan": plan_of(counted),
        "naive": naive,
        "naive_plan": plan_of(naive),
        "replies": sum(line.people for line in lines if line.is_free),
        "classes": [
            {"name": name, "group": to_group[name], "people": to_people[name]}
            for name in sorted({*to_group, *to_people})
            if to_group[name] or to_people[name]
        ],
    }


def class_of(people: People, chat: str) -> str:
    """Return the class of a person, or the one most of a group's people are in."""
    group = people.groups.get(chat)
    if group is None:
        known = people.users.get(chat)
        return (known.class_name if known else None) or ""
    classes = Counter(people.users[one].class_name or "" for one in group.members)
    return classes.most_common(1)[0][0] if classes else group.name
