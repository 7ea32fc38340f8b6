"""給水: how much for this session and this body, and the nudge two hours before it."""

from __future__ import annotations

import pytest

from tests import bodies

THIRST = (
    "のどの渇きを優先。気持ち悪い・チャプチャプする・指輪や時計がきついときは、"
    "飲むのを止めてください。"
)
THIRST_EN = (
    "Thirst comes first. Stop drinking if you feel sick, your stomach sloshes, "
    "or rings or watch feel tight."
)
ESTIMATE = "汗の量は体重・速さ・気温からの推定で、人によって4割ほど違います。"
GENERAL = "休憩のたびに、のどの渇きに合わせてひと口ずつ。汗で出た分より多く飲む必要はありません。"
THEME = "T走(少しきつい一定ペース)"


def test_the_next_session_is_advised_with_floor_and_ceiling(aiko):
    assert aiko.says("給水") == [
        "11月25日(水) 19:00 の飲み方\n"
        f"練習: {THEME}・走る時間 約65分\n"
        "気温: 12 °C(平年の目安)\n"
        "目安: 1時間に250 mL(推定)\n"
        "飲む範囲: 1時間に0〜320 mL\n"
        f"{THIRST}\n{ESTIMATE}"
    ]


def test_in_english(emma):
    assert emma.says("How much should I drink?") == [
        "Drinking on Wed 25 Nov, 19:00\n"
        "Session: Threshold run, about 65 min of running\n"
        "Air: 12 °C (usual for the month)\n"
        "Aim: 250 mL an hour (estimate)\n"
        "Range: 0 to 320 mL an hour\n"
        f"{THIRST_EN}\n"
        "Your sweat is estimated from weight, speed and weather; real people differ by about 40%."
    ]


def test_a_forecast_counts_and_a_cancelled_session_is_passed_over(world, aiko):
    bodies.changes(world, bodies.session_of(world, week=11), cancelled=True)
    bodies.changes(world, bodies.session_of(world, week=12), cancelled=True)
    bodies.changes(world, bodies.session_of(world, week=13), temperature=21.0)
    said = aiko.says("水")[0]
    assert said.startswith("12月9日(水) 19:00 の飲み方\n")
    assert "気温: 21 °C\n" in said


def test_up_to_an_hour_one_drinks_to_thirst_without_a_number(world, aiko, clock):
    clock.goes_to("2026-11-26 09:00")
    said = aiko.says("水分")[0]
    assert said.endswith(
        f"1時間までの練習です。量は決めず、のどが渇いたら飲むだけで十分です。\n{THIRST}"
    )
    assert "mL" not in said


@pytest.mark.parametrize(
    ("missing", "words", "tap"),
    [
        ("weight", "体重を教えていただくと、", "体重"),
        ("screening", "健康チェック(5問)が済むと、", "健康チェック"),
        ("doctor", "健康チェックの内容から、量の数字はお出ししていません。", "相談"),
        ("consent", "健康情報の同意をいただくと、", "設定"),
    ],
)
def test_without_something_there_are_no_numbers_but_the_tap_to_mend_it(
    world, aiko, missing, words, tap
):
    if missing in {"weight", "consent"}:
        bodies.consents(world, aiko, given=False)
    if missing == "weight":
        bodies.consents(world, aiko)
        bodies.screened(world, aiko, **dict.fromkeys(health_questions(), False))
    if missing == "screening":
        bodies.screened(world, aiko, eating=None)
    if missing == "doctor":
        bodies.screened(world, aiko, eating=True)
    said = aiko.says("給水")[0]
    assert f"{GENERAL}\n{THIRST}\n{words}" in said
    assert "mL" not in said
    assert tap in aiko.labels()


def health_questions():
    return ("organs", "pregnancy", "medicines", "eating", "minor")


def test_in_the_group_nothing_about_a_body_is_said(aiko):
    said = aiko.in_group("S4").says("たすき 給水")
    assert len(said) == 1
    assert "1対1" in said[0]


def test_a_coach_sees_the_general_words(coach):
    assert GENERAL in coach.says("給水")[0]
