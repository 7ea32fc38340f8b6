"""When each step towards a race is due for a runner: personal hours, and quiet ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.countdown import Step, load_countdown
from models.race import Race
from models.race_runner import RaceRunner

MORNING, EVENING = time(8), time(21)  # nobody is written to at night, race morning excepted
LAST_WORD = time(20, 55)  # where an evening's word goes instead: minutes to be sent in
FIRST_DAY = max(step.days for step in load_countdown())
LAST_DAY = -min(step.days for step in load_countdown())
DAY = timedelta(days=1)


def steps_of(race: Race) -> tuple[Step, ...]:
    """Return the steps towards a race, in their order."""
    kinds = {"all", "goal" if race.is_goal else "other"}
    return tuple(one for one in load_countdown() if one.races in kinds)


def due(step: Step, runner: RaceRunner, school: ZoneInfo) -> datetime:
    """Return when a step is due: the school's hours before race day, the race's from then on."""
    if step.at is None:
        return _personal(step, runner)
    return _on(step, runner.race, step.at, school)


def answer_by(step: Step, race: Race, school: ZoneInfo) -> datetime:
    """Return by when a safety step wants its tap."""
    return _on(step, race, step.answer_by or LAST_WORD, school)


def until(step: Step, runner: RaceRunner, school: ZoneInfo) -> datetime:
    """Return after which instant a step no longer helps."""
    return due(step, runner, school) + timedelta(hours=step.hours)


def zone_of(step: Step, race: Race, school: ZoneInfo) -> ZoneInfo:
    """Return whose clock a step keeps: the school's before race day, the race's from then on."""
    return school if step.days > 0 else race.tz


def awake(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, or the edge of the night it falls into: the next morning."""
    local = instant.astimezone(zone)
    if MORNING <= local.time() < EVENING:
        return instant
    day = local.date() + (DAY if local.time() >= EVENING else timedelta())
    return datetime.combine(day, MORNING, zone)


def first_due(race: Race, school: ZoneInfo) -> datetime:
    """Return when the countdown of a race begins for everybody."""
    first = steps_of(race)[0]
    return due(first, RaceRunner(0, race), school)


def last_due(race: Race, school: ZoneInfo) -> datetime:
    """Return when the last word of a race's countdown is due."""
    return due(steps_of(race)[-1], RaceRunner(0, race), school)


def is_for(step: Step, runner: RaceRunner, at: datetime) -> bool:
    """Say whether a step due at an instant is for this runner: theirs by then, and still ahead.

    The first step towards the goal is for all: who is not entered gets one kind word.
    """
    since = runner.since
    if since is None or since > at or was_before_the_change(runner.race, at):
        return False
    if step.invites:
        return runner.entry is None
    return runner.runs or (runner.race.is_goal and step is steps_of(runner.race)[0])


def was_before_the_change(race: Race, at: datetime) -> bool:
    """Say whether an instant lies before the race was last moved: it is not made up for."""
    return race.changed_at is not None and at <= race.changed_at


def gives_way(step: Step, at: datetime, others: Iterable[Race], zone: ZoneInfo) -> bool:
    """Say whether a step is left out because it falls into the countdown of a greater race.

    What belongs to race day itself and what is for safety stays.
    """
    if step.is_safety or step.days == 0:
        return False
    return any(first_due(other, zone) <= at <= last_due(other, zone) for other in others)


def overlap(one: Race, other: Race, zone: ZoneInfo) -> bool:
    """Say whether two races' countdowns run at the same time."""
    return first_due(one, zone) <= last_due(other, zone) and first_due(other, zone) <= last_due(
        one, zone
    )


def greatest_first(races: Sequence[Race]) -> list[Race]:
    """Return races with the goal first, then the longest."""
    return sorted(races, key=lambda one: (not one.is_goal, -one.km, one.starts_at, one.key))


def is_greater(other: Race, race: Race) -> bool:
    """Say whether another race is the goal, or the longer one."""
    return other.key != race.key and greatest_first([other, race])[0].key == other.key


def _personal(step: Step, runner: RaceRunner) -> datetime:
    if step.start is not None:
        return runner.starts_at + timedelta(minutes=step.start)
    if step.breakfast is not None:
        return runner.breakfast_at + timedelta(minutes=step.breakfast)
    return runner.finishes_at + timedelta(minutes=step.finish or 0)


def _on(step: Step, race: Race, at: time, school: ZoneInfo) -> datetime:
    """Return a local hour of a step's day, at the edge of the quiet hours if it is within them."""
    hour = MORNING if at < MORNING and step.days else LAST_WORD if at >= EVENING else at
    return datetime.combine(race.day - step.days * DAY, hour, zone_of(step, race, school))
