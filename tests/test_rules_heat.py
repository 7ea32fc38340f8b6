"""Heat: the formulas against the worked examples and against ECMWF's thermofeel."""

from __future__ import annotations

import pytest
import thermofeel

from models.rules.heat import (
    HeatAdvice,
    RaceFlag,
    Sky,
    TrainingClass,
    normal,
    race_advice,
    race_flag,
    slowed_goal,
    training_advice,
    training_class,
    wbgt,
    wbgt_simple,
)

EXAMPLES = [
    (10, 45, 9.20, 11.78),
    (15, 45, 13.53, 15.45),
    (17, 40, 14.83, 16.62),
    (18, 50, 16.58, 18.19),
    (20, 50, 18.34, 19.86),
    (25, 55, 23.30, 24.94),
]


@pytest.mark.parametrize(("air", "humidity", "ono", "simple"), EXAMPLES)
def test_both_formulas(air, humidity, ono, simple):
    assert wbgt(air, humidity, Sky.CLEAR.value, 2) == pytest.approx(ono, abs=0.006)
    assert wbgt_simple(air, humidity) == pytest.approx(simple, abs=0.006)


@pytest.mark.parametrize("air", [5, 15, 25, 35])
def test_the_shortcut_agrees_with_thermofeel(air):
    theirs = thermofeel.calculate_wbgt_simple(air + 273.15, 55)
    assert wbgt_simple(air, 55) == pytest.approx(theirs - 273.15, abs=0.3)


@pytest.mark.parametrize(
    ("degrees", "found"),
    [
        (20.9, "safe"),
        (21, "caution"),
        (25, "warning"),
        (28, "severe"),
        (30.9, "severe"),
        (31, "stop"),
    ],
)
def test_training_classes(degrees, found):
    assert training_class(degrees) is TrainingClass(found)


@pytest.mark.parametrize(
    ("degrees", "found"),
    [(9.9, "white"), (10, "green"), (17.9, "green"), (18, "yellow"), (23, "red"), (28, "black")],
)
def test_race_flags(degrees, found):
    assert race_flag(degrees) is RaceFlag(found)


def test_the_stricter_scale_wins_in_a_race():
    assert training_advice(19) is HeatAdvice.NORMAL
    assert race_advice(19) is HeatAdvice.EASE
    assert race_advice(24) is HeatAdvice.HOLD_BACK
    assert all(race_advice(t / 2) >= training_advice(t / 2) for t in range(-20, 80))


@pytest.mark.parametrize(
    ("goal", "degrees", "slower"),
    [(14100, 18.34, 14805), (10680, 18.34, 10947), (17700, 14.83, 18298), (14100, 9, 14100)],
)
def test_heat_slows_a_goal(goal, degrees, slower):
    assert slowed_goal(goal, degrees) == pytest.approx(slower, abs=1)


def test_each_month_has_its_weather():
    months = [normal(month) for month in range(1, 13)]
    assert all(-5 < m.mean_c < m.max_c < 35 and 30 < m.humidity < 95 for m in months)
    assert normal(8).mean_c > normal(3).mean_c > normal(1).mean_c


def test_weather_that_is_none_is_refused():
    for call in (
        lambda: wbgt(15, 101, 0.5, 2),
        lambda: wbgt(15, 50, 2, 2),
        lambda: wbgt_simple(60, 50),
        lambda: race_flag(float("nan")),
        lambda: slowed_goal(0, 20),
        lambda: normal(13),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            call()
