"""Pain: the table, and who hears of it."""

from __future__ import annotations

import pytest

from models.rules.pain import Guidance, guidance, rest_hours, tells_coaches


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (0, "ok"),
        (2, "ok"),
        (3, "caution"),
        (4, "stop_today"),
        (5, "see_doctor"),
        (10, "see_doctor"),
    ],
)
def test_the_table(level, said):
    assert guidance(level) is Guidance(said)


@pytest.mark.parametrize(
    "sign", [{"limping": True}, {"night": True}, {"bone": True}, {"days": 3}], ids=str
)
def test_signs_that_need_a_doctor(sign):
    assert guidance(3, **sign) is Guidance.SEE_DOCTOR
    assert tells_coaches(3, **sign)


def test_a_slight_pain_may_last():
    assert guidance(2, days=9) is Guidance.OK
    assert guidance(3, days=2) is Guidance.CAUTION


@pytest.mark.parametrize(
    ("level", "days", "told"), [(3, 1, False), (4, 1, True), (3, 2, True), (2, 5, False)]
)
def test_the_coaches_hear_of_four_and_of_repeated_pain(level, days, told):
    assert tells_coaches(level, days=days) is told


def test_a_worse_morning_means_two_days_of_rest():
    assert (rest_hours(2, 4), rest_hours(3, 3), rest_hours(3, 1)) == (48, 0, 0)


@pytest.mark.parametrize("bad", [{"level": 11}, {"level": -1}, {"level": 3, "days": 0}], ids=str)
def test_nonsense_is_refused(bad):
    with pytest.raises(ValueError, match=r"between 0 and 10|at least one day"):
        guidance(**bad)
