"""Consent to health data, and the five questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import health
from models.health import HEALTH
from tests.newcomers import CODE, agreed, consented, may_have_numbers, settled


def test_health_data_is_asked_separately_and_may_be_declined(world, hikari):
    agreed(hikari)
    hikari.says(CODE)
    hikari.says("完走")
    hikari.says("これから")
    assert hikari.taps("同意しない")[0].endswith(
        "体に合わせた数字はお出ししません。気が変わったら「健康情報に同意する」と送ってください。"
    )
    assert not consented(world, hikari, HEALTH)
    assert hikari.says("登録")[0].startswith("準備ができました")
    assert hikari.says("健康情報に同意する")[0].startswith("体の情報を預けますか?")
    assert hikari.says("同意する")[0].startswith("心臓・腎臓・肝臓")


QUESTIONS = ("心臓・腎臓・肝臓", "いま妊娠中", "糖尿病ですか", "摂食障害", "18歳未満")
DOCTOR = (
    "体に合わせた水分や食事の数字は、こちらからはお出ししません。"
    "主治医に「マラソンの練習中の水分と食事」について聞いてみてください。"
    "ふだんのコツや練習の案内は同じように届きます。"
)


@pytest.mark.parametrize("which", range(5))
def test_any_yes_means_no_numbers_and_a_doctor_to_ask(world, hiroshi, which):
    settled(hiroshi)
    said = hiroshi.says("同意する")
    for number, question in enumerate(QUESTIONS):
        assert said[0].startswith(question)
        assert not may_have_numbers(world, hiroshi)
        said = hiroshi.says("うん" if number == which else "ない")
    assert said[0].startswith("準備ができました")
    assert said[0].endswith(DOCTOR)
    assert not may_have_numbers(world, hiroshi)


@pytest.mark.parametrize("unsure", ["未定", "maybe", "わかりません"])
def test_someone_unsure_is_asked_again_and_answers_nothing_else(world, hiroshi, unsure):
    settled(hiroshi)
    hiroshi.says("同意する")
    assert hiroshi.says(unsure)[0].startswith("「はい」か「いいえ」で教えてください。")
    assert hiroshi.says("いいえ")[0].startswith(QUESTIONS[1])


def test_it_is_left_and_taken_up(world, hiroshi, clock):
    settled(hiroshi)
    hiroshi.says("同意する")
    hiroshi.says("いいえ")
    assert hiroshi.says("たぶん") == [
        "「はい」か「いいえ」で教えてください。"
        "あとにするときは「やめる」、続きは「健康チェック」です。"
    ]
    hiroshi.says("やめる")
    clock.at += timedelta(days=3)  # nobody else's reminders on the way
    assert hiroshi.says("健康チェック")[0].startswith("いま妊娠中")
    assert not may_have_numbers(world, hiroshi)


def test_answers_can_be_given_anew(world, aiko):
    settled(aiko)
    assert aiko.says("健康チェック")[0].startswith("健康チェックは済んでいます。水分の目安")
    aiko.taps("健康チェックをやり直す")
    aiko.says("はい")
    for _ in range(3):
        aiko.says("いいえ")
    assert aiko.says("いいえ")[0].endswith(DOCTOR)
    assert aiko.says("健康チェック")[0].startswith("健康チェックは済んでいます。体に合わせた")
    aiko.says("答え直す")
    for _ in range(5):
        aiko.says("いいえ")
    assert may_have_numbers(world, aiko)


def test_an_answer_taken_back_is_gone(world, hiroshi):
    settled(hiroshi)
    hiroshi.says("同意する")
    first = world.phones.say(hiroshi.id, hiroshi.id, "いいえ")
    world.settle()
    for _ in range(4):
        hiroshi.says("いいえ")
    assert may_have_numbers(world, hiroshi)
    world.phones.unsend(first.message_id)
    world.settle()
    assert not may_have_numbers(world, hiroshi)
    assert hiroshi.says("健康チェック")[0].startswith("心臓")


def test_nothing_is_kept_when_the_consent_went_in_the_middle(world, hiroshi):
    settled(hiroshi)
    hiroshi.says("同意する")
    with world.database.write() as db:
        health.withdraw(db, hiroshi.record(), HEALTH, world.clock.now())
    assert hiroshi.says("いいえ")[0].startswith("体の情報を預けますか?")
    with world.database.read() as db:
        assert health.screening(db, hiroshi.record()) == {}


def test_consent_given_already_is_said_so(aiko, hiroshi):
    assert aiko.says("健康情報に同意する")[0].startswith("すでに同意をいただいています。")
    assert hiroshi.says("健康チェック")[0].startswith("体の情報を預けますか?")


def test_the_health_check_in_english(emma):
    settled(emma, "3:59:59", "entered")
    assert emma.says("health check")[0].startswith("Your health check is done, and drinking")
    assert emma.taps("redo health check")[0].startswith("Any disease of the heart")
    assert emma.says("dunno")[0].startswith("Please answer “yes” or “no”.")
