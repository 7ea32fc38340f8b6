"""The table of foods, and how people type what they ate."""

from __future__ import annotations

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import foods
from models.content_files import CONTENT, ContentFaults

TABLE = foods.load()
READ = foods.names().read

# domain 2.2: food number of MEXT's table, g/100 g, portion, g in a portion
MEXT = [
    ("rice", "01088", 55.7),
    ("rice_large", "01088", 92.8),
    ("rice_ball", "01111", 39.4),
    ("porridge", "01093", 39.3),
    ("mochi", "01117", 25.4),
    ("udon", "01039", 49.7),
    ("spaghetti", "01064", 77.3),
    ("soba", "01128", 52.0),
    ("bread", "01026", 27.8),
    ("bagel", "01148", 49.1),
    ("castella", "15009", 30.9),
    ("daifuku", "15023", 37.2),
    ("dango", "15019", 26.9),
    ("yokan", "15038", 35.0),
    ("uiro", "15006", 26.5),
    ("anpan", "15069", 48.2),
    ("banana", "07107", 22.5),
    ("orange_juice", "07043", 21.4),
    ("apple_juice", "07149", 23.6),
    ("honey", "03022", 17.2),
    ("amazake", "16050", 36.6),
    ("sports_drink", "16057", 25.5),
    ("gel", "", 25.0),
]


@pytest.mark.parametrize(("food", "number", "grams"), MEXT)
def test_a_portion_holds_what_the_table_says(food, number, grams):
    found = TABLE.by_id(food)
    assert found.mext == number
    assert found.portion_g == pytest.approx(grams, abs=0.06)


def test_every_food_of_the_table_is_there():
    assert [food.id for food in TABLE.food] == [name for name, _, _ in MEXT]
    assert {food.id for food in TABLE.food if food.fodmap} == {"apple_juice", "honey"}


TYPED = [
    ("おにぎり2個", [("rice_ball", 2)]),
    ("ｵﾆｷﾞﾘ　２", [("rice_ball", 2)]),
    ("うどん 1玉", [("udon", 1)]),
    ("うどん半玉", [("udon", 0.5)]),
    ("もち２と バナナ", [("mochi", 2), ("banana", 1)]),
    ("おにぎり1個半", [("rice_ball", 1.5)]),
    ("餅二つ、バナナ半分", [("mochi", 2), ("banana", 0.5)]),
    ("三つおにぎり", [("rice_ball", 3)]),
    ("ご飯大盛り食べました", [("rice_large", 1)]),
    ("ごはん300g", [("rice", 2)]),
    ("はちみつ大さじ1", [("honey", 1)]),
    ("昼はうどん1玉とおにぎり2個", [("udon", 1), ("rice_ball", 2)]),
    ("朝ごはんにおにぎり食べました", [("rice_ball", 1)]),
    ("おにぎり 2 バナナ 1", [("rice_ball", 2), ("banana", 1)]),
    ("2 rice balls", [("rice_ball", 2)]),
    ("2 rice balls 1 banana", [("rice_ball", 2), ("banana", 1)]),
    ("I had two bananas for breakfast", [("banana", 2)]),
    ("half a bagel and 3 slices of toast", [("bagel", 0.5), ("bread", 3)]),
    ("½ bagel", [("bagel", 0.5)]),
    ("Rice Balls x2", [("rice_ball", 2)]),
]


@pytest.mark.parametrize(("typed", "eaten"), TYPED)
def test_foods_are_read_as_they_are_typed(typed, eaten):
    found = READ(typed)
    assert found.told
    wanted = [TABLE.by_id(food).portion_g * amount for food, amount in eaten]
    assert [TABLE.carbs(bite) for bite in found.bites] == pytest.approx(wanted)
    assert [bite.food for bite in found.bites] == [food for food, _ in eaten]


@pytest.mark.parametrize(
    "typed", ["糖質50g", "糖質５０ｇ", "カーボ 50", "50 g of carbs", "carbs 50g"]
)
def test_grams_are_taken_as_they_are(typed):
    assert [TABLE.carbs(bite) for bite in READ(typed).bites] == [50]


@pytest.mark.parametrize("typed", ["もち", "バナナ", "bananas", "うどんとおにぎり"])
def test_a_bare_name_is_not_yet_told(typed):
    assert not READ(typed).told


def test_yesterday_is_read():
    assert READ("昨日 うどん2玉食べた").yesterday
    assert READ("2 rice balls yesterday").yesterday
    assert not READ("今日はうどん2玉").yesterday


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "バナナ-3本",
            "バナナ −3本",
            "バナナ0本",
            "バナナ nan",
            "1/0 bagel",
            "ラーメン",
            "2",
            "食べた",
        ),
        *(
            "糖質",
            "carbs",
            "水300",
            "コツ ジェル",
            "おにぎり2個、明日休みます",
            "パン屋に行った",
            "",
        ),
        *("もちろん", "rice and shine", "I ate", "バナナはおやつに入りますか", "食べた"),
    ],
)
def test_what_is_no_food_is_not_read(typed):
    assert READ(typed) is None


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text):
    found = READ(text)
    assert found is None or all(bite.amount > 0 for bite in found.bites)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('aliases = ["bagels"]', 'aliases = ["toast"]', "'とーすと'|'toast' stands twice"),
        ('mext = "01088"', 'mext = "1088"', "mext: String should match"),
        ("carb = 37.1", "carb = nan", "carb: "),
        ("carb = 37.1", "sugar = 37.1", "sugar: Extra inputs"),
        ("main = { udon = 2 }", "main = { ramen = 2 }", "no food 'ramen'"),
        ("share = 0.25", "share = 0.35", "do not add up"),
        ('starts = "04:00"', 'starts = "4時"', "starts: "),
        ('id = "race"', 'id = "last"', "add up|'race'"),
        ("[[food]]", "[[food]", "foods.toml: "),
    ],
)
def test_a_fault_in_the_foods_is_named(tmp_path, old, new, words):
    path = shutil.copy(CONTENT / "foods.toml", tmp_path / "foods.toml")
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentFaults, match=words):
        foods.load(path)
