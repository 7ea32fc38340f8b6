"""The quota's watch: asks LINE for plan and consumption on a slow beat, and the calendars ahead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.environment import Reserve
from bot.inbox import Clock
from bot.line import Line
from bot.turn import Occurrence
from models import billing, class_group, person, quota, race
from models.database import Database
from models.quota import Plan

BEAT = timedelta(minutes=10)
RACE_WEEK = (timedelta(days=7), timedelta(days=3))  # before and after the day of the race
TERM = timedelta(days=200)  # how far ahead a race is looked for
QUOTA, CONSUMED = "/v2/bot/message/quota", "/v2/bot/message/quota/consumption"
Ahead = Callable[[datetime, datetime], list[Occurrence]]


class QuotaWatch:
    """Any number may watch: what they find is the same, and kept in one row."""

    def __init__(
        self, database: Database, line: Line, clock: Clock, ahead: Ahead, reserve: Reserve
    ) -> None:
        self._database, self._line, self._clock = database, line, clock
        self._ahead, self._reserve = ahead, reserve

    def look_if_due(self) -> bool:
        """Look again when the last look, anybody's, is a beat old; say whether it was."""
        with self._database.read() as db:
            last = quota.looked_at(db)
        due = last is None or not timedelta() <= self._clock() - last < BEAT
        return due and self.look()

    def look(self) -> bool:
        """Ask LINE and the calendars, and keep what they say; False when LINE does not."""
        now, told = self._clock(), self._ask(QUOTA)
        consumed = (self._ask(CONSUMED) or {}).get("totalUsage")
        if told is None or not isinstance(consumed, int):
            return False
        most = told.get("value")
        most = most if told.get("type") == "limited" and isinstance(most, int) else None
        sizes = self._sizes()
        with self._database.read() as db:
            race = _race_week(db, now)
        ahead = self._ahead(now, billing.end_of(now))
        week = self._ahead(*race) if race else []
        with self._database.write() as db:
            for group, people in sizes.items():
                class_group.count(db, group, people)
            plan = Plan(id=1, most=most, consumed=consumed, looked_at=now)
            plan.reserve = self._reserve.of(most) if most else 0
            plan.used_then = max(consumed, quota.month(db, now).used)
            plan.ahead, plan.race_week = _cost(db, ahead), _cost(db, week)
            plan.race_ahead = _cost(db, (one for one in ahead if one.kind.startswith("race.")))
            quota.keep(db, plan)
        return True

    def _sizes(self) -> dict[str, int]:
        """Return how many people LINE counts in each group the bot is in."""
        with self._database.read() as db:
            groups = [one.line_id for one in class_group.present(db)]
        told = {one: self._ask(f"/v2/bot/group/{one}/members/count") for one in groups}
        counts = {one: (said or {}).get("count") for one, said in told.items()}
        return {one: count for one, count in counts.items() if isinstance(count, int)}

    def _ask(self, path: str) -> dict[str, object] | None:
        outcome = self._line.look_up(path)
        try:
            said = json.loads(outcome.body) if outcome.status == 200 else None
        except ValueError:
            return None
        return said if isinstance(said, dict) else None


def _race_week(db: Session, now: datetime) -> tuple[datetime, datetime] | None:
    """Return from when until when the next race keeps us busy."""
    before, after = RACE_WEEK
    coming = race.between(db, now - after, now + TERM)
    at = next((one.starts_at for one in coming if one.is_goal), None)
    return (at - before, at + after) if at else None


def _cost(db: Session, occurrences: Iterable[Occurrence]) -> int:
    """Return what so many occurrences cost if each of them speaks to everybody it is about."""
    reachable = person.reachable(db)
    return sum(
        len(reachable.intersection(one.people)) + (billing.size(db, one.chat) if one.chat else 0)
        for one in occurrences
    )
