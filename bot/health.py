"""Health for monitors: heartbeats, the oldest due row, clocks; and the numbers for Prometheus."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot import alarms, gauges
from bot.gauges import Gauges
from bot.inbox import Clock
from models import heartbeat, outbox
from models.database import BusyError, Database
from models.heartbeat import ClockSkew

STALE = timedelta(seconds=60)
LATE = timedelta(seconds=120)
SKEW = timedelta(seconds=5)
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")
LOOPS = ("engine", "delivery", "planner")


def blueprint(database: Database, clock: Clock, real_clock: Clock, token: str) -> Blueprint:
    """Return GET /healthz and GET /metrics (loopback, or with the token)."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> tuple[Response, int]:
        try:
            faults = look(database, clock(), real_clock())
        except (BusyError, SQLAlchemyError) as error:
            faults = [f"the database does not answer ({type(error).__name__})"]
        return jsonify(ok=not faults, faults=faults), 503 if faults else 200

    @health.get("/metrics")
    def numbers() -> Response:
        if not _may_read(token):
            return Response(status=403)
        try:
            told = gauges.page(Gauges(database, clock, real_clock))
        except (BusyError, SQLAlchemyError):
            return Response(status=503)
        return Response(told, content_type=CONTENT_TYPE_LATEST)

    return health


def look(database: Database, now: datetime, real_now: datetime) -> list[str]:
    """Return what is wrong, in plain words."""
    with database.read() as db:
        beats, oldest = heartbeat.all_beats(db), outbox.oldest_due(db, now)
        clocks = [*heartbeat.clocks(db, real_now), _ours(db, real_now)]
        alarmed = list(alarms.look(db, now))
    return [*_loops(beats, real_now), *_waiting(oldest, now), *_clocks(clocks), *alarmed]


def _loops(beats: dict[str, datetime], real_now: datetime) -> list[str]:
    return [
        f"{name}: no heartbeat since {beats[name]:%H:%M:%S} UTC"
        if name in beats
        else f"{name}: never seen; is a worker running?"
        for name in LOOPS
        if name not in beats or real_now - beats[name] > STALE
    ]


def _waiting(oldest: datetime | None, now: datetime) -> list[str]:
    if oldest is None or now - oldest <= LATE:
        return []
    return [f"the oldest due message waits for {int((now - oldest).total_seconds())} s"]


def _ours(db: Session, real_now: datetime) -> ClockSkew:
    seconds = (real_now - heartbeat.database_clock(db)).total_seconds()
    return ClockSkew("this host", heartbeat.DATABASE, seconds)


def _clocks(found: list[ClockSkew]) -> list[str]:
    return [
        f"the clock of {clock.host} differs from that of {clock.other} by {clock.seconds:.0f} s"
        for clock in found
        if abs(clock.seconds) > SKEW.total_seconds()
    ]


def _may_read(token: str) -> bool:
    """With a token set, it alone counts; without, only a call that came through no proxy."""
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    proxied = any(name in request.headers for name in FORWARDED)
    return request.remote_addr in {"127.0.0.1", "::1"} and not proxied
