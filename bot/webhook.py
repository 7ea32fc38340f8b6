"""The webhook's door: verify, record, 200. No handler, no SDK and no ORM in here."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from flask import Blueprint, Response, request
from sqlalchemy.exc import SQLAlchemyError

from bot import metrics
from bot.inbox import Clock, take_in
from models.database import BusyError, Database, can_commit

MAX_BODY = 1_000_000  # bytes
log = structlog.get_logger()


def signature(secret: str, body: bytes) -> str:
    """Return LINE's signature of a body: base64 of its HMAC-SHA256."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


@dataclass(frozen=True)
class Intake:
    """What the door needs: where to record, the secret, the clock, and a bell for our own loops."""

    database: Database
    secret: str
    clock: Clock
    ring: Callable[[], None]

    def refusal(self) -> int | None:
        """Return the status with which a request is refused before its events are looked at."""
        if request.content_length is None:
            return 411  # without a length the body could be cut short without anyone noticing
        if request.content_length > MAX_BODY:
            return 413
        given = request.headers.get("x-line-signature", "").encode("utf-8", "replace")
        expected = signature(self.secret, request.get_data(cache=True)).encode()
        return None if hmac.compare_digest(given, expected) else 401

    def record(self) -> int:
        """Record the events and return the status; 503 when nothing could be committed."""
        try:
            new, aside = take_in(self.database, request.get_data(cache=True), self.clock())
        except (BusyError, SQLAlchemyError, OSError) as error:  # OSError: no room for the lock file
            log.error("webhook.not_recorded", fault=type(error).__name__)
            return 503
        self.ring()
        metrics.EVENTS.labels("new").inc(new)
        metrics.EVENTS.labels("set_aside").inc(aside)
        return 200


def blueprint(intake: Intake) -> Blueprint:
    """Return the door as a blueprint: POST /callback and GET /livez."""
    door = Blueprint("webhook", __name__)

    @door.post("/callback")
    def callback() -> Response:
        with metrics.INTAKE.time():
            status = intake.refusal() or intake.record()
        metrics.WEBHOOKS.labels(str(status)).inc()
        return Response(status=status)

    @door.get("/livez")
    def livez() -> Response:
        alive = can_commit(intake.database)
        return Response("ok\n" if alive else "the database cannot commit\n", 200 if alive else 503)

    return door
