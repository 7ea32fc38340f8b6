"""The month's messages: what LINE counts, what is left, and what ordinary words may still spend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select

from models.billing import end_of, reached, sent, start_of, unsent, waiting
from models.columns import instant
from models.outbox import OutboxRow, Priority

HABIT = timedelta(days=28)  # how far back the usual broadcasts are counted


class Plan(SQLModel, table=True):
    """What LINE says of the plan and the calendars of the month; one row, kept by the workers."""

    __tablename__ = "quota_plan"

    id: int = Field(default=1, primary_key=True)
    most: int | None = None  # people a month; None: no limit
    consumed: int = 0  # by LINE's approximate count, sends from its own console included
    reserve: int = 0
    used_then: int = 0
    ahead: int = 0  # people the calendars will speak to until the month ends
    race_ahead: int = 0  # of these, for the race
    race_week: int = 0
    looked_at: datetime = instant()


@dataclass(frozen=True)
class Month:
    """The month so far, in messages as LINE counts them: one a person and request."""

    known: bool
    most: int | None
    used: int
    waiting: int
    reserve: int
    forecast: int
    race_week: int
    unsent: int

    @property
    def left(self) -> int | None:
        """What LINE will still take this month; None without a limit."""
        return None if self.most is None else max(0, self.most - self.used)

    @property
    def free(self) -> int | None:
        """What ordinary words may still spend: not what waits, and not the reserve."""
        return None if self.left is None else max(0, self.left - self.waiting - self.reserve)


@dataclass(frozen=True)
class Allowed:
    """It may be sent, and costs this."""

    cost: int
    month: Month


@dataclass(frozen=True)
class Refused:
    """It would spend the reserve."""

    cost: int
    month: Month


def judge(db: Session, now: datetime, people: int, messages: int = 1) -> Allowed | Refused:
    """Say whether ordinary words to so many people, in so many requests, may be sent."""
    cost, found = people * messages, month(db, now)
    fits = found.free is None or cost <= found.free
    return Allowed(cost, found) if fits else Refused(cost, found)


def month(db: Session, now: datetime) -> Month:
    """Return the month as it stands: of our own count and LINE's the greater one."""
    plan = db.get(Plan, 1)
    fresh = plan if plan and start_of(plan.looked_at) == start_of(now) else None
    used = max(sent(db, start_of(now), now), _theirs(db, fresh, now) if fresh else 0)
    pending = waiting(db, end_of(now))
    planned = (max(used, fresh.used_then + fresh.ahead) if fresh else used) + pending
    written = _usual(db, now, col(OutboxRow.priority) == Priority.BROADCAST)
    return Month(
        known=plan is not None,
        most=plan.most if plan else None,
        used=used,
        waiting=pending,
        reserve=max(plan.reserve, fresh.race_ahead if fresh else 0) if plan else 0,
        # The calendars know what is set, not what will be answered: the greater guess holds.
        forecast=max(planned + written, used + _usual(db, now)),
        race_week=plan.race_week if plan else 0,
        unsent=unsent(db, now)[0],
    )


def keep(db: Session, plan: Plan) -> None:
    """Keep what LINE and the calendars said."""
    db.merge(plan)


def looked_at(db: Session) -> datetime | None:
    """Return when LINE was asked last."""
    plan = db.get(Plan, 1)
    return plan.looked_at if plan else None


def crossed(db: Session, now: datetime, percent: int) -> tuple[int, datetime] | None:
    """Return plan and instant at which this month's messages passed a share of it."""
    plan = db.get(Plan, 1)
    if plan is None or not plan.most:
        return None
    mark, since = plan.most * percent / 100, start_of(now)
    if sent(db, since, now) >= mark:
        return plan.most, reached(db, since, mark)
    theirs = plan.looked_at if plan.looked_at >= since and plan.consumed >= mark else None
    return (plan.most, theirs) if theirs else None


def _theirs(db: Session, plan: Plan, now: datetime) -> int:
    """Return LINE's count, and what we have sent since it was asked."""
    return plan.consumed + sent(db, plan.looked_at + timedelta.resolution, now)


def _usual(db: Session, now: datetime, *conditions: Any) -> int:
    """Return what the rest of the month will take if it goes on as in the last weeks."""
    total = select(func.coalesce(func.sum(OutboxRow.billed), 0))
    lately = db.exec(total.where(col(OutboxRow.final_at) >= now - HABIT, *conditions)).one() or 0
    return round(lately * ((end_of(now) - now) / HABIT))
