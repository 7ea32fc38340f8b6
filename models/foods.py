"""The foods of the carb days: MEXT's table, how people call them, and meals made of them."""

from __future__ import annotations

import tomllib
from datetime import time
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from models.content_files import CONTENT, ContentFaults, Id, Text
from models.rules.food_reading import Bite, Foods
from models.rules.meals import MealPlan, Offer
from models.rules.reading import word_key

RACE = "race"  # the breakfast before the start
Per100 = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Counts = dict[str, Annotated[int, Field(ge=1, le=5)]]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Food(_Value):
    """A food: g of carbohydrate, fibre and fat per 100 g, and the grams of a usual portion."""

    id: Id
    ja: Text
    en: Text
    many: Text
    unit: Text
    mext: Annotated[str, StringConstraints(pattern=r"^(\d{5})?$")] = ""
    grams: Annotated[float, Field(gt=0, le=1000)]
    carb: Annotated[float, Field(gt=0, le=100)]
    fibre: Per100 = 0.0
    fat: Per100 = 0.0
    fodmap: bool = False
    aliases: tuple[Text, ...] = Field(min_length=1)
    similar: tuple[Text, ...] = ()

    @property
    def portion_g(self) -> float:
        """The carbohydrate of a portion in g."""
        return self.carb * self.grams / 100

    @property
    def fibre_g(self) -> float:
        """The fibre of a portion in g."""
        return self.fibre * self.grams / 100

    def words(self, language: str, portions: float) -> str:
        """Return so many portions in words: 「おにぎり2個」, "2 rice balls"."""
        if language == "ja":
            return f"{self.ja}{'半' if portions == 0.5 else f'{portions:g}'}{self.unit}"
        if portions == 0.5:
            return f"half {'an' if self.en[0] in 'aeiou' else 'a'} {self.en}"
        return f"{portions:g} {self.en if portions == 1 else self.many}"

    def name(self, language: str) -> str:
        """Return what it is called."""
        return self.ja if language == "ja" else self.en


class Meal(_Value):
    """A meal of the day and what it may be made of, with the most portions of each."""

    id: Id
    starts: time
    share: Annotated[float, Field(ge=0, le=1)]
    main: Counts = {}
    more: Counts


class LeaveOut(_Value):
    """What to leave out in the last two days, by the reason."""

    raw: tuple[Text, ...]
    alcohol: tuple[Text, ...]
    fibre: tuple[Text, ...]
    fat: tuple[Text, ...]


class Table(_Value):
    """Everything in foods.toml."""

    food: tuple[Food, ...] = Field(min_length=1)
    leave_out: LeaveOut
    meal: tuple[Meal, ...] = Field(min_length=2)

    def by_id(self, food: str) -> Food | None:
        """Return a food."""
        return next((one for one in self.food if one.id == food), None)

    def carbs(self, bite: Bite) -> float:
        """Return the carbohydrate of a bite in g; of carbohydrate told as such, itself."""
        food = self.by_id(bite.food)
        if food is None:
            return bite.amount
        return food.carb * bite.amount / 100 if bite.is_weight else food.portion_g * bite.amount

    def meals(self) -> tuple[MealPlan, ...]:
        """Return the meals of a day in order."""
        return tuple(self._plan(meal) for meal in self.meal if meal.id != RACE)

    def race_breakfast(self) -> MealPlan:
        """Return what the breakfast before the start may be made of."""
        return next(self._plan(meal) for meal in self.meal if meal.id == RACE)

    def meal_at(self, local: time) -> int:
        """Return the place of the meal at a local time; before the first it is the last."""
        started = [i for i, meal in enumerate(self._of_a_day()) if meal.starts <= local]
        return started[-1] if started else len(self._of_a_day()) - 1

    def _of_a_day(self) -> list[Meal]:
        return [meal for meal in self.meal if meal.id != RACE]

    def _plan(self, meal: Meal) -> MealPlan:
        return MealPlan(meal.id, meal.share, self._offers(meal.main), self._offers(meal.more))

    def _offers(self, counts: Counts) -> tuple[Offer, ...]:
        found = ((self.by_id(name), most) for name, most in counts.items())
        return tuple(
            Offer(food.id, food.portion_g, food.fibre_g, most) for food, most in found if food
        )


@cache
def load(path: Path = CONTENT / "foods.toml") -> Table:
    """Return the table; ContentFaults names every fault."""
    try:
        table = Table(**tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        raise ContentFaults([_told(path, one) for one in error.errors()]) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentFaults([f"{path.name}: {error}"]) from error
    if faults := _faults(table):
        raise ContentFaults([f"{path.name}: {fault}" for fault in faults])
    return table


@cache
def names() -> Foods:
    """Return the reading of what people type."""
    return Foods({name: food.id for food in load().food for name in _called(food)})


def _told(path: Path, error: Any) -> str:
    return f"{path.name}: {'.'.join(map(str, error['loc']))}: {error['msg']}"


def _called(food: Food) -> tuple[str, ...]:
    return (food.ja, food.en, food.many, *food.aliases)


def _faults(table: Table) -> list[str]:
    """A name that two foods claim, a meal of unknown foods, shares that make no day."""
    claims = [{word_key(name) for name in _called(food)} for food in table.food]
    known = [food.id for food in table.food]
    keys = [key for one in claims for key in one]
    offered = [name for meal in table.meal for name in (*meal.main, *meal.more)]
    twice = [f"{key!r} stands twice" for group in (keys, known) for key in _doubles(group)]
    strange = [f"no food {name!r}" for name in dict.fromkeys(offered) if name not in known]
    whole = abs(sum(meal.share for meal in table.meal) - 1) < 0.01
    last = [] if table.meal[-1].id == RACE else [f"the last meal is {RACE!r}"]
    return [*twice, *strange, *([] if whole else ["the meals' shares do not add up to 1"]), *last]


def _doubles(keys: list[str]) -> list[str]:
    return sorted({key for key in keys if keys.count(key) > 1})
