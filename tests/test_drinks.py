"""水300: what was drunk is noted, with today's total and never a word to drink more."""

from __future__ import annotations

import pytest

from tests import bodies
from tests.test_hydration import THIRST, THIRST_EN

LIMITS = "練習中は1時間に0 mL(下限)から320 mL(上限)の間で。"
AGAIN = "1〜2000 mL の数字で教えてください。例: 300"
PAUSE = (
    "この2時間では十分に飲めています。いったん飲むのを休んで、次はのどが渇いてからにしましょう。"
)


@pytest.mark.parametrize(
    ("typed", "ml"),
    [
        ("水　３００", 300),
        ("水を300ml飲みました", 300),
        ("コップ1杯飲んだ", 200),
        ("コップ一杯飲みました", 200),
        ("スポドリ 0.3L", 300),
        ("すみません、麦茶１杯飲んだよ", 200),
        ("I drank 300 ml of water", 300),
        ("had a glass of water", 200),
    ],
)
def test_a_drink_is_noted_as_it_is_typed(world, aiko, typed, ml):
    assert aiko.says(typed) == [
        f"{ml} mL、記録しました。今日はこれで {ml} mL です。\n{LIMITS}\n{THIRST}"
    ]
    assert bodies.drinks(world, aiko) == [ml]


def test_in_english(world, emma):
    assert emma.says("drank 250") == [
        "250 mL, noted. That makes 250 mL today.\n"
        "During the session: 0 mL an hour (floor) to 320 mL an hour (ceiling).\n"
        f"{THIRST_EN}"
    ]


def test_the_day_is_added_up_and_a_new_day_begins_anew(aiko, clock):
    aiko.says("水200")
    clock.passes(hours=3)
    assert "今日はこれで 450 mL です。" in aiko.says("水250")[0]
    clock.passes(hours=24)
    assert "今日はこれで 100 mL です。" in aiko.says("水100")[0]


def test_near_the_ceiling_one_is_told_to_pause(aiko, clock):
    assert PAUSE not in aiko.says("水300")[0]
    assert PAUSE in aiko.says("水50")[0]
    clock.passes(hours=2, minutes=1)
    assert PAUSE not in aiko.says("水50")[0]


def test_asked_for_the_amount(world, aiko):
    assert aiko.says("飲みました") == [
        "どれくらい飲みましたか? mL かコップの数で教えてください(例: 300、コップ1杯)。"
    ]
    assert aiko.labels() == ["100 mL", "200 mL", "300 mL", "500 mL"]
    assert aiko.says("−3") == [AGAIN]
    assert aiko.says("nan") == [AGAIN]
    assert aiko.says("1_000") == [AGAIN]
    assert aiko.says("50000") == [AGAIN]
    assert "チェックインのコードとして読みました" in aiko.says("5000")[0]  # and asks on
    aiko.says("コップ２杯")
    assert bodies.drinks(world, aiko) == [400]


def test_cancelled_midway(world, aiko):
    aiko.says("飲んだ")
    assert aiko.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    assert bodies.drinks(world, aiko) == []


@pytest.mark.parametrize("typed", ["水0", "水2001", "水 99999"])
def test_an_impossible_amount_is_asked_again(world, aiko, typed):
    assert aiko.says(typed) == [AGAIN]
    assert bodies.drinks(world, aiko) == []


def test_without_consent_nothing_is_kept(world, hiroshi):
    assert hiroshi.says("水300") == [
        "飲めたのですね。記録は、健康情報の同意をいただいた方だけお預かりしています。"
        "「設定」から同意していただけます。"
    ]
    assert hiroshi.labels() == ["設定"]
    assert bodies.drinks(world, hiroshi) == []


def test_consent_withdrawn_between_question_and_answer(world, aiko):
    aiko.says("飲んだ")
    bodies.consents(world, aiko, given=False)
    assert "同意" in aiko.says("300")[0]
    assert bodies.drinks(world, aiko) == []


def test_who_should_ask_the_doctor_hears_no_number(world, aiko):
    bodies.screened(world, aiko, organs=True)
    assert aiko.says("水300") == ["記録しました。\n飲む量は、主治医の指示を優先してくださいね。"]


def test_without_a_weight_the_ceiling_is_everybodys(world, aiko):
    bodies.consents(world, aiko, given=False)
    bodies.consents(world, aiko)
    assert aiko.says("水300")[0].splitlines()[1] == (
        "下限は1時間に0 mL(渇かなければ飲まなくて大丈夫)、上限は誰でも1時間に800 mLです。"
    )


def test_unsend_takes_the_drink_back(world, aiko):
    outcome = world.phones.say(aiko.id, aiko.id, "水300")
    world.settle()
    assert bodies.drinks(world, aiko) == [300]
    world.phones.unsend(outcome.message_id)
    world.settle()
    assert bodies.drinks(world, aiko) == []


def test_the_same_event_twice_is_noted_once(world, aiko):
    outcome = world.phones.say(aiko.id, aiko.id, "水300")
    world.settle()
    world.comes_again(outcome)
    assert bodies.drinks(world, aiko) == [300]


def test_a_group_learns_nothing_and_a_guest_is_shown_the_way(world, aiko, hikari):
    assert "1対1" in aiko.in_group("S4").says("たすき 水300")[0]
    assert bodies.drinks(world, aiko) == []
    hikari.follows()
    assert "登録" in hikari.says("水300")[0]
