"""The numbers of a member's race: goal in this heat, start, drinks, for whoever shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot import hydration
from bot.hydration import Body
from models import courses, race, school
from models.courses import Course
from models.person import Person
from models.race import Race
from models.race_runner import RaceRunner
from models.rules import heat, pace, timetable
from models.rules import hydration as rules
from models.rules.heat import RaceFlag, Sky
from models.rules.hydration import FluidPlan, PreRace
from models.rules.timetable import Station
from models.school import SchoolClass

WIND_MS = 2.0  # [E] a light wind, for a race of which only the air is known


@dataclass(frozen=True)
class RaceNumbers:
    """One member's race. `wished` is their goal in seconds (None: to finish), `goal` what to plan.

    `offset_s` counts from the gun to their own start; `offset_known` where they told it.
    """

    race: Race
    course: Course
    body: Body
    wished: int | None
    goal: int
    offset_s: int
    offset_known: bool
    celsius: float
    is_normal: bool
    wbgt: float

    @property
    def pace(self) -> float:
        """Seconds a km."""
        return self.goal / self.race.km

    @property
    def starts_at(self) -> datetime:
        """Their own start."""
        return self.race.starts_at + timedelta(seconds=self.offset_s)

    @property
    def first_gun(self) -> datetime:
        """What the morning's hours count from: their own start where they told it, else the gun."""
        return self.starts_at if self.offset_known else self.race.starts_at

    @property
    def stations(self) -> tuple[Station, ...]:
        """The aid stations on the way."""
        return tuple(one for one in self.course.drinks() if one.km < self.race.km)

    @property
    def flag(self) -> RaceFlag:
        """The flag of this weather."""
        return heat.race_flag(self.wbgt)

    @property
    def slowed(self) -> bool:
        """Whether the heat asks for a slower goal than the one wished for."""
        return self.wished is not None and self.goal > self.wished

    def fluid(self) -> FluidPlan | None:
        """Return the drinking in the race; None where something is missing."""
        if self.body.missing:
            return None
        return rules.race_plan(
            self.body.kg,
            self.goal,
            self.celsius,
            factor=self.body.factor,
            stations=len(self.stations),
            km=self.race.km,
        )

    def before(self) -> PreRace | None:
        """Return the drinks before the start; None where something is missing."""
        return None if self.body.missing else rules.pre_race(self.body.kg)


def of_person(
    db: Session, person: Person, celsius: float | None = None, *, slows: bool = True
) -> RaceNumbers | None:
    """Return the numbers of the race a member's term leads up to; None without class or race.

    `celsius` is the air someone named; without it the month's normal, which slows nobody. With
    `slows` the goal becomes what that heat leaves.
    """
    class_ = school.class_of(db, person)
    held = race.goal_of(db, class_) if class_ else None
    if class_ is None or held is None:
        return None
    wished = wished_goal(db, person, class_)
    offset, known = _offset(race.runner(db, person, held), wished)
    course = courses.course(held.course)
    air, warmth = _air(held, celsius)
    goal = wished or timetable.finishing_time(course.gate_times(), held.km, offset)
    if wished and slows and celsius is not None:
        goal = min(int(heat.slowed_goal(goal, warmth) + 0.5), int(pace.GOAL_LIMITS_S[1]))
    body, usual = hydration.body_of(db, person), celsius is None
    return RaceNumbers(held, course, body, wished, goal, offset, known, air, usual, warmth)


def wished_goal(db: Session, person: Person, class_: SchoolClass) -> int | None:
    """Return a member's own goal, else the class's; None for those who run to finish."""
    held = school.membership(db, person, class_.key)
    own = held.goal_seconds if held else None
    goal = class_.goal_seconds if own is None else own
    low, high = pace.GOAL_LIMITS_S
    return goal if goal and low <= goal <= high else None


def _offset(runner: RaceRunner, wished: int | None) -> tuple[int, bool]:
    """Return the seconds from the gun to their own start, and whether they told it."""
    if runner.knows_start:
        return runner.offset_minutes * 60, True
    return timetable.usual_offset(wished or timetable.FINISH_S) * 60, False


def _air(held: Race, celsius: float | None) -> tuple[float, float]:
    """Return the air in °C and its WBGT in full sun, so that it errs to the safe side."""
    normal = heat.normal(held.day.month)
    air = normal.mean_c if celsius is None else celsius
    return air, heat.wbgt(air, normal.humidity, Sky.CLEAR.value, WIND_MS)
