"""The forecast a coach tells: the heat plan follows it, and a hot day slows the goal."""

from __future__ import annotations

import pytest

from models.record import Audit
from tests import bodies
from tests.race_stage import hears_until, stands_at, world

__all__ = ["world"]


def test_a_hot_forecast_changes_the_plan_and_the_goal(world, coach, aiko, clock):
    bodies.aims_at(world, aiko, 14100)
    assert coach.says("レース気温 ２０度") == [
        "東京マラソン2027の見込みとして預かりました。5日前の「暑さの計画」に使います。\n"
        "コーチの見込みは気温20 °C。暑さ指数(WBGT)の目安は約21 °Cで、計画Bです。"
    ]
    assert [row.deed for row in bodies.rows(world, Audit)][-1:] == ["forecast"]
    stands_at(world, "2027-03-02 18:00")
    said = hears_until(aiko, clock, "2027-03-02 19:01")[-1]
    assert "計画Bです。3:55:00の目標なら、4:10ごろに下げるのが目安です。" in said


def test_on_a_day_without_a_time_to_run_for_no_goal_is_named(world, coach, aiko, clock):
    bodies.aims_at(world, aiko, 14100)
    assert "計画C" in coach.says("レース気温 28度")[0]
    stands_at(world, "2027-03-02 18:00")
    said = hears_until(aiko, clock, "2027-03-02 19:01")[-1]
    assert "計画Cです。\nA:" in said
    assert "28 °C以上は危険なので、走りません。" in said


def test_it_is_told_in_english_too_and_within_reason(support):
    support.says("English")
    assert support.says("race temperature is 12 C")[0].startswith("Kept for Tokyo Marathon 2027")
    assert support.says("race forecast 95 degrees")[0].startswith(
        "Please give a temperature from 0"
    )


@pytest.mark.parametrize("text", ["レース気温 20度", "大会の気温は20度"])
def test_a_member_does_not_set_it(world, aiko, text):
    assert aiko.says(text)[0].startswith("この操作は、担当のコーチか事務局の方だけができます。")


def test_without_a_race_ahead_there_is_nothing_to_keep(world, coach):
    stands_at(world, "2027-03-20 12:00")
    assert coach.says("レース気温 20度")[0].startswith("担当のクラスに、これからの目標の大会が")
