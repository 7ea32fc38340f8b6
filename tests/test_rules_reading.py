"""Reading what people type: one normal form, and numbers that are really numbers."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.reading import as_a_word, normalise, number, word_key

ANYTHING = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("　ＷＡＴＥＲ　", "water"),
        ("ヒザが　痛い\n", "ひざが 痛い"),
        ("ﾋｻﾞ", "ひざ"),
        ("a\u200bb\x00c", "abc"),
        ("\ud800胸", "胸"),
        ("", ""),
    ],
)
def test_one_form(typed, form):
    assert normalise(typed) == form


def test_a_word_loses_its_ending():
    assert word_key("水、") == word_key("水！！") == word_key("水〜♪") == "水"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("６２．５", "62.5"),
        ("62,5 kg", "62.5"),
        ("水 300ml", "300"),
        ("1,000ml", "1000"),
        ("0", "0"),
        ("７", "7"),
    ],
)
def test_numbers_that_are_read(typed, value):
    assert number(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    ["", "水", "-3", "−3", "－３", "+3", "1_000", "nan", "inf", "1e5", "3 4", "٣", "3٣", "2^3"],
)
def test_numbers_that_are_refused(typed):
    assert number(typed) is None


@given(ANYTHING)
def test_reading_never_raises_and_settles(text):
    once = normalise(text)
    assert normalise(once) == once
    assert "\x00" not in once
    once.encode("utf-8")


@given(ANYTHING | st.from_regex(r"[-+]?[0-9０-９_.,e^ ]{1,12}", fullmatch=True))
def test_a_number_is_finite_and_never_negative(text):
    found = number(text)
    assert found is None or (found.is_finite() and not found.is_signed())


@given(st.integers(0, 10**6), st.sampled_from(["", " kg", "ml", "分", " 回"]))
def test_a_plain_number_is_read_in_any_width(value, unit):
    wide = str(value).translate({ord("0") + i: ord("０") + i for i in range(10)})
    assert number(wide + unit) == number(str(value) + unit) == value


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        *(("すね", "今日は暑いですね", False), ("すね", "左のすねが痛い", True)),
        *(("あし", "あした行きます", False), ("あし", "走ったらあしいたい", True)),
        *(("こし", "もうすこし", False), ("こし", "なんかこしが重い", True)),
        *(("かた", "体がかたい", False), ("かた", "やりかた", False), ("かた", "ひだりかた", True)),
        *(("くび", "あくび", False), ("くび", "くびが痛い", True), ("膝", "膝", True)),
    ],
)
def test_a_short_name_is_not_part_of_another_word(name, text, found):
    assert (re.search(as_a_word(name), text) is not None) is found
