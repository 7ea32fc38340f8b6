"""Health for monitors: heartbeats and the oldest due row; and the numbers for Prometheus."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from bot import alarms, metrics
from bot.inbox import Clock
from models import heartbeat, outbox
from models.database import BusyError, Database

STALE = timedelta(seconds=60)
LATE = timedelta(seconds=120)
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
        with database.read() as db:
            oldest = outbox.oldest_due(db, clock())
            metrics.WAITING.set(outbox.due_count(db, clock()))
        metrics.OLDEST.set((clock() - oldest).total_seconds() if oldest else 0)
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    return health


def look(database: Database, now: datetime, real_now: datetime) -> list[str]:
    """Return what is wrong, in plain words."""
    with database.read() as db:
        beats, oldest = heartbeat.all_beats(db), outbox.oldest_due(db, now)
        alarmed = list(alarms.look(db))
    faults = [
        f"{name}: no heartbeat since {beats[name]:%H:%M:%S} UTC"
        if name in beats
        else f"{name}: never seen; is a worker running?"
        for name in LOOPS
        if name not in beats or real_now - beats[name] > STALE
    ]
    if oldest and now - oldest > LATE:
        faults.append(f"the oldest due message waits for {int((now - oldest).total_seconds())} s")
    return faults + alarmed


def _may_read(token: str) -> bool:
    """With a token set, it alone counts; without, only a call that came through no proxy."""
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    proxied = any(name in request.headers for name in FORWARDED)
    return request.remote_addr in {"127.0.0.1", "::1"} and not proxied
