"""The planner: asks every calendar what is due and records it, once, whoever asks first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import occurrences
from bot.turn import Occurrence
from models import heartbeat, inbox, restoration
from models.database import Database
from models.inbox import EventState
from models.restoration import Restoration

CATCH_UP = timedelta(days=3)  # what came due while nothing ran is made up for this far back
LOOK_BACK = timedelta(days=30)  # and is recorded as missed this far: housekeeping knows the keys
PLANNED = "planned"  # the heartbeat that says until when everything due is recorded
AHEAD = (timedelta(days=1), timedelta(days=30))  # far is looked only where near there is nothing


@dataclass(frozen=True)
class Window:
    """A stretch of time, open at its start and closed at its end."""

    since: datetime
    until: datetime

    def holds(self, instant: datetime) -> bool:
        """Whether an instant falls within."""
        return self.since < instant <= self.until


def _is_missed(page: Occurrence, now: datetime, lost: Restoration | None) -> bool:
    """Say whether it is too late, or was perhaps said in the time that a restored backup lacks."""
    in_doubt = lost is not None and page.due_at <= lost.doubt_until
    return in_doubt or now > page.until or page.due_at <= now - CATCH_UP


def _is_no_news(db: Session, page: Occurrence, state: str) -> bool:
    """Whether something missed is only a page whose people were all planned for before."""
    return state == EventState.MISSED and occurrences.is_overtaken(db, page)


Calendar = Callable[[Session, Window, ZoneInfo], Iterable[Occurrence]]


class Planner:
    """Any number may run: an occurrence's key lets it be recorded once."""

    def __init__(self, database: Database, calendars: Iterable[Calendar], zone: ZoneInfo) -> None:
        self._database, self._calendars, self._zone = database, tuple(calendars), zone

    def plan(self, now: datetime) -> int:
        """Record what came due and is not recorded yet; return how much that was."""
        with self._database.read() as db:
            planned = heartbeat.all_beats(db).get(PLANNED, now)
        if planned > now:
            self._take_back_missed(now)
        with self._database.read() as db:
            since = max(min(planned, now - CATCH_UP), now - LOOK_BACK)
            fresh = self._unrecorded(db, Window(since, now))
        for start in range(0, len(fresh), 20):  # small transactions: a crash loses none of the rest
            with self._database.connect() as connection:
                inbox.record(connection, fresh[start : start + 20], now)
        with self._database.write() as db:
            heartbeat.beat(db, PLANNED, now)
        return len(fresh)

    def _unrecorded(self, db: Session, window: Window) -> list[dict[str, Any]]:
        """Return the rows of what came due in the window and is not recorded yet."""
        now, lost = window.until, restoration.last(db)
        due = [page for one in self._due(db, window) for page in occurrences.pages(one)]
        rows = [(p, occurrences.row(p, missed=_is_missed(p, now, lost))) for p in due]
        known = inbox.known_keys(db, [row["key"] for _, row in rows])
        return [
            row
            for page, row in rows
            if row["key"] not in known and not _is_no_news(db, page, row["state"])
        ]

    def _take_back_missed(self, now: datetime) -> None:
        """After the wall clock ran ahead: what was missed only by that clock is due again."""
        with self._database.write() as db:
            inbox.forget_missed(db, now)

    def next_due(self, now: datetime) -> datetime | None:
        """Return when the next occurrence is due (the time machine's next stop)."""
        with self._database.read() as db:
            return next((due for reach in AHEAD if (due := self._first(db, now, reach))), None)

    def ahead(self, since: datetime, until: datetime) -> list[Occurrence]:
        """Return what will be due between two instants, as things stand."""
        with self._database.read() as db:
            return self._due(db, Window(since, until))

    def _first(self, db: Session, now: datetime, reach: timedelta) -> datetime | None:
        due = self._due(db, Window(now, now + reach))
        return due[0].due_at if due else None

    def _due(self, db: Session, window: Window) -> list[Occurrence]:
        found = [one for calendar in self._calendars for one in calendar(db, window, self._zone)]
        return sorted(
            (one for one in found if window.holds(one.due_at)), key=lambda one: one.due_at
        )
