"""The carb days: shopping on D-3, a card each morning and evening, breakfast before the race."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import mute, race, race_changes
from tests import bodies
from tests.race_stage import at, hears_until, races, stands_at, tells, world

__all__ = ["world"]
SHOPPING, FRIDAY, FRIDAY_EVENING = "2027-03-04 19:01", "2027-03-05 08:01", "2027-03-05 18:31"
SATURDAY, SATURDAY_EVENING = "2027-03-06 08:01", "2027-03-06 18:31"
BREAKFAST = "2027-03-07 05:41"
EVERY = (SHOPPING, FRIDAY, FRIDAY_EVENING, SATURDAY, SATURDAY_EVENING, BREAKFAST)
SOURCE = "出典: 文部科学省「日本食品標準成分表2020年版(八訂)」の炭水化物。1食の量は目安です。"


def about_carbs(said):
    """Return what was said of carbohydrate."""
    return [
        words for words in said if any(w in words for w in ("糖質", "カーボ", "レースの朝ごはん"))
    ]


@pytest.fixture
def days(world, aiko, clock):
    """Go from one hour of the carb days to the next and return what was heard at each."""

    def hears(*hours, actor=aiko):
        before = len(actor.hears())
        for local in hours:
            world.clock.at = at(local) - timedelta(minutes=2)
            clock.goes_to(local)
        return about_carbs(actor.hears()[before:])

    return hears


def test_shopping_comes_with_the_choice_of_days(aiko, days):
    assert days(SHOPPING) == [
        "カーボの買い物\n"
        "3月5日(金)からカーボローディングです。1日の目安は糖質432 gからです。"
        "今日のうちに、こんなものをそろえておきましょう。\n"
        "2日分: ごはん(大盛り)4杯、オレンジジュース2杯、おにぎり4個、うどん2玉、切り餅2個、"
        "あんパン2個、ういろう2切れ\n"
        "当日の朝: おにぎり1個、切り餅2個、カステラ1切れ\n"
        "食物繊維と脂の多いもの、生もの、お酒、初めての食べ物は、買い物かごに入れないでおきましょう。"
        f"どのやり方にしますか?\n{SOURCE}"
    ]
    assert aiko.labels() == ["2日間でやる", "前日だけやる", "今回はやらない"]


def test_each_day_starts_with_its_aim_and_asks_in_the_evening(aiko, days):
    days(SHOPPING)
    said = days(FRIDAY)
    assert said[0].startswith(
        "3月5日(金)の糖質\n"
        "おはようございます。カーボ1日目です。今日の目安は糖質432 g(多くて540 g)。\n"
        "食べたものを押すと、グラフが埋まっていきます。"
    )
    assert "カーボの日ではありません" not in said[0]
    assert "ごはん(大盛り)1杯 93 g" in aiko.labels()
    assert "93 / 432 g: 21%" in aiko.taps("ごはん(大盛り)1杯 93 g")[0]
    evening = days(FRIDAY_EVENING)[-1]
    assert (
        "ここまで93 gです。夕食と夜で、あとどれくらいにしましょうか。\n93 / 432 g: 21%" in evening
    )
    assert "夕食: ごはん(大盛り)1杯、" in evening
    assert "カーボ2日目です。" in days(SATURDAY)[-1]
    assert "今日はどれくらい食べられましたか?" in days(SATURDAY_EVENING)[-1]


def test_whoever_loads_up_on_one_day_hears_nothing_two_days_before(aiko, days):
    days(SHOPPING)
    chosen, card = aiko.taps("前日だけやる")
    assert chosen.startswith("前日だけですね。")
    assert "1日分: ごはん(大盛り)2杯" in card
    assert days(FRIDAY, FRIDAY_EVENING) == []
    assert "カーボの日です。今日の目安は糖質540 g(多くて540 g)。" in days(SATURDAY)[0]


def test_whoever_does_not_load_up_hears_of_breakfast_only(aiko, days):
    days(SHOPPING)
    assert aiko.taps("今回はやらない")[0].startswith("わかりました。いつもの食事で")
    assert days(*EVERY[1:5]) == []
    assert [words.splitlines()[0] for words in days(BREAKFAST)] == ["レースの朝ごはん"]


def test_breakfast_comes_at_the_runners_own_hour(world, aiko, clock):
    tells(world, aiko, breakfast="06:40")
    stands_at(world, "2027-03-07 05:45")
    assert about_carbs(hears_until(aiko, clock, "2027-03-07 06:09")) == []
    said = hears_until(aiko, clock, "2027-03-07 06:11")[-1]
    assert said.startswith(
        "レースの朝ごはん\n食べ終える時刻: 06:40ごろまで(スタートの約3時間前)\n"
        "量: 糖質 108〜135 g\n例: おにぎり1個、切り餅2個、カステラ1切れで約121 g\n"
    )
    assert aiko.taps("食べられない")[0].startswith("緊張で入らないのは、よくあることです。")
    assert aiko.taps("食べました")[0].startswith("いいですね。")


def test_in_english(world, emma, clock):
    stands_at(world, "2027-03-04 18:55")
    said = hears_until(emma, clock, SHOPPING)[-1]
    assert said.startswith(
        "Shopping for carbs\nCarb loading begins on Fri 5 Mar, from 432 g of carbs a day. "
        "Here is what to have at home by tonight.\n"
        "For 2 days: 4 large bowls of rice, 2 glasses of orange juice, "
    )
    assert emma.taps("The day before only")[0].startswith("The day before only, then:")


def test_who_should_ask_a_doctor_hears_it_once_and_without_a_number(world, aiko, days):
    bodies.screened(world, aiko, organs=True)
    said = days(SHOPPING)
    assert len(said) == 1
    assert "主治医か管理栄養士に相談してくださいね。" in said[0]
    assert not any(char.isdigit() for char in said[0])
    assert aiko.taps("わかりました") == ["はい。おいしく食べて、よく休んでくださいね。"]
    assert "主治医" in aiko.sends_data(f"carb_days.Plan?race={races(world)['goal'].key}&days=1")[0]
    assert days(*EVERY[1:]) == []


def test_without_consent_there_are_words_on_three_days_and_no_grams(hiroshi, days):
    said = days(*EVERY, actor=hiroshi)
    assert [words.splitlines()[0] for words in said] == [
        "カーボの買い物",
        "カーボ2日目",
        "レースの朝ごはん",
    ]
    assert not any("0 g" in words for words in said)
    assert "健康情報に同意" in said[0]


def test_muted_they_do_not_come(world, aiko, days):
    with world.database.write() as db:
        mute.mute(db, aiko.record(), mute.CARBS, world.clock.now())
    assert days(SHOPPING, SATURDAY_EVENING) == []


def test_a_moved_race_moves_the_days(world, aiko, days):
    stands_at(world, "2027-03-03 12:00")
    with world.database.write() as db:
        one = race.by_id(db, races(world)["goal"].key)
        race_changes.change(db, one, world.clock.now(), starts_at=at("2027-03-14 09:10"))
    assert not any("買い物" in words for words in days(SHOPPING, SATURDAY))
    assert any("3月12日(金)から" in words for words in days("2027-03-11 19:01"))


def test_old_and_hand_made_buttons_choose_nothing(world, aiko, days):
    days(SHOPPING)
    for data in ("carb_days.Plan?race=99&days=1", "carb_days.Plan?race=1&days=7"):
        assert aiko.sends_data(data)[0].startswith("このボタンは、もう使えない")
    button = aiko.button("前日だけやる")
    stands_at(world, "2027-03-20 09:00")
    assert aiko.acts(button)[0].startswith("このボタンは、もう使えない")
