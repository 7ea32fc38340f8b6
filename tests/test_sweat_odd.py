"""発汗テスト and its neighbours: pictures, copies, old taps, and sentences as they are typed."""

from __future__ import annotations

from datetime import date

import pytest

import app
from bot.buttons import pack
from handlers.sweat_history import Forget
from models import erasure, sweat
from tests import bodies
from tests.test_sweat import takes_test

SENTENCES = [
    ("レース前どれくらい飲めばいいですか", "race_drinks.before_asked"),
    ("大会の朝どのくらい飲めばいい", "race_drinks.before_asked"),
    ("how much should I drink before the race?", "race_drinks.before_asked"),
    ("ゴール後はどれだけ飲めばいい？", "race_drinks.after_asked"),
    ("what should i drink after the marathon", "race_drinks.after_asked"),
    ("レース後の体重は５３．２kgでした", "race_drinks.after_weighed"),
    ("ウォーターローディングってどうなの", "race_drinks.loading_asked"),
    ("塩タブ", "race_drinks.salt"),
    ("汗の量を測りたいです", "sweat.wants_test"),
    ("can I do a sweat test?", "sweat.wants_test"),
    ("走りおわりました", "sweat.ran"),
    ("発汗テストの記録消して", "sweat_history.forget_please"),
    ("発汗テストの記録を見せて", "sweat_history.history"),
    ("関門に間に合いますか？", "race_plan.goal_pace"),
    ("レースは何キロ何分で走ればいい", "race_plan.goal_pace"),
    ("what pace should I run the marathon?", "race_plan.goal_pace"),
    ("２０度のときのレースプラン", "race_plan.race_plan_at"),
    ("尿の色は３", "urine.told"),
    ("pee colour 4", "urine.told"),
]


@pytest.mark.parametrize(("typed", "route"), SENTENCES)
def test_sentences_as_runners_type_them(typed, route):
    found = [one.command for one in app.router().by_text(typed, date(2026, 11, 25))]
    assert found == [route]


def test_a_picture_where_a_weight_is_asked_leaves_the_question_open(aiko):
    aiko.says("発汗テスト")
    assert aiko.shows(b"\xff\xd8") != []
    assert aiko.says("54.4")[0].startswith("54.4 kg ですね。")


def test_cancelled_midway_it_can_be_taken_up_again(world, aiko):
    aiko.says("発汗テスト")
    aiko.says("54.4")
    aiko.says("走り終わった")
    aiko.says("やめる")
    assert aiko.says("走り終わった")[0].startswith("おつかれさまでした。走った時間は")
    aiko.says("75")
    assert aiko.says("発汗テストをやり直す")[0].startswith("発汗テストを始めましょう。")
    assert bodies.rows(world, sweat.WeighingValue) == []


def test_the_same_answer_twice_counts_once(world, aiko):
    aiko.says("発汗テスト")
    outcome = world.phones.say(aiko.id, aiko.id, "54.4")
    world.settle()
    world.comes_again(outcome)
    assert [row.value for row in bodies.rows(world, sweat.WeighingValue)] == [54.4]


def test_an_answer_to_an_older_question_does_not_overwrite(world, aiko, clock):
    aiko.says("発汗テスト")
    clock.passes(days=2)
    aiko.says("54.4")
    assert bodies.rows(world, sweat.WeighingValue) == []
    assert aiko.says("発汗テスト")[0].startswith("発汗テストを始めましょう。")


def test_hand_made_deletion_does_nothing(world, aiko):
    takes_test(aiko)
    assert aiko.sends_data(pack(Forget("made-up")))[0].startswith("この確認はもう使えません。")
    assert len(bodies.rows(world, sweat.WeighingValue)) == len(sweat.STEPS)


def test_an_old_deletion_button(world, aiko, clock):
    takes_test(aiko)
    aiko.says("発汗テストを消す")
    clock.passes(days=30)
    assert aiko.taps("全部消す")[0].startswith("この確認はもう使えません。")
    assert len(bodies.rows(world, sweat.WeighingValue)) == len(sweat.STEPS)


def test_deleting_oneself_deletes_the_tests(world, aiko):
    takes_test(aiko)
    with world.database.write() as db:
        erasure.erase(db, aiko.record(), world.clock.now())
    assert bodies.rows(world, sweat.Weighing) == bodies.rows(world, sweat.WeighingValue) == []


@pytest.mark.parametrize("taken", ["54.4", "500", "53.0"])
def test_nothing_of_the_body_is_said_in_the_group(world, aiko, taken):
    takes_test(aiko, before="54.4", after="53.0")
    for word in ("たすき レースプラン", "たすき 発汗テストの記録", "たすき 給水計画"):
        said = aiko.in_group("S4").says(word)[0]
        assert "1対1" in said
        assert taken not in said
