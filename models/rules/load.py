"""Training load: session RPE, the week's monotony and strain, and the long-run rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

MONOTONY_WITHOUT_CONTRAST = 10.0  # stands for infinity: every day the same
MONOTONY_HIGH = 2.0  # above it a rest day is missing (Foster 2001)
ACUTE_DAYS = 7
CHRONIC_DAYS = 28
LEAST_DAYS = 21  # before that the chronic mean says nothing
SHARP_RISE = 1.5  # a sign of a sharp rise only, no diagnosis of risk
LONG_RUN_GROWTH = 1.10  # Frandsen 2025: longest run of 30 days, times this


@dataclass(frozen=True)
class Week:
    """Seven days of load in arbitrary units (RPE x minutes)."""

    total: float
    mean: float
    deviation: float
    monotony: float
    strain: float


@dataclass(frozen=True)
class Trend:
    """Exponentially weighted load of 7 and 28 days, and their ratio (0 without any load)."""

    acute: float
    chronic: float
    ratio: float


def session_load(rpe: float, minutes: float) -> float:
    """Return RPE 0-10 times minutes 0-1440; ValueError outside. Source: Foster 2001."""
    if not (0 <= rpe <= 10 and 0 <= minutes <= 1440):
        raise ValueError("RPE 0-10, minutes 0-1440")
    return rpe * minutes


def week(loads: Sequence[float]) -> Week:
    """Return the figures of seven days' loads, rest days as 0; ValueError for another count."""
    if len(loads) != 7 or not all(0 <= load < float("inf") for load in loads):
        raise ValueError("seven loads, none negative")
    total, mean, deviation = sum(loads), fmean(loads), stdev(loads)
    monotony = mean / deviation if deviation else MONOTONY_WITHOUT_CONTRAST
    if not total:
        monotony = 0.0  # a week of rest lacks nothing
    return Week(total, mean, deviation, monotony, total * monotony)


def trend(loads: Sequence[float]) -> Trend | None:
    """Return the trend of daily loads, oldest first, or None with fewer than 21 days.

    Information only (Williams 2017); the ratio is no measure of injury risk (Impellizzeri 2020).
    """
    if any(not 0 <= load < float("inf") for load in loads):
        raise ValueError("loads are not negative")
    if len(loads) < LEAST_DAYS:
        return None
    acute, chronic = _weighted(loads, ACUTE_DAYS), _weighted(loads, CHRONIC_DAYS)
    return Trend(acute, chronic, acute / chronic if chronic else 0.0)


def longest_next_run(longest_30_days_km: float) -> float:
    """Return the longest run in km that the 10 % rule allows; ValueError for a negative length."""
    if not 0 <= longest_30_days_km <= 300:
        raise ValueError("a longest run of 0-300 km")
    return LONG_RUN_GROWTH * longest_30_days_km


def is_too_long(planned_km: float, longest_30_days_km: float) -> bool:
    """Return whether a planned run breaks the 10 % rule; without any run before there is no rule.

    Both in km, 0-300; ValueError outside. Source: Frandsen 2025 (domain rule 7).
    """
    if not 0 <= planned_km <= 300:
        raise ValueError("a planned run of 0-300 km")
    allowed = longest_next_run(longest_30_days_km)
    return allowed > 0 and planned_km > allowed + 1e-9


def _weighted(loads: Sequence[float], days: int) -> float:
    share = 2 / (days + 1)
    value = loads[0]
    for load in loads[1:]:
        value = share * load + (1 - share) * value
    return value
