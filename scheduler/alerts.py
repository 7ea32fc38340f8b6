"""When people hear of what did not arrive: in one digest, by day unless safety is in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import alert, school
from models.alert import Haste
from models.rules import hours
from scheduler.planner import Window

GATHER = timedelta(minutes=10)  # what goes wrong together is told together
AGAIN = timedelta(hours=1)  # an alert that no digest told comes into the next one
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield a digest for the first and the last alert that waits, and each hour while any does."""
    found = {
        at
        for haste, raised in alert.untold(db).items()
        for at in _hours(haste, raised, window, zone)
        if window.holds(at)
    }
    staff = _staff(db) if found else ()
    for at in sorted(found) if staff else ():
        label = f"{at.astimezone(UTC):%Y%m%d%H%M}"
        yield Occurrence("alert.digest", 0, 0, at, at + AGAIN, people=staff, label=label)


def _hours(
    haste: Haste, raised: tuple[datetime, datetime], window: Window, zone: ZoneInfo
) -> Iterator[datetime]:
    first, last = (_after(at) for at in raised)
    again = _before(window.until, AGAIN)
    for at in {first, last, max(first, again)}:
        local = at.astimezone(zone)
        yield local if haste is Haste.NOW else hours.daytime(local)


def _after(at: datetime) -> datetime:
    return _before(at, GATHER) + GATHER


def _before(at: datetime, beat: timedelta) -> datetime:
    return at - (at - EPOCH) % beat


def _staff(db: Session) -> tuple[int, ...]:
    coaches = [one for class_ in school.classes(db) for one in school.coaches_of(db, class_.key)]
    return tuple(dict.fromkeys(one.key for one in [*coaches, *school.office(db)]))
