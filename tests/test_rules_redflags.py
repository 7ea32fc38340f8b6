"""Red flags: what must be caught, what must not, and how fast."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.redflags import Flag, find, find_sign
from models.rules.redflags_book import book

DATA = Path(__file__).parent / "data"
LEAST = {("emergency", "ja"): 100, ("emergency", "en"): 60, ("none", "ja"): 100, ("none", "en"): 60}


def sentences():
    for name in ("redflags.toml", "redflags_aside.toml"):
        for flag, by_language in tomllib.loads((DATA / name).read_text("utf-8")).items():
            for language, texts in by_language.items():
                yield from ((flag, language, text) for text in texts)


SENTENCES = list(sentences())


@pytest.mark.parametrize(("flag", "language", "text"), SENTENCES, ids=[s[2] for s in SENTENCES])
def test_a_sentence_is_understood(flag, language, text):
    assert find(text) == (None if flag == "none" else Flag(flag))


def test_there_are_enough_sentences():
    for (flag, language), least in LEAST.items():
        assert sum(s[:2] == (flag, language) for s in SENTENCES) >= least
    assert len({text for _, _, text in SENTENCES}) == len(SENTENCES)


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
CAUGHT = [(flag, text) for flag, _, text in SENTENCES if flag != "none"]


@given(
    st.sampled_from(CAUGHT), st.sampled_from([str.upper, str.title, lambda t: t.translate(WIDE)])
)
def test_width_and_case_change_nothing(sentence, typed):
    flag, text = sentence
    assert find(typed(text)) == Flag(flag)


@given(
    st.sampled_from(CAUGHT),
    st.sampled_from(["明日参加します。", "水300\n", "Count me in! ", "お疲れさまです!"]),
)
def test_another_wish_before_it_hides_nothing(sentence, wish):
    flag, text = sentence
    assert find(wish + text) == Flag(flag)


def test_the_more_urgent_flag_wins():
    assert find("熱が39度あります。胸が痛いです") is Flag.EMERGENCY
    assert find("死にたい。めまいがする") is Flag.SELF_HARM
    assert find("") is None


def test_every_sign_has_a_name_of_its_own():
    names = [sign.name for sign in book().signs]
    assert len(names) == len(set(names))
    sign = find_sign("胸が痛い")
    assert sign is not None
    assert sign.name == "chest pain"


def test_every_exemption_is_a_guard():
    known = {"denied", "measure", "topic", "imagined", "before", "past", "story"}
    assert all(sign.despite <= known for sign in book().signs)


@given(st.text(st.characters(codec=None), max_size=300))
def test_nothing_makes_it_raise(text):
    assert find(text) in {None, *Flag}


WORDS = sorted({word for sign in book().signs for group in sign.groups for word in group})


@given(st.lists(st.sampled_from([*WORDS, "ない", "。", "去年", "たら", "no ", " "]), max_size=60))
def test_no_mixture_of_its_own_words_makes_it_raise(words):
    assert find("".join(words)) in {None, *Flag}


PIECES = [
    *(
        "胸",
        "胸が痛くない",
        "胸が痛くない。",
        "。",
        "水たくさん",
        "去年倒れた",
        "倒れた場合",
        "胸が大丈夫痛い",
    ),
    *("a ", "no ", "no chest pain ", "water nause but ", "'", "\n", "\0\ud800", "㌖", "ﷺ"),
]


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_four_times_the_text_takes_no_sixteen_times_the_time(piece):
    find("warm")
    short, long = (min(_seconds((piece * n)[:n]) for _ in range(5)) for n in (1250, 5000))
    assert long < 10 * short + 0.002  # linear is 4, quadratic 16; no limit in seconds


def _seconds(text: str) -> float:
    start = time.process_time()
    find(text)
    return time.process_time() - start
