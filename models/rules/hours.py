"""Hours of the school's week, by the local calendar and never by adding 24 hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

MORNING, EVENING = time(8), time(21)  # nobody is chased at night
BEDTIME = time(21, 15)  # what is said just before the evening ends may still be on its way


def weekly_before(moment: datetime, weekday: int, at: time) -> datetime:
    """Return the last local `weekday` (Monday is 0) at `at` that is not after a local moment."""
    back = (moment.weekday() - weekday) % 7
    found = _on(moment - timedelta(days=back), at)
    return found if found <= moment else _on(found - timedelta(days=7), at)


def day_before(moment: datetime) -> datetime:
    """Return the same local hour on the day before."""
    return _on(moment - timedelta(days=1), moment.time())


def week_start(moment: datetime, weeks: int = 0) -> datetime:
    """Return the local midnight on which the week of a moment (or a later one) begins."""
    return _on(moment + timedelta(days=7 * weeks - moment.weekday()), time())


def is_daytime(moment: datetime) -> bool:
    """Say whether a local moment is an hour at which people may be chased."""
    return MORNING <= moment.time() < EVENING


def daytime(moment: datetime) -> datetime:
    """Return a local moment, or the next morning when it falls into the night."""
    if is_daytime(moment):
        return moment
    return _on(moment if moment.time() < MORNING else moment + timedelta(days=1), MORNING)


def is_bedtime(moment: datetime) -> bool:
    """Say whether a local moment is too late for what should have been said by day."""
    return not MORNING <= moment.time() < BEDTIME


def night_after(moment: datetime) -> tuple[datetime, datetime]:
    """Return when the night after a local moment of the day begins and ends."""
    return _on(moment, BEDTIME), _on(moment + timedelta(days=1), MORNING)


def _on(day: datetime, at: time) -> datetime:
    return datetime.combine(day.date(), at, day.tzinfo)
