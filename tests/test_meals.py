"""食べた: what was eaten fills the day's card, typed or tapped, and can be taken back."""

from __future__ import annotations

import pytest

from tests import bodies
from tests.bodies import eaten

NOT_TODAY = "この日はカーボの日ではありません。予行でなければ、ここまで食べなくて大丈夫です。"
SOURCE = "出典: 文部科学省「日本食品標準成分表2020年版(八訂)」の炭水化物。1食の量は目安です。"
AGAIN = (
    "食べ物と数を教えてください。例: おにぎり2個。"
    "表にないものは「糖質50g」のようにgでも記録できます。"
)
SATURDAY_NOON = "2027-03-06 12:00"  # the day before the race


def test_the_card_of_the_day_fills(aiko, clock):
    clock.leaps_to(SATURDAY_NOON)
    assert aiko.says("おにぎり2個とバナナ1本") == [
        "3月6日(土)の糖質\n"
        "おにぎり2個、バナナ1本、+101 g\n"
        "101 / 432 g: 23%\n"
        "食べた分: おにぎり2個、バナナ1本\n"
        "昼食: うどん2玉、おにぎり1個で約139 g\n"
        f"{SOURCE}"
    ]
    said = aiko.taps("うどん1玉 50 g")
    assert "うどん1玉、+50 g\n151 / 432 g: 35%\n" in said[0]


def test_in_english(emma, clock):
    clock.leaps_to(SATURDAY_NOON)
    said = emma.says("2 rice balls and half a bagel")[0]
    assert said.startswith(
        "Carbs on Sat 6 Mar\n2 rice balls, half a bagel: +103 g\n103 / 432 g: 24%\n"
        "Eaten: 2 rice balls, half a bagel\nLunch: 1 bowl of udon, 2 rice balls: about 128 g\n"
    )
    assert "MEXT, Standard Tables" in said
    assert "1 bowl of udon, 50 g" in emma.labels()
    assert emma.taps("Take the last back")[0].startswith(
        "Carbs on Sat 6 Mar\nTaken back: 2 rice balls, half a bagel (−103 g).\n0 / 432 g: 0%\n"
    )


def test_on_an_ordinary_day_the_card_says_that_it_is_one(aiko):
    assert NOT_TODAY in aiko.says("うどん半玉")[0]


@pytest.mark.parametrize(
    ("typed", "grams"),
    [
        ("おにぎり２個", 78.8),
        ("うどん　1玉", 49.7),
        ("もち２と バナナ", 73.3),
        ("糖質５０ｇ", 50.0),
        ("すみません、バナナ半分食べました！", 11.2),
        ("スポドリ1本", 25.5),
        ("甘酒1杯飲んだ", 36.6),
        ("2 RICE BALLS please", 78.8),
    ],
)
def test_it_is_noted_as_it_is_typed(world, aiko, typed, grams):
    aiko.says(typed)
    assert eaten(world, aiko) == [grams]


def test_what_was_drunk_stays_a_drink(world, aiko):
    aiko.says("スポドリ 500ml")
    aiko.says("水300")
    assert eaten(world, aiko) == []
    assert bodies.drinks(world, aiko) == [500, 300]


def test_a_bare_name_may_be_a_question_and_is_asked_back(world, aiko):
    assert aiko.says("バナナ") == ["バナナ1本で糖質は約22 gです。食べた分として記録しますか?"]
    assert eaten(world, aiko) == []
    aiko.taps("記録する")
    assert eaten(world, aiko) == [22.5]


def test_asked_what_was_eaten(world, aiko):
    assert aiko.says("食べた") == [
        "何を食べましたか? 「おにぎり2個とバナナ1本」「うどん半玉」「糖質50g」のように"
        "送ってください。"
    ]
    assert "おにぎり1個" in aiko.labels()
    for typed in ("２", "−3", "nan", "バナナ-3本", "バナナ0本"):
        assert aiko.says(typed) == [AGAIN]
    assert aiko.says("ラーメン")[0].startswith("「ラーメン」はわたしの表にありません。近いものを")
    assert aiko.labels() == ["うどん1玉"]
    aiko.says("バナナ")
    assert eaten(world, aiko) == [22.5]


def test_an_unknown_food_is_taken_kindly(world, aiko):
    assert "近いもの" in aiko.says("クッキー食べた")[0]
    assert aiko.labels() == ["カステラ1切れ"]
    assert "袋の表示" in aiko.says("ぽよぽよ食べた")[0]
    assert aiko.says("お刺身食べました")[0].startswith("生ものは、")
    assert aiko.says("ビール食べた")[0].startswith("お酒は")
    assert eaten(world, aiko) == []


def test_above_twelve_grams_a_kilo_it_is_enough(aiko, clock):
    clock.leaps_to(SATURDAY_NOON)
    aiko.says("糖質300g")
    assert "目安に届きました。" in aiko.says("糖質140g")[0]
    said = aiko.says("糖質220g")[0]
    assert "体重1 kgあたり12 gを超えました。もう十分です" in said
    assert not any("おにぎり" in label for label in aiko.labels())


def test_a_late_entry_counts_for_the_evening_and_yesterday_can_be_said(aiko, clock):
    clock.leaps_to("2027-03-06 00:30")
    assert aiko.says("うどん1玉")[0].startswith("3月5日(金)の糖質\n")
    clock.leaps_to("2027-03-06 09:00")
    assert aiko.says("昨日 おにぎり2個")[0].startswith(
        "3月5日(金)の糖質\nおにぎり2個、+79 g\n128 / "
    )
    assert aiko.says("今日のカーボ")[0].startswith("3月6日(土)の糖質\n0 / 432 g: 0%\n")
