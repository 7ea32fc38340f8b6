"""What is due around a countdown: a moved race, somebody late, and who did not answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.turn import Occurrence
from models import race, race_calendar, race_changes, school
from models.person import Person
from models.race import Race
from models.race_calendar import DAY, FIRST_DAY, LAST_DAY
from scheduler.planner import Window

SECOND_THOUGHTS = timedelta(minutes=1)  # who corrects a slip is not announced twice
SETTLE = timedelta(minutes=15)  # to finish enrolling before more is said
NIGHT = timedelta(hours=12)
READ_BY = timedelta(hours=12)  # how long the coaches' list is worth reading


def due(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Yield what falls into the window."""
    yield from _moved(db, window, zone)
    since, until = window.since - (LAST_DAY + 2) * DAY, window.until + (FIRST_DAY + 2) * DAY
    for one in race.between(db, since, until):
        if window.until > race_calendar.first_due(one, zone):
            yield from _late(db, one, window, zone)
            yield from _silent(db, one, window, zone)


def _moved(db: Session, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Tell everybody who runs once of a race that was moved or withdrawn."""
    for one in race_changes.changed_between(db, window.since - NIGHT, window.until):
        known = one.was_at or one.starts_at
        assert one.changed_at is not None
        if (known == one.starts_at and not one.cancelled) or known < one.changed_at:
            continue
        at = race_calendar.awake(one.changed_at + SECOND_THOUGHTS, zone)
        yield Occurrence(
            "race.moved", one.key, one.revision, at, at + 7 * DAY, people=_runners(db, one)
        )


def _runners(db: Session, one: Race) -> tuple[int, ...]:
    found = race.runners(db, one, race.members(db, one))
    return tuple(runner.person_id for runner in found if runner.runs)


def _late(db: Session, one: Race, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Give who enrolled during the goal race's countdown one word with what still helps."""
    began = race_calendar.first_due(one, zone)
    if not one.is_goal or window.since >= one.starts_at:
        return
    for runner in race.runners(db, one, race.members(db, one)):
        since = runner.enrolled or began  # who comes in again is told at once
        at = race_calendar.awake(since + SETTLE, zone)
        if runner.runs and began < since and at < one.starts_at:
            yield _alone("race.late", one, at, one.starts_at, runner.person_id)


def _alone(kind: str, one: Race, at: datetime, until: datetime, person: int) -> Occurrence:
    return Occurrence(kind, one.key, one.revision, at, until, people=(person,), page=f"@{person}")


def _silent(db: Session, one: Race, window: Window, zone: ZoneInfo) -> Iterator[Occurrence]:
    """Give the coaches one list for each deadline by which a tap was wanted."""
    asked = [s for s in race_calendar.steps_of(one) if s.is_safety]
    dated = [(race_calendar.answer_by(step, one, zone), step) for step in asked]
    near = [(at, step) for at, step in dated if window.holds(at)]
    staff = {found.key for found in (*school.office(db), *_coaches(db, one))} if near else set()
    for at, step in near:
        if not race_calendar.was_before_the_change(one, at):
            until, people = at + READ_BY, tuple(sorted(staff))
            yield Occurrence(
                "race.silent", one.key, one.revision, at, until, people=people, label=step.id
            )


def _coaches(db: Session, one: Race) -> Iterator[Person]:
    for class_ in school.classes(db):
        if class_.term_id == one.term_id:
            yield from school.coaches_of(db, class_.key)
