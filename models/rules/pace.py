"""Pace: even splits, what a test predicts for the marathon, and paces to train at."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

MARATHON_KM = 42.195
HALF_KM = 21.0975
SPLITS_KM = (5.0, 10.0, 15.0, 20.0, HALF_KM, 25.0, 30.0, 35.0, 40.0, MARATHON_KM)
GOAL_LIMITS_S = (2 * 3600.0, 8 * 3600.0)  # [E] a marathon outside this is a typing error
PACE_LIMITS_S = (150.0, 900.0)  # [E] seconds per km that a test may show

# ONE TOKYO's reference times in seconds: 10 km, half, full (supervised by K. Maekawa, JAAF).
REFERENCE = (
    (2340, 5040, 10800),
    (2680, 5780, 12600),
    (3000, 6400, 14400),
    (3300, 7040, 16200),
    (3600, 7660, 18000),
)
RIEGEL_BEST = 1.06  # what fewer than 5 % of amateurs reach
RIEGEL_CAUTIOUS = 1.15  # Vickers & Vertosick 2016: nearer to the median
EASY = (0.59, 0.74)  # shares of VDOT
THRESHOLD = 0.88
INTERVAL = 0.975


@dataclass(frozen=True)
class Prediction:
    """Three marathon times in seconds: at best, to plan with, with caution."""

    best: int
    plan: int
    cautious: int


@dataclass(frozen=True)
class TrainingPaces:
    """Paces in seconds per km; easy is (fastest, slowest)."""

    vdot: float
    easy: tuple[float, float]
    marathon: float
    threshold: float
    interval: float


def pace_of(goal_seconds: float) -> float:
    """Return seconds per km of an even marathon in 2-8 h; ValueError outside.

    Show it rounded down, `int(...)`, so that it is safe for the goal.
    """
    _check(goal_seconds)
    return goal_seconds / MARATHON_KM


def even_splits(
    goal_seconds: float, marks_km: tuple[float, ...] = SPLITS_KM
) -> tuple[tuple[float, int], ...]:
    """Return (km, seconds) at every mark of an even marathon in 2-8 h; ValueError outside."""
    pace = pace_of(goal_seconds)
    return tuple((km, int(km * pace + 0.5)) for km in marks_km)


def predict(km: float, seconds: float) -> Prediction:
    """Return three marathon times from a 10 km or half marathon run in `seconds`.

    ValueError for another distance or a pace outside 2:30-15:00 per km. Source: domain 3.2
    (ONE TOKYO's table, Riegel 1.06 and 1.15).
    """
    columns = {10.0: 0, HALF_KM: 1}
    if km not in columns:
        raise ValueError("predicts from 10 km or a half marathon")
    if not PACE_LIMITS_S[0] <= seconds / km <= PACE_LIMITS_S[1]:
        raise ValueError("a pace between 2:30 and 15:00 per km")
    best, cautious = (
        int(seconds * (MARATHON_KM / km) ** power + 0.5) for power in (RIEGEL_BEST, RIEGEL_CAUTIOUS)
    )
    return Prediction(best, int(_by_reference(columns[km], seconds)), cautious)


def vdot(km: float, seconds: float) -> float:
    """Return Daniels' VDOT (mL/kg/min) of a race; ValueError for a pace outside 2:30-15:00/km."""
    if km <= 0 or not PACE_LIMITS_S[0] <= seconds / km <= PACE_LIMITS_S[1]:
        raise ValueError("a pace between 2:30 and 15:00 per km")
    minutes, speed = seconds / 60, km * 60000 / seconds
    share = 0.8 + 0.1894393 * exp(-0.012778 * minutes) + 0.2989558 * exp(-0.1932605 * minutes)
    return (-4.60 + 0.182258 * speed + 0.000104 * speed**2) / share


def marathon_of(fitness: float) -> int:
    """Return the marathon in seconds (optimistic) of a VDOT of 15-85; ValueError outside."""
    if not 15 <= fitness <= 85:
        raise ValueError("a VDOT between 15 and 85")
    fast, slow = MARATHON_KM * PACE_LIMITS_S[0], MARATHON_KM * PACE_LIMITS_S[1]
    while slow - fast > 0.1:
        middle = (fast + slow) / 2
        fast, slow = (middle, slow) if vdot(MARATHON_KM, middle) > fitness else (fast, middle)
    return int(slow + 0.5)


def training_paces(goal_seconds: float) -> TrainingPaces:
    """Return the paces of someone fit for this marathon (2-8 h; ValueError outside).

    Seconds per km. Base them on the runner's current test, not on a hope. Source: domain 3.3.
    """
    marathon = pace_of(goal_seconds)
    fitness = vdot(MARATHON_KM, goal_seconds)
    slow, fast, threshold, interval = (
        _pace_at(share * fitness) for share in (*EASY, THRESHOLD, INTERVAL)
    )
    return TrainingPaces(fitness, (fast, slow), marathon, threshold, interval)


def _by_reference(column: int, seconds: float) -> float:
    rows = [(row[column], row[2]) for row in REFERENCE]
    i = min(sum(at <= seconds for at, _ in rows[1:]), len(rows) - 2)
    (low, low_full), (high, high_full) = rows[i], rows[i + 1]
    return low_full + (seconds - low) / (high - low) * (high_full - low_full)


def _pace_at(vo2: float) -> float:
    """Solve VDOT's oxygen cost for speed and return seconds per km."""
    speed = (-0.182258 + sqrt(0.182258**2 + 4 * 0.000104 * (vo2 + 4.60))) / (2 * 0.000104)
    return 60000 / speed


def _check(goal_seconds: float) -> None:
    if not GOAL_LIMITS_S[0] <= goal_seconds <= GOAL_LIMITS_S[1]:
        raise ValueError(f"a marathon in {goal_seconds} s is not between 2 and 8 hours")
