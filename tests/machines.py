"""The machines of a school's life: planners, engines and senders that work, die and heal."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.pace import Pace
from bot.parts import build_engine
from models.inbox import EventState, InboxEvent
from models.outbox import OutboxRow, RowState
from tests import enumerator
from tests.mortality import Killed, Mortality
from tests.world import SETTINGS, World

PACE = Pace(base=20.0, longest=60.0)
CATCH_UP = timedelta(days=3)


class Machines:
    """What works on one database; several may do so at once, and any may die."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.expected: enumerator.Plan = {}
        self.planned_at: datetime | None = None  # nobody has planned yet
        self.start_anew()

    def start_anew(self) -> None:
        """Begin again as new processes, after the leases of the dead ran out."""
        self.world.restarts_after_lease()
        self.world.engine = build_engine(self.world.parts, self.world.line)
        self.world.delivery = self.world.sender(PACE)

    def work(self) -> None:
        """Plan what is due and do all that can be done."""
        self._expect()
        self.world.ticker.plan(self.world.clock.at)
        self.planned_at = self.world.clock.at
        self.world.settle()

    def _expect(self) -> None:
        now = self.world.clock.at
        since = min(self.planned_at or now, now - CATCH_UP)
        with self.world.database.read() as db:
            self.expected |= enumerator.due(db, since, now, SETTINGS.zone)

    def passes(self, span: timedelta) -> None:
        """Let time pass with nobody at work, real time too."""
        self.world.clock.at += span
        self.world.real_seconds += span.total_seconds()

    def passes_until(self, hour: int) -> None:
        """Let time pass until that local hour comes."""
        now = self.world.clock.at.astimezone(SETTINGS.zone)
        at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        self.passes((at if at > now else at + timedelta(days=1)) - now)

    def plan_at_once(self, many: int) -> None:
        """Let several schedulers plan at the same moment."""
        self._expect()
        now, ready = self.world.clock.at, threading.Barrier(many)

        def plan() -> None:
            ticker = self.world._ticker_on(self.world.database, self.world.clock.now)
            ready.wait()
            ticker.plan(now)

        threads = [threading.Thread(target=plan) for _ in range(many)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        self.planned_at = now

    def die_at_work(self, seed: int) -> bool:
        """Work as somebody who dies at any step; what was begun is left as it is."""
        mortality = Mortality(random.Random(seed), 0.15)
        with pytest.MonkeyPatch.context() as patch, mortality.reigns(patch), suppress(Killed):
            self.world.settle()
        self.start_anew()
        return mortality.kills > 0

    def heal(self) -> None:
        """End every fault, and let a day go by."""
        self.world.sim.faults.clear()
        self.world.sim.quota.limit = None
        self.start_anew()
        for _ in range(13):
            self.work()
            self.passes(timedelta(hours=2))
        self.work()

    def left_over(self) -> tuple[list[Any], list[Any]]:
        """Return what is not handled and what is not sent, but for what waits for the morning."""
        now = self.world.clock.at
        with self.world.database.read() as db:
            events = db.scalars(select(InboxEvent)).all()
            rows = db.scalars(select(OutboxRow).where(OutboxRow.state == RowState.PENDING)).all()
            bad = {EventState.WAITING, EventState.DEAD}
            stuck = [e for e in events if e.state in bad and not _sleeps(e, now)]
            unsent = [r for r in rows if not (r.rests_from and r.rests_from <= now < r.rests_until)]
            return [(e.key, e.fault) for e in stuck], [row.occurrence for row in unsent]

    def planned(self) -> enumerator.Plan:
        """Return what is recorded of the kinds that are counted, and when it was due."""
        with self.world.database.read() as db:
            recorded = db.scalars(select(InboxEvent).where(InboxEvent.door == "clock")).all()
            return enumerator.plain(db, recorded)


def _sleeps(event: InboxEvent, now: datetime) -> bool:
    """Whether an event of the clock, tried by nobody yet, waits for the morning."""
    return (
        event.state == EventState.WAITING and not event.attempts and (event.not_before or now) > now
    )
