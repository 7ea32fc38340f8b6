"""Carbohydrate: grams by body and goal, and the gel timetable."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.carbs import breakfast, caffeine_mg, daily, gels, in_race, one_day


def test_the_example_runner():
    assert daily(68, 14100) == (544, 680)
    assert daily(68, 17999) == (408, 544)
    assert one_day(68) == 680
    assert breakfast(68) == (136, 170)


def test_caffeine_is_capped():
    assert (caffeine_mg(68), caffeine_mg(50)) == (200, 150)


@pytest.mark.parametrize(
    ("goal", "grams"),
    [(10799, 60), (12599, 55), (14399, 45), (16199, 45), (17999, 40), (21599, 30)],
)
def test_grams_an_hour_by_class(goal, grams):
    assert in_race(goal) == grams


@pytest.mark.parametrize(
    ("goal", "target", "drink", "km"),
    [
        (14100, 45, 250, [8.1, 17.1, 26.0, 35.0]),
        (17999, 40, 150, [6.3, 12.7, 19.0, 25.3, 31.6, 38.0]),
        (10799, 60, 250, [10.5, 17.6, 24.6, 31.6]),
        (21599, 30, 100, [5.3, 12.3, 19.3, 26.4, 33.4]),
    ],
)
def test_gel_timetable(goal, target, drink, km):
    found = gels(goal, target, drink, 6.2)
    assert [round(gel.km, 1) for gel in found] == km
    assert found[0].minute == 45


def test_enough_drink_needs_no_gel():
    assert gels(14100, 30, 500, 6.2) == ()


@given(
    st.integers(7200, 28800),
    st.floats(0, 90),
    st.floats(0, 800),
    st.floats(0, 10),
    st.floats(10, 60),
)
def test_gels_keep_their_distance(goal, target, drink, percent, gel_g):
    minutes = [gel.minute for gel in gels(goal, target, drink, percent, gel_g)]
    assert all(25 <= b - a <= 60 for a, b in pairwise(minutes))
    assert all(45 <= minute <= goal / 60 - 20 for minute in minutes)


def test_nonsense_is_refused():
    for call in (
        lambda: daily(20, 14400),
        lambda: caffeine_mg(float("nan")),
        lambda: gels(14400, 100, 0, 6),
        lambda: gels(600, 45, 0, 6),
    ):
        with pytest.raises(ValueError, match=r"\d"):
            call()
