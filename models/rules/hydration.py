"""How much to drink: a floor, an aim and a ceiling, and when no number may be given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.rules.hydration_sweat import default_sweat_rate

MARATHON_KM = 42.195
HIGHEST_ML_PER_H = 800.0  # IMMDA 2001/2006: nobody is told to drink more
CAP_MEASURED = 0.90  # [E] of the sweat rate, where it was measured
CAP_ESTIMATED = 0.65  # [E] of the sweat rate, where it is only the table's estimate
LEAST_SHARE = 0.5  # [E] of the sweat rate, as long as the ceiling allows
AIMED_LOSS_ML_PER_KG = 20.0  # 2 % of body mass, ACSM 2007
SLOW_DOWN_LOSS = 3.0  # % of body mass: drinking alone does not protect at this pace
WITHHELD_LOSS = 4.0  # % of body mass: the pace itself is not offered
EAH_TOTAL_ML = 3000.0  # Almond 2005: the amount that goes with hyponatraemia
REFUSED_TOTAL_ML = 3500.0  # Leggett 2018
LARGEST_STOP_ML = 200.0  # [E] more than a cup at one table only sloshes
DEFAULT_STATIONS = 15  # [E] race data says better
BY_THIRST_MINUTES = 60.0  # shorter sessions need no number
BODY_LIMITS_KG = (30.0, 200.0)  # [E] beyond them it is a typing error
HOURS_LIMITS = (0.25, 12.0)  # [E]
EARLY_ML_PER_KG = (5.0, 7.0)  # four hours before, ACSM 2007
LATE_ML_PER_KG = (3.0, 5.0)  # two hours before, only with little or dark urine
LAST_ML = (100.0, 200.0)  # 10-20 minutes before the start
AFTER_ML_PER_KG_LOST = (1250.0, 1500.0)
AFTER_HOURS = (4.0, 6.0)
AFTER_HIGHEST_ML_PER_H = 700.0

Range = tuple[float, float]


class FluidWarning(StrEnum):
    """What must be said beside a plan, or instead of it."""

    SLOW_DOWN = "slow_down"
    WITHHELD = "withheld"
    EAH_WARNING = "eah_warning"
    REFUSED = "refused"


@dataclass(frozen=True)
class FluidPlan:
    """Drinking for one run: mL/h, except where the name says otherwise."""

    sweat: float
    two_percent: float
    floor: int
    aim: int
    cap: int
    loss_percent: float
    total_ml: float
    per_stop_ml: float
    warnings: frozenset[FluidWarning]

    @property
    def offered(self) -> bool:
        """Whether the numbers may be shown at all."""
        return not self.warnings & {FluidWarning.WITHHELD, FluidWarning.REFUSED}


@dataclass(frozen=True)
class PreRace:
    """Drinks before a start in mL, each as a range."""

    four_hours: Range
    two_hours_if_dark: Range
    last_minutes: Range


@dataclass(frozen=True)
class AfterFinish:
    """Drinking after a run: total in mL and mL/h over four to six hours; by thirst if empty."""

    total_ml: Range | None
    ml_per_h: Range | None
    gained: bool


def fluid_plan(
    body_kg: float,
    hours: float,
    sweat_ml_per_h: float,
    *,
    measured: bool = False,
    stations: int = DEFAULT_STATIONS,
) -> FluidPlan:
    """Return the plan for one run of `hours` at a sweat rate in mL/h.

    Body 30-200 kg, 0.25-12 h, sweat above 0, at least one station; ValueError outside. Never above
    the sweat rate, never above 800 mL/h. Source: domain 1.3 (Sawka 2007, Montain 2006).
    """
    _check(body_kg, hours)
    _check_race(sweat_ml_per_h, stations)
    two_percent = max(0.0, sweat_ml_per_h - AIMED_LOSS_ML_PER_KG * body_kg / hours)
    ceiling = min(HIGHEST_ML_PER_H, (CAP_MEASURED if measured else CAP_ESTIMATED) * sweat_ml_per_h)
    aim = _tens(min(max(two_percent, LEAST_SHARE * sweat_ml_per_h), ceiling))
    loss = (sweat_ml_per_h - aim) * hours / (10 * body_kg)
    return FluidPlan(
        sweat=sweat_ml_per_h,
        two_percent=two_percent,
        floor=min(int(two_percent), aim),
        aim=aim,
        cap=_tens(ceiling),
        loss_percent=loss,
        total_ml=aim * hours,
        per_stop_ml=min(aim * hours / stations, LARGEST_STOP_ML),
        warnings=_warnings(loss, aim * hours),
    )


def race_plan(
    body_kg: float,
    goal_seconds: float,
    temperature_c: float,
    *,
    factor: float | None = None,
    stations: int = DEFAULT_STATIONS,
    km: float = MARATHON_KM,
) -> FluidPlan:
    """Return the plan for `km` in `goal_seconds` at `temperature_c` (°C).

    `factor` is the runner's personal factor where a sweat test gave one. Source: domain 1.2, 1.3.
    """
    _check(body_kg, hours := goal_seconds / 3600)
    sweat = default_sweat_rate(body_kg, km / hours, temperature_c) * (factor or 1.0)
    return fluid_plan(body_kg, hours, sweat, measured=factor is not None, stations=stations)


def session_advice(
    minutes: float,
    body_kg: float,
    speed_kmh: float,
    temperature_c: float,
    *,
    factor: float | None = None,
) -> FluidPlan | None:
    """Return the plan for a training session, or None: under 60 minutes one drinks to thirst.

    Minutes above 0, body in kg, speed in km/h, air in °C. Source: domain 1.3.
    """
    if not 0 < minutes < float("inf"):
        raise ValueError("minutes are above zero")
    if minutes < BY_THIRST_MINUTES:
        return None
    sweat = default_sweat_rate(body_kg, speed_kmh, temperature_c) * (factor or 1.0)
    return fluid_plan(body_kg, minutes / 60, sweat, measured=factor is not None)


def pre_race(body_kg: float) -> PreRace:
    """Return the drinks before a start for a body of 30-200 kg; ValueError outside. Domain 1.4."""
    _check(body_kg, 1.0)
    early, late = (
        (low * body_kg, high * body_kg) for low, high in (EARLY_ML_PER_KG, LATE_ML_PER_KG)
    )
    return PreRace(early, late, LAST_ML)


def after_finish(pre_kg: float, post_kg: float) -> AfterFinish:
    """Return drinking after a run; someone no lighter gets no number and `gained` (EAH sign).

    Both weights 30-200 kg; ValueError outside. At most 700 mL/h. Source: domain 1.6, ACSM 2007.
    """
    for weight in (pre_kg, post_kg):
        _check(weight, 1.0)
    if (lost := pre_kg - post_kg) <= 0:
        return AfterFinish(None, None, gained=True)
    low, high = (lost * share for share in AFTER_ML_PER_KG_LOST)
    slow, fast = low / AFTER_HOURS[1], high / AFTER_HOURS[0]
    rate = (min(slow, AFTER_HIGHEST_ML_PER_H), min(fast, AFTER_HIGHEST_ML_PER_H))
    return AfterFinish((low, high), rate, gained=False)


def _warnings(loss: float, total_ml: float) -> frozenset[FluidWarning]:
    said = {
        FluidWarning.SLOW_DOWN: loss > SLOW_DOWN_LOSS,
        FluidWarning.WITHHELD: loss > WITHHELD_LOSS,
        FluidWarning.EAH_WARNING: total_ml > EAH_TOTAL_ML,
        FluidWarning.REFUSED: total_ml > REFUSED_TOTAL_ML,
    }
    return frozenset(warning for warning, holds in said.items() if holds)


def _check_race(sweat_ml_per_h: float, stations: int) -> None:
    if not 0 < sweat_ml_per_h < float("inf") or stations < 1:
        raise ValueError("sweat rate above zero and at least one station")


def _tens(ml: float) -> int:
    return int(ml // 10) * 10


def _check(body_kg: float, hours: float) -> None:
    if not BODY_LIMITS_KG[0] <= body_kg <= BODY_LIMITS_KG[1]:
        raise ValueError(f"body mass {body_kg} kg is not between 30 and 200")
    if not HOURS_LIMITS[0] <= hours <= HOURS_LIMITS[1]:
        raise ValueError(f"{hours} h is not between 0.25 and 12")
