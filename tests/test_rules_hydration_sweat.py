"""Sweat: the worked examples of the domain for the scales and for the estimate."""

from __future__ import annotations

import pytest

from models.rules.hydration import race_plan
from models.rules.hydration_sweat import (
    SweatFault,
    default_sweat_rate,
    personal_factor,
    sweat_test,
)


@pytest.mark.parametrize(
    ("urine", "rate"), [(0, 1066.7), (150, 966.7)], ids=["dry", "with a toilet stop"]
)
def test_the_scales_give_a_rate(urine, rate):
    found = sweat_test(68.0, 66.9, 1.5, drunk_ml=500, urine_ml=urine)
    assert (found.ml_per_h, found.fault) == (pytest.approx(rate, abs=0.05), None)


def test_a_long_test_leaves_out_breath_and_fuel():
    assert sweat_test(68.0, 66.0, 2.5).ml_per_h == pytest.approx(800 * 0.92)
    assert sweat_test(68.0, 66.4, 2.0).ml_per_h == pytest.approx(800)


@pytest.mark.parametrize(
    ("pre", "post", "hours", "drunk", "fault"),
    [
        (68, 67, 0.4, 0, SweatFault.HOURS),
        (68, 67, 5.1, 0, SweatFault.HOURS),
        (68, 64, 2, 0, SweatFault.WEIGHT_CHANGE),
        (68, 67.5, 1, 2100, SweatFault.DRINK),
        (68, 67.95, 1, 0, SweatFault.RATE),
        (68, 66, 1, 1500, SweatFault.RATE),
        (68, 68, 1, 500, SweatFault.DRANK_TOO_MUCH),
        (68, 68.4, 1, 900, SweatFault.DRANK_TOO_MUCH),
    ],
)
def test_an_unlikely_test_is_asked_about(pre, post, hours, drunk, fault):
    found = sweat_test(pre, post, hours, drunk_ml=drunk)
    assert (found.ml_per_h, found.fault) == (None, fault)


@pytest.mark.parametrize("bad", [(0, 60, 1), (60, -1, 1), (60, 59, 0)])
def test_an_impossible_test_is_refused(bad):
    with pytest.raises(ValueError, match="above zero"):
        sweat_test(*bad)


@pytest.mark.parametrize(
    ("kg", "kmh", "celsius", "litres"),
    [
        (50, 10, 18, 0.530),
        (70, 12.5, 28, 1.120),
        (60, 10, 18, 0.660),
        (60, 11.25, 23, 0.806),
        (70, 10, 8, 0.690),
    ],
)
def test_the_estimate_follows_the_table(kg, kmh, celsius, litres):
    assert default_sweat_rate(kg, kmh, celsius) == pytest.approx(1000 * litres, abs=0.5)


def test_beyond_the_limits_the_estimate_stands_still():
    assert default_sweat_rate(130, 20, 45) == default_sweat_rate(100, 16, 33)
    assert default_sweat_rate(35, 5, -5) == default_sweat_rate(40, 6.5, 8)


def test_a_measured_runner_has_a_factor():
    assert default_sweat_rate(68, 10.909, 12) == pytest.approx(785, abs=0.5)
    factor = personal_factor(967, 68, 10.909, 12)
    assert factor == pytest.approx(1.231, abs=0.001)
    assert race_plan(68, 14100, 18, factor=factor).sweat == pytest.approx(1025, abs=0.7)
    assert (personal_factor(3000, 50, 8, 10), personal_factor(101, 90, 15, 28)) == (1.8, 0.5)
