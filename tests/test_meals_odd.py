"""食べた, with what can go wrong: odd input, old cards, other people, no consent."""

from __future__ import annotations

from tests import bodies
from tests.bodies import eaten
from tests.test_meals import AGAIN


def test_a_picture_of_the_meal_and_a_change_of_mind(world, aiko):
    aiko.says("食べた")
    world.phones.send(aiko.id, aiko.id, {"type": "image", "contentProvider": {"type": "line"}})
    world.settle()
    assert aiko.hears()[-1].startswith("写真や動画、音声、位置情報からは読み取れない")
    assert "例: おにぎり2個" in aiko.hears()[-1]
    assert aiko.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    assert eaten(world, aiko) == []


def test_the_language_may_change_midway(world, aiko):
    aiko.says("食べた")
    aiko.says("English")
    assert "Carbs on" in aiko.says("1 banana")[0]
    assert eaten(world, aiko) == [22.5]


def test_too_much_at_once_is_asked_again(world, aiko):
    assert aiko.says("おにぎり20個")[0].startswith("788 gになりますが、数は合っていますか?")
    assert aiko.says("糖質 ６２．５ kg") == [AGAIN]
    aiko.says("おにぎり2個")
    assert eaten(world, aiko) == [78.8]


def test_the_last_is_taken_back_once(world, aiko):
    aiko.says("おにぎり2個")
    aiko.says("バナナ1本")
    button = aiko.button("ひとつ取り消す")
    assert "バナナ1本(−22 g)を取り消しました。" in aiko.acts(button)[0]
    assert aiko.acts(button) == ["取り消すものはありません。"]
    assert eaten(world, aiko) == [78.8]
    assert "おにぎり2個(−79 g)を取り消しました。" in aiko.says("ひとつ取り消す")[0]
    assert aiko.says("食事を取り消す") == ["取り消すものはありません。"]


def test_an_old_card_is_told_from_todays(world, aiko, clock):
    clock.leaps_to("2027-03-04 09:00")
    aiko.says("今日のカーボ")
    button = aiko.button("バナナ1本 22 g")
    clock.leaps_to("2027-03-05 09:00")
    assert aiko.acts(button)[0].startswith("3月4日(木)の糖質\n")
    clock.leaps_to("2027-03-06 09:00")
    assert aiko.acts(button)[0].startswith("そのカードは前の日のものです。")
    for data in (
        "carb_card.Ate?food=cake&day=2027-03-06",
        "carb_card.Ate?food=banana&day=2030-01-01",
        "carb_card.TakeBack?number=-5",
        "carb_card.TakeBack?number=99999999999",
    ):
        assert "+" not in aiko.sends_data(data)[0]
    assert eaten(world, aiko) == [22.5]


def test_another_persons_meal_is_not_taken_back(world, aiko, ryo):
    aiko.says("おにぎり2個")
    assert ryo.acts(aiko.button("ひとつ取り消す")) == ["取り消すものはありません。"]
    assert eaten(world, aiko) == [78.8]


def test_unsend_takes_the_meal_back_and_the_same_event_counts_once(world, aiko):
    outcome = world.phones.say(aiko.id, aiko.id, "おにぎり2個")
    world.settle()
    world.comes_again(outcome)
    assert eaten(world, aiko) == [78.8]
    world.phones.unsend(outcome.message_id)
    world.settle()
    assert eaten(world, aiko) == []


def test_without_consent_or_with_a_doctor_nothing_is_noted(world, aiko, hiroshi):
    said = hiroshi.says("おにぎり2個")[0]
    assert "健康情報に同意" in said
    assert hiroshi.labels() == ["設定"]
    bodies.screened(world, aiko, organs=True)
    said = aiko.says("おにぎり2個")[0]
    assert "主治医か管理栄養士" in said
    assert "g" not in said.replace("kg", "")
    assert eaten(world, aiko) == eaten(world, hiroshi) == []


def test_withdrawn_consent_deletes_the_log(world, aiko):
    aiko.says("おにぎり2個")
    bodies.consents(world, aiko, given=False)
    assert eaten(world, aiko) == []


def test_in_a_group_and_for_a_guest(world, aiko, hikari):
    assert "1対1" in aiko.in_group("S4").says("たすき おにぎり2個")[0]
    assert aiko.in_group("S4").says("おにぎり2個") == []
    hikari.follows()
    assert "登録" in hikari.says("おにぎり2個")[0]
    assert eaten(world, aiko) == []
