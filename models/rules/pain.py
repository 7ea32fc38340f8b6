"""Pain from 0 to 10: what to do today, and when the coaches hear of it."""

from __future__ import annotations

from enum import StrEnum

# [E] stricter than the 0-5 models of Thomeé 1997 and Silbernagel 2007.
CAUTION_FROM = 3
STOP_FROM = 4
DOCTOR_FROM = 5
LASTING_DAYS = 3  # days in a row at CAUTION_FROM or above
REPEATED_DAYS = 2  # days in a row at CAUTION_FROM or above that the coaches hear of
REST_HOURS_AFTER_WORSE_MORNING = 48


class Guidance(StrEnum):
    """What the pain table says, mildest first."""

    OK = "ok"
    CAUTION = "caution"
    STOP_TODAY = "stop_today"
    SEE_DOCTOR = "see_doctor"


def guidance(
    level: int,
    limping: bool = False,
    days: int = 1,
    night: bool = False,
    bone: bool = False,
) -> Guidance:
    """Return the guidance for a pain of 0-10 that has lasted `days` days (at least 1).

    `night` is pain at night or at rest, `bone` pain at one point of a bone. ValueError outside.
    Source: domain rule 8 [E].
    """
    _check(level, days)
    lasting = level >= CAUTION_FROM and days >= LASTING_DAYS
    if level >= DOCTOR_FROM or limping or lasting or night or bone:
        return Guidance.SEE_DOCTOR
    if level >= STOP_FROM:
        return Guidance.STOP_TODAY
    return Guidance.CAUTION if level >= CAUTION_FROM else Guidance.OK


def tells_coaches(
    level: int,
    limping: bool = False,
    days: int = 1,
    night: bool = False,
    bone: bool = False,
) -> bool:
    """Return whether both coaches hear of it: 4 or more, repeated, or a matter for a doctor."""
    if level >= STOP_FROM or (level >= CAUTION_FROM and days >= REPEATED_DAYS):
        return True
    return guidance(level, limping, days, night, bone) is Guidance.SEE_DOCTOR


def rest_hours(before: int, next_morning: int) -> int:
    """Return 48 where the pain (0-10) is worse the morning after a run, else 0. Domain 4.5."""
    _check(before, 1)
    _check(next_morning, 1)
    return REST_HOURS_AFTER_WORSE_MORNING if next_morning > before else 0


def _check(level: int, days: int) -> None:
    if not 0 <= level <= 10:
        raise ValueError(f"pain {level} is not between 0 and 10")
    if days < 1:
        raise ValueError("a pain lasts at least one day")
