"""Heat: WBGT from the weather, what it allows, and how much it slows a race."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum
from functools import cache
from math import exp
from pathlib import Path

_CLIMATE = Path(__file__).parent.parent / "content" / "climate.toml"

JSPO_LIMITS_C = (21.0, 25.0, 28.0, 31.0)
ACSM_LIMITS_C = (10.0, 18.0, 23.0, 28.0)
SLOWS_FROM_C = 10.0  # [E] WBGT from which a race gets slower
# [E] % slower per °C of WBGT, by the goal a runner stays within (seconds).
SLOWS_BY = ((3 * 3600, 0.30), (3.5 * 3600, 0.45), (4 * 3600, 0.60))
SLOWS_OTHERWISE = 0.70


class Sky(Enum):
    """The sun's strength in kW/m² under four skies, Tokyo in early March by day [E]."""

    CLEAR = 0.65
    THIN_CLOUD = 0.45
    CLOUDY = 0.20
    RAIN = 0.10


class TrainingClass(StrEnum):
    """JSPO's classes for training days."""

    SAFE = "safe"
    CAUTION = "caution"
    WARNING = "warning"
    SEVERE = "severe"
    STOP = "stop"


class RaceFlag(StrEnum):
    """ACSM's flags for races and long runs; black is from 28 °C on, erring to the safe side."""

    WHITE = "white"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLACK = "black"


class HeatAdvice(IntEnum):
    """What to do, mildest first, so that the stricter of two is the larger."""

    NORMAL = 0
    EASE = 1
    HOLD_BACK = 2
    STOP = 3


_BY_CLASS = dict(zip(TrainingClass, (0, 1, 2, 3, 3), strict=True))
_BY_FLAG = dict(zip(RaceFlag, (0, 0, 1, 2, 3), strict=True))


@dataclass(frozen=True)
class Normal:
    """A month's normal weather: mean and daily maximum in °C, humidity in %."""

    mean_c: float
    max_c: float
    humidity: float


def wbgt(air_c: float, humidity: float, solar_kw: float, wind_ms: float) -> float:
    """Return WBGT in °C by the Ministry of the Environment's formula (Ono 2014).

    Air -30 to 50 °C, humidity 0-100 %, sun 0-1.4 kW/m², wind 0-40 m/s; ValueError outside.
    """
    _check(air_c, humidity)
    if not (0 <= solar_kw <= 1.4 and 0 <= wind_ms <= 40):
        raise ValueError("sun 0-1.4 kW/m2, wind 0-40 m/s")
    moist = 0.735 * air_c + 0.0374 * humidity + 0.00292 * air_c * humidity
    return moist + 7.619 * solar_kw - 4.557 * solar_kw**2 - 0.0572 * wind_ms - 4.064


def wbgt_simple(air_c: float, humidity: float) -> float:
    """Return WBGT in °C by the Australian shortcut; 1-3 °C too high when cool: a fallback only.

    Air -30 to 50 °C, humidity 0-100 %; ValueError outside.
    """
    _check(air_c, humidity)
    vapour = humidity / 100 * 6.105 * exp(17.27 * air_c / (237.7 + air_c))
    return 0.567 * air_c + 0.393 * vapour + 3.94


def training_class(wbgt_c: float) -> TrainingClass:
    """Return JSPO's class for a WBGT in °C."""
    return tuple(TrainingClass)[_rank(wbgt_c, JSPO_LIMITS_C)]


def race_flag(wbgt_c: float) -> RaceFlag:
    """Return ACSM's flag for a WBGT in °C."""
    return tuple(RaceFlag)[_rank(wbgt_c, ACSM_LIMITS_C)]


def training_advice(wbgt_c: float) -> HeatAdvice:
    """Return what JSPO's class asks of a runner on a training day."""
    return HeatAdvice(_BY_CLASS[training_class(wbgt_c)])


def race_advice(wbgt_c: float) -> HeatAdvice:
    """Return the stricter of the two scales, for a race or a long run."""
    return max(training_advice(wbgt_c), HeatAdvice(_BY_FLAG[race_flag(wbgt_c)]))


def slowed_goal(goal_seconds: float, wbgt_c: float) -> float:
    """Return the goal in seconds that this WBGT in °C leaves; ValueError for a goal of 0 or less.

    Source: domain 1.7 [E], after Ely 2007.
    """
    if not goal_seconds > 0:
        raise ValueError("a goal is above zero seconds")
    share = next((k for limit, k in SLOWS_BY if goal_seconds <= limit), SLOWS_OTHERWISE)
    return goal_seconds * (1 + share * max(0.0, wbgt_c - SLOWS_FROM_C) / 100)


def normal(month: int) -> Normal:
    """Return the normal weather of a month (1-12), for a session without a forecast."""
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} is not between 1 and 12")
    return _normals()[month]


@cache
def _normals() -> dict[int, Normal]:
    months = tomllib.loads(_CLIMATE.read_text(encoding="utf-8"))["month"]
    return {m["number"]: Normal(m["mean_c"], m["max_c"], m["humidity"]) for m in months}


def _rank(wbgt_c: float, limits: tuple[float, ...]) -> int:
    if not -60 <= wbgt_c <= 60:
        raise ValueError(f"WBGT {wbgt_c} is no weather")
    return sum(wbgt_c >= limit for limit in limits)


def _check(air_c: float, humidity: float) -> None:
    if not (-30 <= air_c <= 50 and 0 <= humidity <= 100):
        raise ValueError("air -30 to 50 degrees, humidity 0-100 %")
