"""A race by the clock: splits, margins at the gates, what to take at each station."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.carbs import Gel
from models.rules.pace import SPLITS_KM

SLOW_START_KM = 5.0
SLOW_START_S = 5  # a km: the first five are run this much slower (domain 3.4)
HALF_SHARES = (0.498, 0.502)  # of the time, for the first half
TIGHT_S = 300  # [E] less than five minutes at a gate is too little to be at ease
FINISH_SPARE_S = 5  # [E] a km: someone who runs to finish stays this far inside the gates
FINISH_S = 6.5 * 3600  # [E] where a course has no gates
# [E] minutes from the gun to one's own line, by the goal (seconds): faster blocks start first.
OFFSETS = ((3 * 3600, 2), (3.5 * 3600, 5), (4 * 3600, 10), (4.5 * 3600, 15), (5 * 3600, 20))
OFFSET_OTHERWISE = 25


@dataclass(frozen=True)
class Gate:
    """A place that closes: km, and seconds from the gun."""

    km: float
    closes_s: int


@dataclass(frozen=True)
class Station:
    """An aid station: km, and whether it has sports drink."""

    km: float
    sports: bool = False


@dataclass(frozen=True)
class Stop:
    """What to take at a station: seconds since one's own start, mL, and gels."""

    km: float
    seconds: int
    ml: int
    sports: bool
    gels: int


def splits(goal_seconds: float, km: float) -> tuple[tuple[float, int], ...]:
    """Return (km, seconds) at the usual marks of an even race over `km`."""
    marks = [mark for mark in SPLITS_KM if mark < km - 0.5]
    return tuple((mark, int(mark * goal_seconds / km + 0.5)) for mark in [*marks, km])


def usual_offset(goal_seconds: float) -> int:
    """Return the minutes from the gun to one's own start that go with a goal [E]."""
    return next((m for limit, m in OFFSETS if goal_seconds <= limit), OFFSET_OTHERWISE)


def margin(gate: Gate, pace: float, offset_s: float) -> float:
    """Return the seconds to spare at a gate (below 0: it is closed). Source: domain 1.9.

    `pace` in s/km, `offset_s` from the gun to one's own start.
    """
    return gate.closes_s - offset_s - gate.km * pace


def pace_needed(gate: Gate, offset_s: float, spare_s: float = 0.0) -> float:
    """Return the slowest pace in s/km that reaches a gate with `spare_s` to spare."""
    return (gate.closes_s - offset_s - spare_s) / gate.km


def finishing_time(gates: Sequence[Gate], km: float, offset_s: float) -> int:
    """Return a time in seconds for someone who runs to finish: steady, inside every gate."""
    if not gates:
        return int(FINISH_S)
    slowest = min(pace_needed(gate, offset_s) for gate in gates)
    return int((int(slowest) - FINISH_SPARE_S) * km)


def stops(
    stations: Sequence[Station], pace: float, ml: float, gels: Sequence[Gel]
) -> tuple[Stop, ...]:
    """Return what to take at each station at a pace in s/km; a gel at the station before its km.

    `ml` is what to drink at each. A gel due before the first station is not in it.
    """
    at: dict[float, int] = {}
    for gel in gels:
        before = [one.km for one in stations if one.km <= gel.km + 1e-9]
        if before:
            at[before[-1]] = at.get(before[-1], 0) + 1
    amount = int(ml // 10) * 10  # never rounded up: the ceiling holds
    return tuple(
        Stop(one.km, int(one.km * pace + 0.5), amount, one.sports, at.get(one.km, 0))
        for one in stations
    )


def sports_ml_per_h(stations: Sequence[Station], ml: float, hours: float) -> float:
    """Return the sports drink in mL/h of someone who takes `ml` at each station that has it."""
    return ml * sum(one.sports for one in stations) / hours


def half_window(goal_seconds: float) -> tuple[int, int]:
    """Return the earliest and latest seconds at the half. Source: domain 3.4."""
    low, high = HALF_SHARES
    return int(goal_seconds * low), int(goal_seconds * high)
