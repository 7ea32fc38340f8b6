"""What a warm parent does once: what it learns (words, mappers, SQL) each life inherits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import delete

from bot.delivery import Delivery
from bot.inbox import rows_of
from bot.line import Line, Outcome
from bot.occurrences import row
from bot.parts import Parts, build_engine
from bot.turn import Occurrence
from models import inbox
from models.inbox import InboxEvent
from models.outbox import OutboxRow
from tests.crash.roles import Order, parts

STEPS = 40  # more than the practice takes


class Nowhere(Line):
    """A LINE that accepts everything, and nobody hears it."""

    def _call(self, *_: Any, **__: Any) -> Outcome:
        return Outcome(200, "{}")


def practised(order: Order) -> Parts:
    """Hear a note and some notices to the end in the parent, and leave no trace of them."""
    made = parts(order)
    now = made.clock()
    with made.database.connect() as connection:
        inbox.record(connection, [*_note(order, now), *_notices(order, now)], now)
    line = Nowhere("")
    engine, delivery = build_engine(made, line), Delivery(made.database, line, made.clock)
    for _ in range(STEPS):
        engine.step()
        delivery.step()
    made.ticker(made.database, made.clock).plan(now)
    with made.database.write() as db:
        for table in (OutboxRow, InboxEvent):
            db.execute(delete(table))
    made.database.close()
    return made


def _note(order: Order, now: datetime) -> list[dict[str, Any]]:
    """Return the inbox row of a note by somebody who writes none in the siege."""
    event = {
        **{"type": "message", "mode": "active", "replyToken": "practice"},
        **{"webhookEventId": "practice", "timestamp": int(now.timestamp() * 1000)},
        "source": {"type": "user", "userId": order["silent"]},
        "message": {"type": "text", "id": "practice", "text": "note 0"},
    }
    return rows_of(json.dumps({"destination": "U", "events": [event]}).encode(), now)


def _notices(order: Order, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield a notice for several people and one for a single person."""
    for number, many in enumerate([4, 1]):
        people, until = tuple(order["people"][:many]), now + timedelta(hours=1)
        yield row(Occurrence("probe.due", -1 - number, 0, now, until, people=people))
