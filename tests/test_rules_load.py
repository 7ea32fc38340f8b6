"""Load: Foster's week, the weighted trend and the long run's ten per cent."""

from __future__ import annotations

import pytest

from models.rules.load import is_too_long, session_load, trend, week


def test_a_session_is_rpe_times_minutes():
    assert session_load(6, 75) == 450


def test_a_week_with_contrast():
    found = week([300, 0, 400, 0, 500, 0, 900])
    assert (found.total, found.mean) == (2100, 300)
    assert found.deviation == pytest.approx(336.65, abs=0.01)
    assert found.monotony == pytest.approx(0.891, abs=0.001)
    assert found.strain == pytest.approx(1871, abs=0.5)


def test_a_week_without_contrast():
    found = week([400, 420, 380, 410, 400, 390, 400])
    assert found.deviation == pytest.approx(12.91, abs=0.01)
    assert found.monotony == pytest.approx(30.98, abs=0.01)


def test_seven_equal_days_stand_for_infinity():
    assert week([300] * 7).monotony == 10
    assert (week([0] * 7).monotony, week([0] * 7).strain) == (0, 0)


def test_the_trend_after_four_even_weeks():
    found = trend([300] * 28 + [900])
    assert found is not None
    assert found.acute == pytest.approx(450.0, abs=0.05)
    assert found.chronic == pytest.approx(341.4, abs=0.05)
    assert found.ratio == pytest.approx(1.318, abs=0.001)


def test_the_trend_needs_three_weeks():
    assert trend([300] * 20) is None
    assert trend([300] * 21) is not None
    found = trend([0] * 21)
    assert found is not None
    assert found.ratio == 0


@pytest.mark.parametrize(
    ("planned", "longest", "too_long"),
    [(22, 20, False), (22.1, 20, True), (30, 15, True), (11, 10, False), (5, 0, False)],
)
def test_the_long_run_grows_by_a_tenth(planned, longest, too_long):
    assert is_too_long(planned, longest) is too_long


def test_nonsense_is_refused():
    for call in (
        lambda: session_load(11, 60),
        lambda: session_load(5, -1),
        lambda: week([1] * 6),
        lambda: week([1, 2, 3, 4, 5, 6, float("nan")]),
        lambda: trend([-1] * 30),
        lambda: is_too_long(-1, 10),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            call()
