"""Phrases: slots as people type them, greetings and politeness left out, and no text that hangs."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import app
from bot.phrases import MAX_READ, Phrasebook, UnknownSlotError
from bot.slots import read_day, read_ml, standard_slots

TODAY = date(2026, 11, 25)  # a Wednesday
PLACES = {"knee": ["膝", "ひざ", "knee"], "ankle": ["足首", "ankle"], "foot": ["足", "foot"]}
LEAD, TAIL = ["すみません", "hi"], ["お願いします", "お願い", "教えて", "教えてください", "please"]


@pytest.fixture(scope="module")
def router():
    return app.router()


@pytest.fixture(scope="module")
def book():
    return Phrasebook(standard_slots(PLACES), LEAD, TAIL)


READ = [
    ("水{ml}", "水３００", {"ml": 300}),
    ("水{ml}", "水 0.5L", {"ml": 500}),
    ("水{ml}", "水 ２杯", {"ml": 400}),
    ("water {ml}", "WATER 250ml", {"ml": 250}),
    ("{place}が[とても](痛い|痛む)", "膝が痛い", {"place": "knee"}),
    ("{place}が[とても](痛い|痛む)", "足首がとても痛む", {"place": "ankle"}),
    ("{place}が[とても](痛い|痛む)", "足が痛い", {"place": "foot"}),
    ("my {place} hurts", "my knee hurts", {"place": "knee"}),
    ("{day}休みます", "明日休みます", {"day": TODAY + timedelta(1)}),
    ("{day}休みます", "12/2休みます", {"day": date(2026, 12, 2)}),
    ("[{day}]休みます", "休みます", {"day": None}),
    ("{minutes}走った", "90分走った", {"minutes": 90}),
    ("相談 {text}", "相談 靴のこと", {"text": "靴のこと"}),
    ("体重{number}kg", "体重６２．５ｋｇ", {"number": 62.5}),
]


@pytest.mark.parametrize(("source", "said", "values"), READ)
def test_a_phrase_is_read_as_people_type_it(book, source, said, values):
    assert book.read(book.compile(source), book.bare(said), TODAY) == values


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("水{ml}", "水"),
        ("水{ml}", "水 −3"),
        ("水{ml}", "水 1_000"),
        ("水{ml}", "水 nan"),
        ("水{ml}", "水 1e9"),
        ("水{ml}", "水300と400"),
        ("{day}休みます", "13/45休みます"),
        ("{day}休みます", "2月30日休みます"),
        ("{place}が痛い", "頭が痛い"),
        ("水{ml}", "水" + "1" * MAX_READ),
    ],
)
def test_what_does_not_fit_is_not_read(book, source, said):
    assert book.read(book.compile(source), book.bare(said), TODAY) is None


@pytest.mark.parametrize(
    ("said", "bare"),
    [
        ("すみません、今週を教えてください。", "今週を"),
        ("Hi, this week please!", "this week"),
        ("hills", "hills"),
        ("教えて", "教えて"),
        ("今週　お願いします", "今週"),
        ("displease", "displease"),
    ],
)
def test_greetings_and_politeness_are_left_out(book, said, bare):
    assert book.bare(said) == bare


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("今日", TODAY),
        ("あさって", TODAY + timedelta(2)),
        ("水曜日", TODAY),
        ("木曜", TODAY + timedelta(1)),
        ("次の火曜日", TODAY + timedelta(6)),
        ("this Friday", TODAY + timedelta(2)),
        ("Monday", TODAY + timedelta(5)),
        ("11/24", date(2026, 11, 24)),
        ("1月5日", date(2027, 1, 5)),
        ("2/29", None),
        ("今度", None),
    ],
)
def test_days_are_read_as_people_say_them(said, day):
    assert read_day(said, TODAY) == day


def test_amounts_without_a_number_are_none():
    assert [read_ml(said) for said in ("", "ml", "たくさん", "1 2")] == [None] * 4


def test_an_unknown_slot_is_named(book):
    with pytest.raises(UnknownSlotError, match="weather"):
        book.compile("{weather}です")


@given(st.text(st.characters(codec=None), max_size=400))
@settings(max_examples=200)
def test_no_text_makes_it_raise(router, text):
    assert isinstance(router.by_text(text, TODAY), list)
    assert isinstance(router.is_word(text), bool)


def test_no_mixture_of_its_own_words_makes_it_raise(router):
    lists = router.texts["corridor"].lists
    words = [w for name in ("lead", "tail") for both in lists[name].values() for w in both]

    @given(st.lists(st.sampled_from([*words, "水", "300", "明日", "膝", "が痛い", " ", "、", "x"])))
    def check(pieces):
        assert isinstance(router.by_text("".join(pieces), TODAY), list)

    check()


PIECES = [
    "教えてください",
    "お願いします",
    "は",
    "すみません",
    "please ",
    "1",
    "1,",
    "a ",
    "水",
    "、",
    "膝",
]


@pytest.mark.parametrize("piece", PIECES)
def test_four_times_the_text_takes_no_sixteen_times_the_time(router, piece):
    short, long = (
        min(seconds(router, (piece * n)[:n] + "x") for _ in range(5)) for n in (1250, 5000)
    )
    assert long < 10 * short + 0.005  # linear is 4, quadratic 16; no limit in seconds


def test_no_phrase_of_any_feature_hangs_on_its_own_words(router):
    sources = [fit.phrase.source for fit in router.words.exact.phrases]
    pieces = {piece for source in sources for piece in re.split(r"[{}\[\]()|]", source) if piece}
    short, long = (
        sum(seconds(router, (piece * n)[:n]) for piece in sorted(pieces)) for n in (1250, 5000)
    )
    assert long < 10 * short


def seconds(router, text):
    start = time.process_time()
    router.by_text(text, TODAY)
    return time.process_time() - start
