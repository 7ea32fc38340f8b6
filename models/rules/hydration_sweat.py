"""How much a runner sweats: measured on the scales, or estimated from mass, speed and heat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan
from statistics import median

# Predicted sweating rate in L/h by (kg, °C) at the speeds below: ACSM 2007, after Montain 2006.
SPEEDS_KMH = (8.5, 10.0, 12.5, 15.0)
MASSES_KG = (50.0, 70.0, 90.0)
TEMPERATURES_C = (18.0, 28.0)
TABLE_L_PER_H = {
    (50.0, 18.0): (0.43, 0.53, 0.69, 0.86),
    (50.0, 28.0): (0.52, 0.62, 0.79, 0.96),
    (70.0, 18.0): (0.65, 0.79, 1.02, 1.25),
    (70.0, 28.0): (0.75, 0.89, 1.12, 1.36),
    (90.0, 18.0): (0.86, 1.04, 1.34, 1.64),
    (90.0, 28.0): (0.97, 1.15, 1.46, 1.76),
}
# [E] the table is carried on along its edge segments, but no further than this.
MASS_LIMITS_KG = (40.0, 100.0)
SPEED_LIMITS_KMH = (6.5, 16.0)
TEMPERATURE_LIMITS_C = (8.0, 33.0)
FACTOR_LIMITS = (0.5, 1.8)  # [E] a person is not believed to differ more from the table
# [E] a sweat test outside these is asked again.
HOURS_LIMITS = (0.5, 5.0)
BODY_CHANGE_MAX = 0.05  # of body mass
DRINK_MAX_ML_PER_H = 2000.0
RATE_LIMITS_ML_PER_H = (100.0, 3000.0)
LONG_TEST_HOURS = 2.0
LONG_TEST_FACTOR = 0.92  # [E] breath and burnt fuel, cf. Cheuvront & Kenefick 2017


class SweatFault(StrEnum):
    """Why a sweat test gives no rate: ask again, or say what it shows."""

    HOURS = "hours"
    WEIGHT_CHANGE = "weight_change"
    DRINK = "drink"
    RATE = "rate"
    DRANK_TOO_MUCH = "drank_too_much"


@dataclass(frozen=True)
class SweatTest:
    """The result of a weighing: a rate in mL/h, or the fault that stands in its way."""

    ml_per_h: float | None
    fault: SweatFault | None = None


def sweat_test(
    pre_kg: float,
    post_kg: float,
    hours: float,
    *,
    drunk_ml: float = 0.0,
    urine_ml: float = 0.0,
    food_g: float = 0.0,
) -> SweatTest:
    """Return the sweat rate of one weighed run in mL/h, or why there is none.

    Masses in kg (above 0), time in h, drink and urine in mL, food in g (none negative). ValueError
    for impossible input; an unlikely test is a fault to ask about. Source: domain 1.1, ACSM 2007.
    """
    if min(pre_kg, post_kg, hours) <= 0 or min(drunk_ml, urine_ml, food_g) < 0:
        raise ValueError("weights and hours are above zero, amounts are not negative")
    rate = ((pre_kg - post_kg) * 1000 + drunk_ml + food_g - urine_ml) / hours
    fault = _test_fault(pre_kg, post_kg, hours, drunk_ml, rate)
    if fault is not None:
        return SweatTest(None, fault)
    return SweatTest(rate * LONG_TEST_FACTOR if hours > LONG_TEST_HOURS else rate)


def default_sweat_rate(mass_kg: float, speed_kmh: float, temperature_c: float) -> float:
    """Return the estimated sweat rate in mL/h for someone never measured.

    Mass in kg, speed in km/h, air in °C; values outside the table's limits are taken at the limit.
    ValueError for a mass or speed of zero or less. An estimate, ±40 %. Source: domain 1.2.
    """
    if mass_kg <= 0 or speed_kmh <= 0:
        raise ValueError("mass and speed are above zero")
    mass = clamp(mass_kg, MASS_LIMITS_KG)
    speed = clamp(speed_kmh, SPEED_LIMITS_KMH)
    warmth = clamp(temperature_c, TEMPERATURE_LIMITS_C)
    by_heat = [
        _along(MASSES_KG, [_along(SPEEDS_KMH, TABLE_L_PER_H[m, t], speed) for m in MASSES_KG], mass)
        for t in TEMPERATURES_C
    ]
    return 1000 * _along(TEMPERATURES_C, by_heat, warmth)


def personal_factor(
    measured_ml_per_h: float, mass_kg: float, speed_kmh: float, temperature_c: float
) -> float:
    """Return measured over estimated sweat for the same run, between 0.5 and 1.8.

    Measured rate in mL/h (above 0); the rest as in default_sweat_rate. Source: domain 1.2.
    """
    if measured_ml_per_h <= 0:
        raise ValueError("a measured sweat rate is above zero")
    ratio = measured_ml_per_h / default_sweat_rate(mass_kg, speed_kmh, temperature_c)
    return clamp(ratio, FACTOR_LIMITS)


def combined_factor(factors: Sequence[float]) -> float:
    """Return one factor for several tests: the middle one, so that no single slip decides [E]."""
    return median(factors)


def clamp(value: float, limits: tuple[float, float]) -> float:
    """Return `value` held between the two limits; ValueError where it is no number."""
    if isnan(value):
        raise ValueError("not a number")
    return min(max(value, limits[0]), limits[1])


def _test_fault(
    pre_kg: float, post_kg: float, hours: float, drunk_ml: float, rate: float
) -> SweatFault | None:
    if not HOURS_LIMITS[0] <= hours <= HOURS_LIMITS[1]:
        return SweatFault.HOURS
    if abs(pre_kg - post_kg) > BODY_CHANGE_MAX * pre_kg:
        return SweatFault.WEIGHT_CHANGE
    if post_kg >= pre_kg:
        return SweatFault.DRANK_TOO_MUCH
    if drunk_ml > DRINK_MAX_ML_PER_H * hours:
        return SweatFault.DRINK
    if not RATE_LIMITS_ML_PER_H[0] <= rate <= RATE_LIMITS_ML_PER_H[1]:
        return SweatFault.RATE
    return None


def _along(knots: tuple[float, ...], values: list[float] | tuple[float, ...], at: float) -> float:
    """Interpolate on the knots' segments; beyond them along the nearest segment."""
    last = len(knots) - 2
    i = min(sum(knot <= at for knot in knots[1:]), last)
    share = (at - knots[i]) / (knots[i + 1] - knots[i])
    return values[i] + share * (values[i + 1] - values[i])
