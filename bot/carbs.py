"""What is known for loading up: the body or the class's default, the race, the days, the aim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from bot import hydration
from bot.hydration import Missing
from bot.turn import Turn
from models import carb, foods, race, school
from models.race import Race
from models.race_runner import RaceRunner
from models.rules import carbs, meals
from models.rules.meals import Portions

DEFAULT_KG = 55.0  # [E] for whoever keeps their weight to themselves, and said as such
DAY_BEGINS = time(4)  # [E] what is told after midnight still counts for the evening
BREAKFAST_AIM = 2.25  # g/kg, the middle of the range
MOST_AT_ONCE_G = 400.0  # [E] more in one message is a typing error


@dataclass(frozen=True)
class Aim:
    """A day's grams from low to high, for a body whose weight may be only assumed."""

    low: float
    high: float
    kg: float
    assumed: bool
    days: int

    @property
    def ceiling(self) -> float:
        """The grams a day from which on it is enough for anybody."""
        return carbs.HIGHEST_G_PER_KG * self.kg


def body(turn: Turn) -> tuple[float, bool] | Missing:
    """Return kg and whether they are assumed; without consent and screening what is missing.

    Whoever has not answered the screening may be ill in a way that forbids a plan by numbers:
    not even the class's default is told then.
    """
    found = hydration.body_of(turn.db, turn.person)
    if found.missing is Missing.WEIGHT:
        return DEFAULT_KG, True
    return found.missing or (found.kg, False)


def aim(turn: Turn) -> Aim | Missing:
    """Return the grams of a day of loading for whoever speaks."""
    known = body(turn)
    if isinstance(known, Missing):
        return known
    kg, assumed = known
    chosen = carb.wish(turn.db, turn.person)
    if chosen and chosen.days == 1:
        grams = carbs.one_day(kg)
        return Aim(grams, grams, kg, assumed, 1)
    low, high = carbs.daily(kg, goal(turn) or carbs.SLOWEST_S)
    return Aim(low, high, kg, assumed, 2)


def goal(turn: Turn) -> int | None:
    """Return the member's own goal in seconds, else the class's; None: to finish."""
    class_ = school.class_of(turn.db, turn.person)
    held = school.membership(turn.db, turn.person, class_.key) if class_ else None
    return (held.goal_seconds if held else None) or (class_.goal_seconds if class_ else None)


def runner(turn: Turn) -> RaceRunner | None:
    """Return the member in the race their term leads up to, as long as it is ahead."""
    class_ = school.class_of(turn.db, turn.person)
    goal_race = race.goal_of(turn.db, class_) if class_ else None
    if goal_race is None or goal_race.starts_at <= turn.at:
        return None
    return race.runner(turn.db, turn.person, goal_race)


def loading_days(one: Race, count: int) -> tuple[date, ...]:
    """Return the days on which one loads up for a race, the earlier first."""
    return tuple(one.day - timedelta(days=n) for n in range(count, 0, -1))


def day(turn: Turn) -> date:
    """Return the day that what is told now counts for."""
    local = turn.local(turn.at)
    return local.date() if local.time() >= DAY_BEGINS else local.date() - timedelta(days=1)


def sample_day(aim: Aim) -> tuple[Portions, ...]:
    """Return a day of meals for an aim."""
    return meals.day(aim.low, foods.load().meals())


def breakfast(kg: float) -> Portions:
    """Return a breakfast before the race for a weight."""
    return meals.choose(BREAKFAST_AIM * kg, foods.load().race_breakfast())


def next_meal(turn: Turn, aim: Aim, eaten: float) -> tuple[int, Portions]:
    """Return the place of the meal at this hour and what of it is still missing."""
    plans = foods.load().meals()
    index = foods.load().meal_at(turn.local(turn.at).time())
    wanted = meals.wanted_now(aim.low - eaten, aim.low, plans, index)
    return index, meals.choose(wanted, plans[index])


def grams(portions: Iterable[tuple[str, int]]) -> float:
    """Return the carbohydrate of portions in g."""
    table = foods.load()
    return sum(food.portion_g * n for name, n in portions if (food := table.by_id(name)))


def fibre(portions: Iterable[tuple[str, int]]) -> float:
    """Return the fibre of portions in g."""
    table = foods.load()
    return sum(food.fibre_g * n for name, n in portions if (food := table.by_id(name)))
