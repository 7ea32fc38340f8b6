"""Carbohydrate: grams for the days before, the morning of and the hours in a marathon."""

from __future__ import annotations

from dataclasses import dataclass

MARATHON_KM = 42.195
DAILY_G_PER_KG = 8.0  # [E] two days before; Sedlock 2008: women need more than 8 as well
DAILY_STRETCH_G_PER_KG = 10.0
SLOW_DAILY_G_PER_KG = (6.0, 8.0)  # [E] goals of five hours and more
HIGHEST_G_PER_KG = 12.0  # the most that ever helped, Burke 2011
SLOWEST_S = 21600.0  # [E] whose only goal is to finish is counted with the six-hour runners
ONE_DAY_G_PER_KG = 10.0  # Bussau 2002, on the day before, near rest
BREAKFAST_G_PER_KG = (2.0, 2.5)  # [E] three hours before
CAFFEINE_MG_PER_KG = 3.0  # [E] ISSN 2021
CAFFEINE_SINGLE_MG = 200.0  # EFSA
CAFFEINE_DAY_MG = 400.0  # EFSA
# [E] g/h in the race, by the goal a runner stays within (seconds).
IN_RACE = ((10800, 60), (12600, 55), (14400, 45), (16200, 45), (18000, 40))
IN_RACE_OTHERWISE = 30
FIRST_GEL_MIN = 45
LAST_GEL_BEFORE_FINISH_MIN = 20
LEAST_NEED_G = 1.0  # [E] an hour; less is nothing to eat a gel for
GEL_INTERVAL_MIN = (25, 60)
GEL_G = 25.0  # [E] where the label is not known
BODY_LIMITS_KG = (30.0, 200.0)  # [E]

Range = tuple[float, float]


@dataclass(frozen=True)
class Gel:
    """When to take one gel: minutes and km since the start."""

    minute: int
    km: float


def daily(body_kg: float, goal_seconds: float) -> Range:
    """Return g a day on D-2 and D-1: the aim and the stretch. Body 30-200 kg; ValueError else."""
    _check(body_kg)
    low, high = (DAILY_G_PER_KG, DAILY_STRETCH_G_PER_KG)
    if goal_seconds > 16200:
        low, high = SLOW_DAILY_G_PER_KG
    return (low * body_kg, high * body_kg)


def one_day(body_kg: float) -> float:
    """Return g on D-1 for someone who loads on one day only. Source: domain 2.1."""
    _check(body_kg)
    return ONE_DAY_G_PER_KG * body_kg


def breakfast(body_kg: float) -> Range:
    """Return g for the breakfast three hours before the start. Source: domain 2.1."""
    _check(body_kg)
    return (BREAKFAST_G_PER_KG[0] * body_kg, BREAKFAST_G_PER_KG[1] * body_kg)


def caffeine_mg(body_kg: float) -> float:
    """Return the most caffeine in mg at one time. Source: domain 2.1 [E], ISSN 2021, EFSA."""
    _check(body_kg)
    return min(CAFFEINE_MG_PER_KG * body_kg, CAFFEINE_SINGLE_MG)


def in_race(goal_seconds: float) -> int:
    """Return g/h to take in during the marathon. Source: domain 2.1 [E]."""
    return next((g for limit, g in IN_RACE if goal_seconds <= limit), IN_RACE_OTHERWISE)


def gels(
    goal_seconds: float,
    target_g_per_h: float,
    drink_ml_per_h: float,
    drink_percent: float,
    gel_g: float = GEL_G,
) -> tuple[Gel, ...]:
    """Return the gel timetable: what the sports drink leaves open, from 45 minutes on.

    Goal in s, target 0-90 g/h, drink in mL/h at g/100 mL, one gel 10-60 g; ValueError outside.
    Empty where the drink is enough. Source: domain 2.4.
    """
    if not (0 <= target_g_per_h <= 90 and drink_ml_per_h >= 0 and 0 <= drink_percent <= 20):
        raise ValueError("target 0-90 g/h, drink of 0-20 %")
    if not (10 <= gel_g <= 60 and 7200 <= goal_seconds <= 28800):
        raise ValueError("a gel of 10-60 g, a goal of 2-8 h")
    need = target_g_per_h - drink_ml_per_h * drink_percent / 100
    if need < LEAST_NEED_G:
        return ()
    every = min(max(int(60 * gel_g / need // 5) * 5, GEL_INTERVAL_MIN[0]), GEL_INTERVAL_MIN[1])
    finish = goal_seconds / 60
    minutes = range(FIRST_GEL_MIN, int(finish - LAST_GEL_BEFORE_FINISH_MIN) + 1, every)
    return tuple(Gel(minute, minute / finish * MARATHON_KM) for minute in minutes)


def _check(body_kg: float) -> None:
    if not BODY_LIMITS_KG[0] <= body_kg <= BODY_LIMITS_KG[1]:
        raise ValueError(f"body mass {body_kg} kg is not between 30 and 200")
