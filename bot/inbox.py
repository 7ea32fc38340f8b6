"""Intake: a signed body becomes inbox rows, each event on its own, before anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.events import Envelope, raw_key
from bot.nesting import depth, events_in
from models import inbox
from models.database import INTAKE_WAIT, Database
from models.inbox import Door, EventState

Clock = Callable[[], datetime]
MAX_KEPT = 20_000  # characters of a body that is set aside
LONGEST_INTEGER = 300  # digits
DEEPEST = 100  # levels; a Flex sent by a person would have about twenty


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
    text = body.decode("utf-8-sig", "replace")
    try:
        parsed = _parse(text)
        events = parsed["events"]
        if not isinstance(events, list):
            raise TypeError("events is no list")
    except RecursionError:
        apart = [_row_of_text(said, now) for said in events_in(text)]
        return apart or [_set_aside(body, now)]
    except (ValueError, TypeError, KeyError):
        return [_set_aside(body, now)]
    return [_row(event, now) for event in events]


def _parse(text: str) -> Any:
    value = json.loads(text, parse_int=_integer)
    if depth(value) > DEEPEST:
        raise RecursionError("nested too deeply to be sealed later")
    return value


def _integer(digits: str) -> int | str:
    """Keep a number of thousands of digits as text: Python refuses to read it, LINE sends none."""
    return int(digits) if len(digits) <= LONGEST_INTEGER else digits


def _row_of_text(said: str, now: datetime) -> dict[str, Any]:
    try:
        return _row(_parse(said), now)
    except (ValueError, RecursionError):
        return _set_aside(said.encode("utf-8", "replace"), now)


def _row(event: Any, now: datetime) -> dict[str, Any]:
    if not isinstance(event, dict):
        return _set_aside(json.dumps(event).encode(), now)
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
