"""How things stand in the database, as gauges: the same whichever process is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest, multiprocess, start_http_server
from prometheus_client.core import REGISTRY, GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlmodel import Session

from bot.inbox import Clock
from models import heartbeat, inbox, outbox, queues, quota
from models.database import Database

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # where gunicorn's processes count together


@dataclass(frozen=True)
class Gauges(Collector):
    """Reads the queues, the month and the heartbeats when it is asked."""

    database: Database
    clock: Clock
    real_clock: Clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield every gauge."""
        now = self.clock()
        with self.database.read() as db:
            yield from _inbox(db, now)
            yield from _outbox(db, now)
            yield from _month(db, now)
            yield from _heartbeats(db, self.real_clock())


def page(gauges: Gauges) -> bytes:
    """Return what this process and those beside it counted, and how things stand."""
    return generate_latest(_registry(gauges))


def serve(gauges: Gauges, port: int) -> None:
    """Give the same out on a port of this machine alone; OSError when it is taken."""
    start_http_server(port, addr="127.0.0.1", registry=_registry(gauges))


def _registry(gauges: Gauges) -> CollectorRegistry:
    registry = CollectorRegistry()
    if SHARED in os.environ:
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    registry.register(gauges)
    return registry


def _inbox(db: Session, now: datetime) -> Iterator[GaugeMetricFamily]:
    yield _one("tasuki_inbox_due", "Inbox events that are due", inbox.waiting(db, now))
    age = _age(queues.oldest_event(db, now), now)
    yield _one("tasuki_inbox_oldest_due_seconds", "How long the oldest due event has waited", age)
    said = "Inbox events kept, by the door they came in and what became of them"
    kept = GaugeMetricFamily("tasuki_inbox_events", said, labels=["door", "state"])
    counted = {("clock", "missed"): 0} | queues.events(db)
    for kind, n in sorted(counted.items()):
        kept.add_metric(kind, n)
    yield kept
    said = "Occurrences kept that were found only when they helped no more"
    yield _one("tasuki_occurrences_missed", said, counted["clock", "missed"])


def _outbox(db: Session, now: datetime) -> Iterator[GaugeMetricFamily]:
    yield _one("tasuki_outbox_due", "Outbox rows that are due", outbox.due_count(db, now))
    age = _age(outbox.oldest_due(db, now), now)
    said = "How long the oldest due outbox row has waited"
    yield _one("tasuki_outbox_oldest_due_seconds", said, age)
    said = "Outbox rows that wait and of which LINE may have taken an attempt"
    yield _one("tasuki_outbox_in_doubt", said, queues.in_doubt(db))
    said = "Attempts beyond the first at the outbox rows kept"
    yield _one("tasuki_outbox_retries", said, queues.retries(db))
    said = "Outbox rows kept, by state; accepted, expired, dead, unknown and cancelled are final"
    kept = GaugeMetricFamily("tasuki_outbox_rows", said, labels=["state"])
    for state, n in queues.rows(db).items():
        kept.add_metric([state], n)
    yield kept


def _month(db: Session, now: datetime) -> Iterator[GaugeMetricFamily]:
    month = quota.month(db, now)
    yield _one("tasuki_quota_used", "Messages of this month that LINE counts", month.used)
    yield _one("tasuki_quota_reserve", "Messages kept back for safety and race", month.reserve)
    if month.left is not None:
        yield _one("tasuki_quota_left", "Messages LINE will still take this month", month.left)


def _heartbeats(db: Session, real_now: datetime) -> Iterator[GaugeMetricFamily]:
    said = "Time since a loop of the workers was last alive"
    ages = GaugeMetricFamily("tasuki_heartbeat_age_seconds", said, labels=["loop"])
    for loop, at in sorted(heartbeat.all_beats(db).items()):
        ages.add_metric([loop], (real_now - at).total_seconds())
    yield ages
    said = "By how much the clock of a worker's host differs from LINE's and the database's"
    skews = GaugeMetricFamily("tasuki_clock_skew_seconds", said, labels=["host", "from"])
    for clock in heartbeat.clocks(db, real_now):
        skews.add_metric([clock.host, clock.other], clock.seconds)
    yield skews


def _one(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, said, value=value)


def _age(since: datetime | None, now: datetime) -> float:
    return (now - since).total_seconds() if since else 0.0
