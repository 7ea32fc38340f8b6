"""Pace: splits, predictions and training paces of the domain's tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.pace import (
    HALF_KM,
    even_splits,
    marathon_of,
    pace_of,
    predict,
    training_paces,
    vdot,
)


def s(clock: str) -> int:
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total


SPLITS = """
2:59:59 4:15 21:20 42:39 1:30:00 2:07:58 2:29:18 2:50:37
3:29:59 4:58 24:53 49:46 1:44:59 2:29:18 2:54:11 3:19:04
3:55:00 5:34 27:51 55:42 1:57:30 2:47:05 3:14:56 3:42:47
3:59:59 5:41 28:26 56:52 2:00:00 2:50:37 3:19:04 3:47:30
4:29:59 6:23 32:00 1:03:59 2:15:00 3:11:57 3:43:57 4:15:56
4:59:59 7:06 35:33 1:11:06 2:30:00 3:33:17 4:08:50 4:44:23
5:29:59 7:49 39:06 1:18:12 2:45:00 3:54:37 4:33:43 5:12:49
5:59:59 8:31 42:39 1:25:19 3:00:00 4:15:57 4:58:36 5:41:15
"""


@pytest.mark.parametrize(
    "row", [line.split() for line in SPLITS.splitlines() if line], ids=lambda r: r[0]
)
def test_even_splits(row):
    goal, pace, *marks = row
    assert int(pace_of(s(goal))) == s(pace)
    found = [at for _, at in even_splits(s(goal), (5, 10, HALF_KM, 30, 35, 40))]
    assert found == pytest.approx([s(mark) for mark in marks], abs=1)


@pytest.mark.parametrize(
    ("km", "run", "best", "plan", "cautious"),
    [
        (10.0, "50:00", "3:50:01", "4:00:00", "4:21:50"),
        (10.0, "47:00", None, "3:43:07", None),
        (10.0, "57:00", None, "4:42:00", None),
        (10.0, "65:00", None, "5:30:00", None),
        (HALF_KM, "1:46:40", "3:42:24", "4:00:00", "3:56:42"),
    ],
)
def test_predictions(km, run, best, plan, cautious):
    found = predict(km, s(run))
    assert found.plan == s(plan)
    assert best is None or abs(found.best - s(best)) <= 1
    assert cautious is None or abs(found.cautious - s(cautious)) <= 1


@pytest.mark.parametrize(("run", "value"), [("39:00", 53.5), ("50:00", 40.0), ("60:00", 32.3)])
def test_vdot(run, value):
    assert vdot(10, s(run)) == pytest.approx(value, abs=0.05)


def test_vdot_of_a_short_race():
    assert vdot(5, s("19:57")) == pytest.approx(50.0, abs=0.1)


def test_vdot_promises_a_marathon():
    assert marathon_of(vdot(10, s("50:00"))) == pytest.approx(s("3:49:34"), abs=1)


TRAINING = """
3:00:00 53.5 4:38 5:33 4:16 4:01 3:42
3:30:00 44.6 5:22 6:25 4:59 4:40 4:18
4:00:00 37.9 6:06 7:17 5:41 5:19 4:54
4:30:00 32.8 6:51 8:09 6:24 5:58 5:30
5:00:00 28.7 7:35 9:00 7:07 6:38 6:07
6:00:00 22.7 9:04 10:41 8:32 7:57 7:21
"""


@pytest.mark.parametrize(
    "row", [line.split() for line in TRAINING.splitlines() if line], ids=lambda r: r[0]
)
def test_training_paces(row):
    goal, fitness, fast, slow, *others = row
    found = training_paces(s(goal))
    assert found.vdot == pytest.approx(float(fitness), abs=0.05)
    assert found.easy == pytest.approx((s(fast), s(slow)), abs=0.6)
    shown = (found.marathon, found.threshold, found.interval)
    assert shown == pytest.approx([s(pace) for pace in others], abs=0.6)


@given(st.floats(7200, 28800))
def test_harder_is_faster(goal):
    found = training_paces(goal)
    assert found.interval < found.threshold < found.easy[0] < found.easy[1]


@given(st.sampled_from([10.0, HALF_KM]), st.floats(150, 899))
def test_a_slower_test_never_predicts_a_faster_race(km, pace):
    first, second = predict(km, km * pace), predict(km, km * (pace + 1))
    assert first.plan <= second.plan
    assert first.best < first.cautious


def test_nonsense_is_refused():
    for call in (
        lambda: pace_of(3600),
        lambda: pace_of(float("nan")),
        lambda: predict(5, 1500),
        lambda: predict(10, 600),
        lambda: vdot(0, 600),
        lambda: marathon_of(5),
    ):
        with pytest.raises(ValueError, match=r"\w"):
            call()
