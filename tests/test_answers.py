"""What counts as an answer: a number and nothing else, a choice however politely, and no more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import select

import app
from models.pain import PainReport
from models.rules.numerals import hours_in_minutes, in_digits
from models.rules.reading import plain_number


@pytest.fixture(scope="module")
def beside():
    """The words that may stand beside a number, by unit."""
    corridor = app.router().texts["corridor"]
    return lambda unit: corridor.listed("around") + corridor.listed(unit)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("水 さんびゃく", "水 300"),
        ("三百五十", "350"),
        ("二〇二六", "2026"),
        ("一本", "1本"),
        ("せんにひゃく", "1200"),
        ("六十二点五", "62.5"),
        ("two hundred and fifty ml", "250 ml"),
        ("sixty-two", "62"),
        ("someone", "someone"),
        ("さんぽ", "さんぽ"),
        ("はち", "8"),
        ("a hundred", "100"),
    ],
)
def test_written_out_numbers_become_digits(written, digits):
    assert in_digits(written) == digits


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("1時間半", "90"), ("1時間20分", "80"), ("1.5 hours", "90"), ("1:05", "65"), ("90分", "90分")],
)
def test_hours_become_minutes(typed, minutes):
    assert hours_in_minutes(typed) == minutes


READ = [
    ("７", "points", 7),
    ("7くらいです", "points", 7),
    ("だいたい ５ かな", "points", 5),
    ("レベル６！", "points", 6),
    ("10段階で4", "points", 4),
    ("6/10", "points", 6),
    ("ゼロ", "points", 0),
    ("さん", "points", 3),
    ("八です🙏", "points", 8),
    ("about 6", "points", 6),
    ("It's a seven, I think", "points", 7),
    ("8 out of 10", "points", 8),
    ("６２．５ｋｇ", "kg", 62.5),
    ("62,5 kg", "kg", 62.5),
    ("62㌔です", "kg", 62),
    ("六十二キロ", "kg", 62),
    ("体重は54.5きろぐらむ", "kg", 54.5),
    ("1時間半くらい", "minutes", 90),
    ("９０分", "minutes", 90),
    ("an hour", "minutes", None),
    ("3日前から", "points", None),
    ("名簿 サブ3", "points", None),
    ("6か7", "points", None),
    ("7じゃない", "points", None),
    ("3時間", "points", None),
    ("−3", "points", None),
    ("マイナス3", "points", None),
    ("nan", "points", None),
    ("137 lb", "kg", None),
    ("54000g", "kg", None),
    ("1 hour 20", "kg", None),
    ("3㎞走ったら5", "points", None),
    ("7" + "です" * 99, "points", None),
]


@pytest.mark.parametrize(("typed", "unit", "value"), READ, ids=lambda v: str(v)[:20])
def test_a_number_stands_alone_or_with_its_unit(beside, typed, unit, value):
    found = plain_number(typed, beside(f"units_{unit}"), minutes=unit == "minutes")
    assert found == (None if value is None else Decimal(str(value)))


def test_a_digit_in_another_sentence_is_no_answer(world, aiko):
    aiko.says("膝が痛い")
    aiko.says("名簿 サブ3")
    assert aiko.says("3日前から") == ["0〜10の数字で教えてください。"]
    assert levels(world) == []
    aiko.says("５くらいかな")
    assert levels(world) == [5]


def test_four_digits_stay_with_the_number_that_was_asked_for(aiko):
    aiko.says("体重")
    assert aiko.says("4821")[0].startswith("30〜200 kg")
    assert aiko.says("54.5です")[0].startswith("54.5 kg")


ENTERED = ["申込済みですね。当日までの準備も、ここでお手伝いします。"]


@pytest.mark.parametrize(
    "said", ["申込済みです", "はい、申込済み", "申込済み🙌", "ええ", "Yes please"]
)
def test_a_choice_may_be_made_politely(aiko, said):
    aiko.says("目標 サブ4")
    aiko.says("大会の申込")
    assert aiko.says(said) == ENTERED


def test_yes_and_no_at_once_is_no_answer(aiko):
    aiko.says("大会の申込")
    assert aiko.says("はい、いいえ") == ["「申込済み」「これから」「出ない」で教えてください。"]


def levels(world):
    with world.database.read() as db:
        return [row.level for row in db.exec(select(PainReport))]
