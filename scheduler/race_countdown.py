"""When the steps towards a race are due: each runner's own hours, and never twice the load."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import race, race_calendar
from models.countdown import Step
from models.race import Race
from models.race_calendar import DAY, FIRST_DAY, LAST_DAY
from models.race_runner import RaceRunner
from scheduler.planner import Window

PERSONAL = timedelta(hours=16)  # how far around the gun a personal hour can lie
Groups = dict[datetime, list[int]]


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield the steps that fall into the window, a page for each hour that runners share."""
    since, until = window.since - LAST_DAY * DAY, window.until + FIRST_DAY * DAY
    for one in race.between(db, since - 2 * DAY, until + 2 * DAY):
        steps = [s for s in race_calendar.steps_of(one) if _is_near(s, one, window, zone)]
        if steps:
            runners = race.runners(db, one, race.members(db, one))
            busy = _busy(db, one, runners, zone)
            for step in steps:
                yield from _step(step, one, runners, busy, zone)


def _is_near(step: Step, one: Race, window: Window, zone: ZoneInfo) -> bool:
    if step.is_personal:
        return window.since - PERSONAL < one.starts_at <= window.until + PERSONAL
    return window.holds(race_calendar.due(step, RaceRunner(0, one), zone))


def _busy(
    db: Session, one: Race, runners: Sequence[RaceRunner], zone: ZoneInfo
) -> dict[int, list[Race]]:
    """Return, for each runner, the greater races they run whose countdown may take precedence."""
    found: dict[int, list[Race]] = defaultdict(list)
    for other in race.of_term(db, one.term_id):
        if race_calendar.is_greater(other, one) and race_calendar.overlap(other, one, zone):
            for runner in race.runners(db, other, [r.person_id for r in runners]):
                if runner.runs:
                    found[runner.person_id].append(other)
    return found


def _step(
    step: Step,
    one: Race,
    runners: Sequence[RaceRunner],
    busy: dict[int, list[Race]],
    zone: ZoneInfo,
) -> Iterator[Occurrence]:
    groups: Groups = defaultdict(list)
    for runner in runners:
        at = race_calendar.due(step, runner, zone)
        others = busy.get(runner.person_id, [])
        if race_calendar.is_for(step, runner, at) and not race_calendar.gives_way(
            step, at, others, zone
        ):
            groups[at].append(runner.person_id)
    for at, people in sorted(groups.items()):
        until = at + timedelta(hours=step.hours)
        page = _page(at, people) if step.is_personal else ""
        kept = race_calendar.zone_of(step, one, zone)
        nights = kept.key if kept != zone else ""
        yield Occurrence(
            step.kind, one.key, one.revision, at, until, "", tuple(people), step.id, page, nights
        )


def _page(at: datetime, people: list[int]) -> str:
    """Return a page's name: who joins a page that was recorded makes it a new one.

    Whoever was in it before hears nothing twice: the outbox knows what was said to whom.
    """
    return f"@{at:%d%H%M}-{crc32(repr(people).encode()):08x}"
