"""Drinking: the worked examples of the domain, and what no profile may ever break."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.rules.hydration import (
    FluidWarning,
    after_finish,
    fluid_plan,
    pre_race,
    race_plan,
    session_advice,
)

RACES = [
    (68, "3:55:00", 18, 833, 486, 540, 480, 1.88, 2.0, 125),
    (68, "3:55:00", 10, 754, 406, 480, 400, 1.57, 2.0, 104),
    (68, "3:55:00", 22, 873, 525, 560, 520, 2.04, 2.0, 136),
    (55, "4:59:59", 12, 425, 205, 270, 210, 1.05, 2.0, 70),
    (48, "5:59:59", 15, 287, 127, 180, 140, 0.84, 1.8, 56),
    (80, "3:29:59", 15, 1100, 643, 710, 640, 2.24, 2.0, 149),
    (60, "2:59:59", 10, 898, 498, 580, 490, 1.47, 2.0, 98),
    (75, "4:29:59", 20, 811, 477, 520, 470, 2.11, 2.0, 141),
    (90, "4:29:59", 20, 987, 587, 640, 580, 2.61, 2.0, 174),
]


def seconds(clock: str) -> int:
    hours, minutes, rest = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + rest


@pytest.mark.parametrize("row", RACES, ids=lambda row: f"{row[0]} kg {row[1]} {row[2]} C")
def test_a_race_without_a_sweat_test(row):
    kg, goal, celsius, sweat, low, cap, aim, litres, loss, stop = row
    plan = race_plan(kg, seconds(goal), celsius)
    assert (round(plan.sweat), round(plan.two_percent)) == (sweat, low)
    assert (plan.cap, plan.aim, plan.floor) == (cap, aim, min(int(plan.two_percent), aim))
    assert round(plan.total_ml / 1000, 2) == litres
    assert round(plan.loss_percent, 1) == loss
    assert plan.per_stop_ml == pytest.approx(stop, abs=0.6)
    assert (plan.warnings, plan.offered) == (frozenset(), True)


def test_a_measured_runner_in_a_race():
    plan = fluid_plan(68, 14100 / 3600, 1025, measured=True)
    assert (round(plan.two_percent), plan.cap, plan.aim, plan.floor) == (678, 800, 670, 670)
    assert round(plan.total_ml / 1000, 2) == 2.62
    assert (round(plan.loss_percent, 1), round(plan.per_stop_ml)) == (2.0, 175)


def test_even_a_measured_rate_is_never_drunk_whole():
    plan = fluid_plan(40, 10, 880, measured=True)
    assert (round(plan.two_percent), plan.cap, plan.aim) == (800, 790, 790)


def test_the_heavy_sweater_of_a_hot_day_gets_no_plan():
    plan = fluid_plan(68, 14100 / 3600, 1500, measured=True)
    assert (plan.aim, plan.cap, round(plan.total_ml)) == (800, 800, 3133)
    assert round(plan.loss_percent, 1) == 4.0
    assert plan.warnings == {
        FluidWarning.SLOW_DOWN,
        FluidWarning.WITHHELD,
        FluidWarning.EAH_WARNING,
    }
    assert not plan.offered


def test_more_than_three_and_a_half_litres_is_refused():
    plan = fluid_plan(60, 6, 900, measured=True)
    assert plan.total_ml > 3500
    assert {FluidWarning.REFUSED, FluidWarning.EAH_WARNING} <= plan.warnings
    assert not plan.offered


def test_a_short_session_is_drunk_by_thirst():
    assert session_advice(59, 60, 10, 15) is None
    plan = session_advice(90, 60, 10, 18)
    assert plan is not None
    assert plan.sweat == pytest.approx(660)


def test_before_the_start():
    drinks = pre_race(68)
    assert drinks.four_hours == (340, 476)
    assert drinks.two_hours_if_dark == (204, 340)
    assert drinks.last_minutes == (100, 200)


def test_after_the_finish():
    drinks = after_finish(68.0, 66.2)
    assert drinks.total_ml == pytest.approx((2250, 2700))
    assert drinks.ml_per_h == pytest.approx((375, 675))
    assert not drinks.gained


def test_someone_no_lighter_gets_no_number():
    for post in (68.0, 68.5):
        assert after_finish(68.0, post).total_ml is None
        assert after_finish(68.0, post).gained


def test_after_a_great_loss_the_hour_stays_bounded():
    assert after_finish(90, 86).ml_per_h == (700, 700)


@pytest.mark.parametrize(
    ("kg", "hours", "sweat"),
    [(29, 4, 800), (201, 4, 800), (60, 0.1, 800), (60, 13, 800), (60, 4, 0), (60, 4, float("nan"))],
)
def test_nonsense_is_refused(kg, hours, sweat):
    with pytest.raises(ValueError, match=r"between|above"):
        fluid_plan(kg, hours, sweat)


@given(
    kg=st.floats(30, 200),
    hours=st.floats(0.25, 12),
    sweat=st.floats(1, 4000),
    measured=st.booleans(),
    stations=st.integers(1, 40),
)
def test_no_profile_is_told_to_drink_too_much(kg, hours, sweat, measured, stations):
    plan = fluid_plan(kg, hours, sweat, measured=measured, stations=stations)
    assert 0 <= plan.floor <= plan.aim <= plan.cap <= 800
    assert plan.aim <= sweat * (0.9 if measured else 0.65)
    assert plan.loss_percent > 0  # never a heavier finish
    assert plan.per_stop_ml <= 200
    assert not plan.offered or plan.total_ml <= 3500


@given(
    kg=st.floats(30, 200),
    goal=st.integers(7200, 28800),
    celsius=st.floats(-10, 45),
    factor=st.none() | st.floats(0.5, 1.8),
)
def test_no_race_ends_heavier(kg, goal, celsius, factor):
    plan = race_plan(kg, goal, celsius, factor=factor)
    assert plan.aim <= min(plan.sweat, 800)
    assert kg - (plan.sweat - plan.aim) * goal / 3.6e6 < kg


@given(pre=st.floats(30, 200), post=st.floats(30, 200))
def test_after_a_run_never_more_than_700_an_hour(pre, post):
    assume(post < pre)
    low, high = after_finish(pre, post).ml_per_h or (0, 0)
    assert 0 < low <= high <= 700
