"""The words of every feature: both languages, the same gaps, dates and plurals as said."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

import app
from bot import texts
from bot.texts import CORRIDOR, LANGUAGES, FeatureTexts, TextFault

FOLDER = app.HERE / "handlers" / "texts"
AT = datetime(2026, 11, 25, 19, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
KANA = re.compile(r"[぀-ヿ一-鿿]")
ENGLISH = re.compile(r"(?:[A-Za-z]+[ ,]+){4,}[A-Za-z]+")


@pytest.fixture(scope="module")
def loaded():
    return texts.load(FOLDER)


def made(say):
    return FeatureTexts("x", {}, {}, say, {}, {})


@pytest.mark.parametrize(
    ("pattern", "language", "said"),
    [
        ("{at:when}", "ja", "11月25日(水) 19:00"),
        ("{at:day}", "ja", "11月25日(水)"),
        ("{at:time}", "ja", "19:00"),
        ("{at:when}", "en", "Wed 25 Nov, 19:00"),
        ("{at:day}", "en", "Wed 25 Nov"),
        ("{at:time}", "en", "19:00"),
    ],
)
def test_dates_are_said_as_people_say_them(pattern, language, said):
    assert made({"k": {language: pattern}}).phrase("k", language, at=AT) == said


@pytest.mark.parametrize(("n", "said"), [(0, "0 runners"), (1, "1 runner"), (2, "2 runners")])
def test_english_counts(n, said):
    pattern = {"k": {"en": "{n} {n:plural runner|runners}", "ja": "{n}人"}}
    assert made(pattern).phrase("k", "en", n=n) == said
    assert made(pattern).phrase("k", "ja", n=n) == f"{n}人"


def test_days_and_times_alone_can_be_said():
    say = {"k": {"ja": "{d:day} {t:time}"}}
    assert made(say).phrase("k", "ja", d=date(2026, 3, 1), t=time(9, 5)) == "3月1日(日) 09:05"


def test_a_missing_text_is_named():
    with pytest.raises(KeyError, match=r"texts/x\.toml has no \[say\] gone"):
        made({}).phrase("gone", "ja")


def test_every_fault_of_every_file_is_named_at_once(tmp_path):
    (tmp_path / "a.toml").write_text(
        '[say]\nhalf = { ja = "や" }\ngaps = { ja = "{x}", en = "{y}" }\n'
        '[words]\nw = { ja = [], en = ["a"] }\n',
        encoding="utf-8",
    )
    (tmp_path / "b.toml").write_text('[say.k]\nja = ""\nen = "x"\n', encoding="utf-8")
    with pytest.raises(TextFault) as fault:
        texts.load(tmp_path)
    assert str(fault.value).splitlines() == [
        "texts/a.toml: words.w: no ja",
        "texts/a.toml: say.half: no en",
        "texts/a.toml: say.gaps: {'x'} in ja, {'y'} in en",
        "texts/b.toml: say.k: no ja",
    ]


def test_an_unknown_part_is_refused(tmp_path):
    (tmp_path / "a.toml").write_text("[says]\nx = 1\n", encoding="utf-8")
    with pytest.raises(TextFault, match=r"texts/a\.toml: what is \[says\]\?"):
        texts.load(tmp_path)


def every(loaded, language):
    for name, feature in loaded.items():
        for key, both in feature.say.items():
            yield f"{name}.{key}", both[language]


def test_no_japanese_stands_in_english_texts(loaded):
    quoted = re.compile(r"「[^」]*」|“[^”]*”|\([^)]*\)|[^ ]*/[^ ]*")  # a word to type may be quoted
    stray = {k for k, text in every(loaded, "en") if KANA.search(quoted.sub("", text))}
    assert {key for key in stray if "language" not in key} == set()  # those offer Japanese


def test_no_english_sentence_stands_in_japanese_texts(loaded):
    stray = [k for k, text in every(loaded, "ja") if ENGLISH.search(re.sub(r"\{[^}]*\}", "", text))]
    assert stray == []
    said = [(k, text) for k, text in every(loaded, "ja") if not k.endswith("file_name")]
    bare = ((k, re.sub(r"\{[^}]*\}", "", text)) for k, text in said)
    assert [k for k, text in bare if len(text) > 12 and not KANA.search(text)] == []


def test_both_languages_have_words_to_wake_everything(loaded):
    for feature in loaded.values():
        for both in (*feature.words.values(), *feature.phrases.values()):
            assert all(both[language] for language in LANGUAGES)


def test_no_text_leaves_a_gap_open(loaded):
    for language in LANGUAGES:
        for key, text in every(loaded, language):
            assert text.count("{") == text.count("}"), key
            assert text == text.strip("\n") or text.endswith("\n"), key
    assert CORRIDOR in loaded
