"""Delivery: lease a row, send it, decide, and write down what became of it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlmodel import Session

from bot import metrics
from bot.decide import Verdict, decide
from bot.faults import seen_in
from bot.gate import Gate
from bot.inbox import Clock
from bot.line import Line, Outcome
from bot.pace import Pace, delay
from models import billing, breaker, outbox, outbox_queue
from models.breaker import Breaker
from models.claim import Claim, claim
from models.database import Database
from models.outbox import OutboxRow, Priority, RowState

KEY_LIFE = timedelta(hours=23)  # LINE forgets a retry key after 24 h: then it would send twice
MOST_FAULTS = 8  # tries of a row that only raises: then it is set aside, and somebody told
OUR_FAULT = Outcome(None, "a fault of ours")
HOLD = timedelta(minutes=5)  # between tries of safety in a spent month
log = structlog.get_logger()


class Delivery:
    """One step sends one row; any number of threads and processes may step."""

    def __init__(
        self,
        database: Database,
        line: Line,
        clock: Clock,
        pace: Pace | None = None,
        real_now: Callable[[], float] = time.time,
    ) -> None:
        self._database, self._line, self._clock = database, line, clock
        self._pace, self._real_now = pace or Pace(), real_now
        self._gate = Gate(database, self._pace.pause)

    @property
    def clock_skew(self) -> float | None:
        """Seconds by which our clock is ahead of LINE's, if LINE answered lately."""
        return self._line.clock.skew

    def step(self) -> bool:
        """Send the next row; False when there is none, or LINE refuses our token."""
        now, real = self._clock(), self._real()
        with self._database.read() as db:
            has_work, refused = outbox_queue.has_work(db, now, real), breaker.tripped(db)
        if not (has_work or refused) or not self._gate.lets_through(refused, real):
            return False
        claimed = self._claim()
        while refused and claimed and claimed.row.state != RowState.PENDING:
            claimed = self._claim()  # a try is of a row that goes out
        if claimed and claimed.row.state == RowState.PENDING:
            self._settle(claimed, self._try_to_send(claimed), refused)
        elif refused:
            self._gate.ask(self._line, refused, now)
        return claimed is not None

    def _claim(self) -> Claim | None:
        now = self._clock()
        with self._database.write() as db:
            claimed = claim(db, now, self._real(), self._pace.lease)
            if claimed is not None and (state := _unfit(claimed, now)):
                db.flush()
                outbox.settle(db, claimed.row, state, now)
                claimed.row.state = state
                log.warning("delivery.not_sent", state=state, priority=claimed.row.priority)
        return claimed

    def _try_to_send(self, claimed: Claim) -> Outcome:
        """Send; a fault of ours is an answer that never came, and waits as long as any other."""
        try:
            with metrics.SENDING.time():
                return self._send(claimed)
        except Exception as error:
            log.error("delivery.failed", attempt=claimed.row.attempts, **seen_in(error))
            return OUR_FAULT

    def _send(self, claimed: Claim) -> Outcome:
        row, messages = claimed.row, claimed.messages or []
        if row.reply_token:
            return self._line.reply(row.reply_token, messages)
        if len(claimed.people) > 1:
            return self._line.multicast(claimed.people, messages, claimed.key)
        return self._line.push(row.recipient, messages, claimed.key)

    def _settle(self, claimed: Claim, outcome: Outcome, refused: Breaker | None = None) -> None:
        row, now = claimed.row, self._clock()
        verdict = decide(
            outcome.status,
            outcome.body,
            by_reply=bool(row.reply_token),
            in_doubt=claimed.was_in_doubt,
            priority=row.priority,
            bundled=row.bundle is not None,
        )
        _note(claimed, outcome, verdict)
        with self._database.write() as db:
            self._write(db, claimed, outcome, verdict, now)
            if verdict is Verdict.PAUSE:
                self._gate.shut(db, now, self._real())
            elif refused and verdict is not Verdict.LATER:
                self._gate.open(db, refused, now)

    def _write(
        self, db: Session, claimed: Claim, outcome: Outcome, verdict: Verdict, now: datetime
    ) -> bool:
        row = claimed.row
        seen: dict[str, Any] = {"status": outcome.status, "request_id": outcome.request_id}
        match verdict:
            case Verdict.SENT:
                sent = outbox.settle(db, row, RowState.ACCEPTED, now, billed=0, **seen)
                billing.bill(db, claimed)
                return sent
            case Verdict.DEAD | Verdict.QUOTA:
                return outbox.settle(db, row, RowState.DEAD, now, **seen)
            case Verdict.PUSH:
                return self._push_instead(db, row, now, seen)
            case Verdict.SINGLY:
                apart = {"bundle": None, "alone": True, "in_doubt": False, "first_attempt_at": None}
                return outbox.postpone(db, row, now, **apart, **seen)
        if outcome is OUR_FAULT and row.attempts >= MOST_FAULTS:
            return outbox.settle(db, row, RowState.UNKNOWN, now, **seen)
        known = outcome.status in {401, 429}  # LINE said plainly that it did not take it
        doubt = claimed.was_in_doubt if known else True
        free = {} if doubt else {"bundle": None}  # it may go otherwise, under another key
        return outbox.postpone(
            db, row, now + self._wait(verdict, row, outcome), in_doubt=doubt, **free, **seen
        )

    def _wait(self, verdict: Verdict, row: OutboxRow, outcome: Outcome) -> timedelta:
        known = {Verdict.PAUSE: timedelta(), Verdict.HOLD: HOLD}
        return known[verdict] if verdict in known else self._delay(row, outcome)

    def _push_instead(
        self, db: Session, row: OutboxRow, now: datetime, seen: dict[str, Any]
    ) -> bool:
        """Give up the reply token: push in 1:1; in a group a push would be paid by all."""
        if not row.recipient.startswith("U") and row.priority != Priority.SAFETY:
            return outbox.settle(db, row, RowState.EXPIRED, now, **seen)
        return outbox.postpone(
            db, row, now, reply_token=None, in_doubt=False, first_attempt_at=None, **seen
        )

    def _delay(self, row: OutboxRow, outcome: Outcome) -> timedelta:
        chance = random.random()  # noqa: S311 - jitter, no secret
        return delay(row.attempts, outcome.retry_after, self._pace, chance)

    def _real(self) -> datetime:
        return datetime.fromtimestamp(self._real_now(), UTC)


def _note(claimed: Claim, outcome: Outcome, verdict: Verdict) -> None:
    metrics.SENT.labels(verdict).inc()
    level = log.info if verdict is Verdict.SENT else log.warning
    level(
        "delivery",
        verdict=verdict,
        status=outcome.status,
        attempt=claimed.row.attempts,
        request=outcome.request_id,
        rows=len(claimed.rows),
        priority=claimed.row.priority,
    )


def _unfit(claimed: Claim, now: datetime) -> RowState | None:
    """Say why a claim must not be sent: unreadable, past its use, or past its retry key's life."""
    row, doubtful = claimed.row, claimed.was_in_doubt
    if claimed.messages is None:  # of a bundle in doubt, a part may have been taken back
        return RowState.UNKNOWN if doubtful and row.bundle else RowState.DEAD
    if doubtful and now - (row.first_attempt_at or now) > KEY_LIFE:
        return RowState.UNKNOWN
    if claimed.expires_at <= now:
        return RowState.UNKNOWN if doubtful else RowState.EXPIRED
    return None
