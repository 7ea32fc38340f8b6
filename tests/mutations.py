"""What a mutant puts in place of a safeguard: the same thing with one care left out."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy import update
from sqlmodel import col

import bot.inbox
import bot.webhook
import models.inbox
import models.outbox
from bot.decide import Verdict
from bot.delivery import Delivery
from bot.line import Line
from models.claim import Claim
from models.outbox import OutboxRow, RowState
from scheduler.planner import Planner


def no_retry_key(call: Any) -> Any:
    def without(self: Line, method: str, path: str, body: Any, headers: Any = None, **how: Any):
        kept = {k: v for k, v in (headers or {}).items() if k != "X-Line-Retry-Key"}
        return call(self, method, path, body, kept, **how)

    return without


def fresh_key(_key: Any) -> Any:
    return property(lambda _claim: str(uuid4()))


def no_unique_key(row: Any) -> Any:
    """Write an occurrence as if no key were unique: each planner has its own."""

    def keyless(occurrence: Any, **how: Any) -> Any:
        mine = str(uuid4())
        return row(replace(occurrence, page=f"{occurrence.page}#{mine}"), **how)

    return keyless


def marked_before(send: Any) -> Any:
    def marked(self: Delivery, claimed: Claim) -> Any:
        with self._database.write() as db:
            models.outbox.settle(db, claimed.row, RowState.ACCEPTED, self._clock())
        return send(self, claimed)

    return marked


def no_fence(_mine: Any) -> Any:
    def unfenced(db: Any, row: OutboxRow, values: dict[str, Any]) -> bool:
        statement = update(OutboxRow).where(col(OutboxRow.seq) == row.seq)
        return db.connection().execute(statement.values(**values)).rowcount > 0

    return unfenced


def fails_at_409(decide: Any) -> Any:
    def decided(status: int | None, body: str, **how: Any) -> Verdict:
        return Verdict.DEAD if status == 409 else decide(status, body, **how)

    return decided


def ok_first(record: Any) -> Any:
    def early(self: Any) -> int:
        rows = bot.inbox.rows_of(bot.webhook.request.get_data(cache=True), self.clock())

        def later() -> None:
            with self.database.connect() as connection:
                models.inbox.record(connection, rows, self.clock())
            self.ring()

        threading.Timer(0.05, later).start()
        return 200

    return early


def no_dedupe(row: Any) -> Any:
    return lambda event, now: row(event, now) | {"key": str(uuid4())}


def push_after_doubt(decide: Any) -> Any:
    def decided(status: int | None, body: str, **how: Any) -> Verdict:
        return decide(status, body, **(how | {"in_doubt": how["in_doubt"] and not how["by_reply"]}))

    return decided


class OneConnection:
    """A database whose every write transaction is the same one."""

    def __init__(self, real: Any, connection: Any) -> None:
        self.read, self._connection = real.read, connection

    def connect(self) -> Any:
        return nullcontext(self._connection)


def one_transaction(plan: Any) -> Any:
    def planned(self: Planner, now: Any) -> Any:
        real = self._database
        with real.connect() as connection:
            self._database = OneConnection(real, connection)
            try:
                return plan(self, now)
            finally:
                self._database = real

    return planned
