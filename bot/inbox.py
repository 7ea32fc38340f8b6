"""Intake: a signed body becomes inbox rows, each event on its own, before anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.events import Envelope, raw_key
from models import inbox
from models.database import INTAKE_WAIT, Database
from models.inbox import Door, EventState

Clock = Callable[[], datetime]
MAX_KEPT = 20_000  # characters of a body that is set aside


def take_in(database: Database, body: bytes, now: datetime) -> tuple[int, int]:
    """Record a signed webhook body; return how many events were new and how many set aside.

    Raises BusyError or a database error when nothing could be committed.
    """
    rows = rows_of(body, now)
    if not rows:
        return 0, 0
    with database.connect(INTAKE_WAIT) as connection:
        new = inbox.record(connection, rows, now)
    return new, sum(row["state"] == EventState.DEAD for row in rows)


def rows_of(body: bytes, now: datetime) -> list[dict[str, Any]]:
    """Return one row an event; what is no event is kept apart and spoils nothing."""
    try:
        parsed = json.loads(body)
        events = parsed["events"]
        if not isinstance(events, list):
            raise TypeError("events is no list")
    except (ValueError, TypeError, KeyError, RecursionError):
        return [_set_aside(body, now)]
    return [_row(event, now) for event in events]


def _row(event: Any, now: datetime) -> dict[str, Any]:
    try:
        said = json.dumps(event).encode()
    except RecursionError:
        return _set_aside(b"nested too deeply: " + str(now).encode(), now)
    if not isinstance(event, dict):
        return _set_aside(said, now)
    envelope = Envelope(event)
    return {
        "key": envelope.key,
        "door": Door.LINE,
        "chat": envelope.chat.id if envelope.chat else "nowhere",
        "state": EventState.WAITING,
        "message_id": envelope.message_id,
        "body": event,
        "happened_at": envelope.happened_at(now),
    }


def _set_aside(body: bytes, now: datetime) -> dict[str, Any]:
    kept = body.decode("utf-8", "replace")[:MAX_KEPT]
    return {
        "key": raw_key(body),
        "door": Door.LINE,
        "chat": "nowhere",
        "state": EventState.DEAD,
        "message_id": None,
        "body": {"raw": kept},
        "happened_at": now,
    }
