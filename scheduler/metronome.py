"""The metronome: APScheduler with a memory store, a few ticks, and a graceful stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.faults import seen_in
from models import heartbeat
from models.database import Database
from scheduler.planner import Planner

TICK = 5  # seconds: also bounds how late a step of the wall clock can make a reminder
HOUSEKEEPING = 600
log = structlog.get_logger()


class Metronome:
    """Beats; what is due is the planner's business and is remembered in the database."""

    def __init__(
        self,
        database: Database,
        planner: Planner,
        clock: Callable[[], datetime],
        keep_house: Callable[[datetime], None],
        ring: Callable[[], None],
    ) -> None:
        self._database, self._planner, self._clock = database, planner, clock
        self._keep_house, self._ring = keep_house, ring
        self._one_at_a_time = threading.Lock()
        self._scheduler = BackgroundScheduler(
            executors={"default": ThreadPoolExecutor(2)},
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def start(self) -> None:
        """Start to tick, at once and then every few seconds."""
        now = datetime.now(UTC)
        self._scheduler.add_job(self.tick, "interval", seconds=TICK, next_run_time=now)
        self._scheduler.add_job(self._house, "interval", seconds=HOUSEKEEPING, next_run_time=now)
        self._scheduler.start()

    def stop(self) -> None:
        """Stop after the tick that is running."""
        self._scheduler.shutdown(wait=True)

    def tick(self) -> None:
        """Plan what is due; a failure is logged and the next tick tries again."""
        try:
            with self._one_at_a_time:
                if self._planner.plan(self._clock()):
                    self._ring()
            with self._database.write() as db:
                heartbeat.beat(db, "planner", datetime.now(UTC))
        except Exception as error:
            log.error("planner.failed", **seen_in(error))

    def _house(self) -> None:
        try:
            self._keep_house(self._clock())
        except Exception as error:
            log.error("housekeeping.failed", **seen_in(error))
