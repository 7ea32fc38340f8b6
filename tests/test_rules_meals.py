"""Meals made of foods: the fewest portions that reach the grams, with little fibre."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import foods
from models.rules import meals

TABLE = foods.load()


@given(st.floats(200, 1000))
def test_a_day_of_meals_reaches_its_aim_with_little_fibre(target):
    day = meals.day(target, TABLE.meals())
    eaten = [(TABLE.by_id(food), count) for meal in day for food, count in meal]
    grams = sum(food.portion_g * count for food, count in eaten)
    fibre = sum(food.fibre * food.grams / 100 * count for food, count in eaten)
    assert abs(grams - target) <= 15
    assert fibre < (20 if target <= 700 else 25)
    assert len(day) == 6


def test_the_sample_day_of_a_runner_of_68_kg():
    day = meals.day(643, TABLE.meals())
    assert [dict(meal) for meal in day] == [
        {"rice_large": 1, "mochi": 1, "castella": 1},
        {"castella": 2},
        {"udon": 2, "rice_ball": 2},
        {"daifuku": 1, "sports_drink": 1},
        {"rice_large": 1, "mochi": 2},
        {"uiro": 2},
    ]


def test_a_late_meal_does_not_make_up_for_the_whole_day():
    assert meals.wanted_now(540, 540, TABLE.meals(), 0) == 135
    assert meals.wanted_now(540, 540, TABLE.meals(), 5) == pytest.approx(1.5 * 0.055 * 540)
    assert meals.wanted_now(-20, 540, TABLE.meals(), 2) == 0
    assert meals.choose(0, TABLE.meals()[0]) == ()


def test_the_meal_of_the_hour():
    names = [meal.id for meal in TABLE.meals()]
    at = [TABLE.meal_at(time(*hm)) for hm in ((4, 0), (9, 30), (13, 59), (20, 30), (0, 30))]
    assert [names[i] for i in at] == ["breakfast", "morning", "lunch", "night", "night"]
