"""The goal time and the race entry, told and changed."""

from __future__ import annotations

from models import enrolment
from tests.newcomers import membership, settled


def test_a_goal_is_changed_by_saying_so(world, aiko):
    settled(aiko)
    assert aiko.says("目標は３時間５０分です") == [
        "目標を3:50:00にしました。一緒に向かいましょう。"
    ]
    assert membership(world, aiko).goal_seconds == 13_800
    assert aiko.says("目標 がんばる")[0].startswith("目標タイムは?")
    assert aiko.says("完走") == ["目標を完走にしました。一緒に向かいましょう。"]
    assert membership(world, aiko).goal_seconds == 0


def test_the_race_entry_is_changed_later(world, aiko):
    settled(aiko)
    assert aiko.says("大会の申込")[0].startswith("大会の申込は?")
    assert aiko.says("出ない")[0].startswith("わかりました。")
    assert membership(world, aiko).race_entry == enrolment.NO


def test_a_goal_in_english(emma):
    emma.says("enrol")
    emma.says("3:59")
    emma.says("entered")
    assert emma.says("my goal is 3:45") == ["Your goal is 3:45:00 now. Let's get there together."]


def test_a_coach_has_no_goal_to_set(coach):
    assert coach.says("目標") == ["これは、クラスのメンバーとして登録した方の設定です。"]
    assert coach.says("健康チェック")[0].startswith("健康チェックは、クラスのメンバー")
    assert coach.says("登録")[0].startswith("登録されています\nメインコーチ: サブ4クラス")
