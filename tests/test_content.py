"""Tips and body places: complete in both languages, sourced, and checked when loaded."""

import re
import shutil
import tomllib
import unicodedata
from itertools import pairwise

import pytest

from models.content_files import (
    CONTENT,
    TOPICS,
    ContentFaults,
    load_places,
    load_tips,
    load_topics,
)
from models.rules.reading import word_key

TIPS = load_tips()
CLASSES = {"S3", "S35", "S4", "S45", "S5", "S6", "FIN"}
DANGEROUS_EN = re.compile(
    r"(?:at|from) every (?:aid )?(?:station|stop)|drink as much as|plenty of water", re.IGNORECASE
)
DANGEROUS_JA = re.compile(r"給水所ごとに|必ず飲|できるだけ(?:多く)?飲|こまめに飲|たくさん飲")


def sentences_ja(text):
    return len(re.findall(r"[。?!]", text))


def sentences_en(text):
    return len(re.findall(r"[.?!]\"?(?:\s|$)", text))


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(CONTENT / "tips", tmp_path / "tips")


def test_sixteen_topics_with_tips_enough_for_a_term():
    topics = load_topics()
    assert tuple(topic.id for topic in topics) == TOPICS
    assert all(len(topic.tips) >= 6 for topic in topics)
    assert len(TIPS) >= 120


@pytest.mark.parametrize("tip", TIPS, ids=lambda tip: tip.id)
def test_a_tip_is_two_to_five_sentences_in_both_languages(tip):
    assert 2 <= sentences_ja(tip.ja) <= 5
    assert 2 <= sentences_en(tip.en) <= 5
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", tip.en + tip.source.en)
    assert re.search(r"[ぁ-ん]", tip.ja)
    assert tip.source.ja
    assert tip.id.startswith(f"{tip.topic}_")
    assert set(tip.classes) <= CLASSES
    assert all(1 <= week <= 25 for week in tip.weeks)


@pytest.mark.parametrize("tip", TIPS, ids=lambda tip: tip.id)
def test_no_tip_tells_anyone_to_drink_without_measure(tip):
    assert not DANGEROUS_EN.search(tip.en)
    assert not DANGEROUS_JA.search(tip.ja)
    amounts = [int(number) for number in re.findall(r"(\d+) mL an hour", tip.en)]
    assert all(amount <= 800 for amount in amounts)


@pytest.mark.parametrize("tip", TIPS, ids=lambda tip: tip.id)
def test_amounts_to_drink_or_eat_are_marked(tip):
    assert tip.dose == bool(re.search(r"\d\s?(?:mL|L|g|mg)\b", tip.en))


def test_numbers_are_the_same_in_both_languages():
    def numbers(text):  # "1 kmあたり" is "per km" in English: a 1 may go missing
        plain = unicodedata.normalize("NFKC", text)
        return set(re.findall(r"\d+(?:\.\d+)?(?=\s?(?:km|g|mL|L|mg|%))", plain)) - {"1"}

    differing = [
        (tip.id, numbers(tip.ja) ^ numbers(tip.en))
        for tip in TIPS
        if numbers(tip.ja) != numbers(tip.en)
    ]
    assert differing == []


def test_no_two_tips_say_the_same():
    assert len({tip.id for tip in TIPS}) == len({tip.ja for tip in TIPS}) == len(TIPS)
    assert all(one.en[:60] != other.en[:60] for one, other in pairwise(sorted(TIPS, key=en_of)))


def en_of(tip):
    return tip.en


def test_every_source_is_used():
    document = tomllib.loads((CONTENT / "tips" / "sources.toml").read_text("utf-8"))
    assert {source["id"] for source in document["source"]} == {tip.source.id for tip in TIPS}


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("core.toml", 'source = "practice"', 'source = "hearsay"', "unknown source 'hearsay'"),
        ("core.toml", "weeks = [3, 6, 12]", "weeks = [0]", "weeks.0"),
        ("core.toml", "weeks = [3, 6, 12]", "week = 3", "week: Extra inputs"),
        ("core.toml", 'id = "core_wrist"', 'id = "Core wrist"', "id: String should match"),
        ("core.toml", 'id = "core_wrist"', 'id = "core_calf"', "'core_calf' stands twice"),
        ("core.toml", 'ja = "体幹"', "", "ja: Field required"),
        ("core.toml", "[[tip]]", "[[tip]", "core.toml: "),
        ("core.toml", "[[tip]]", "[tip]", "core.toml: "),
        ("sources.toml", 'en = "ONE TOKYO', 'englisch = "ONE TOKYO', "one_tokyo: en: Field"),
    ],
)
def test_a_fault_in_the_tips_is_named(folder, file, old, new, words):
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentFaults) as raised:
        load_tips(folder)
    assert words in str(raised.value)


def test_all_faults_of_the_tips_are_told_at_once(folder):
    (folder / "mind.toml").unlink()
    (folder / "gear.toml").write_bytes(b"\xff")
    (folder / "extra.toml").write_text("", "utf-8")
    with pytest.raises(ContentFaults) as raised:
        load_tips(folder)
    named = {fault.split(":")[0] for fault in raised.value.faults}
    assert named >= {"mind.toml", "gear.toml", "extra.toml"}


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("膝", "knee"),
        ("ひざ", "knee"),
        ("ヒザ", "knee"),
        ("ﾋｻﾞ", "knee"),
        ("Knee", "knee"),
        ("足首", "ankle"),
        ("ふくらはぎ", "calf"),
        ("フクラハギ", "calf"),
        ("スネ", "shin"),
        ("アキレス腱", "achilles"),
        ("足裏", "sole"),
        ("足底", "sole"),
        ("足の甲", "instep"),
        ("股関節", "groin"),
        ("鼠径部", "groin"),
        ("仙骨", "sacrum"),
        ("腰", "lower_back"),
        ("太もも", "thigh"),
        ("ハムストリングス", "hamstring"),
        ("肩", "shoulder"),
        ("首", "neck"),
        ("手首", "wrist"),
        ("お尻", "buttock"),
        ("爪", "toe"),
        ("つま先", "toe"),
    ],
)
def test_a_place_is_found_as_people_type_it(typed, place):
    found = [
        each.id
        for each in load_places()
        if word_key(typed) in {word_key(alias) for alias in (each.ja, each.en, *each.aliases)}
    ]
    assert found == [place]


def test_the_bones_that_may_be_stressed_are_marked():
    assert {each.id for each in load_places() if each.bone} == {"shin", "instep", "groin", "sacrum"}


def test_the_red_flags_keep_their_own_places():
    words = {word for each in load_places() for word in (each.ja, each.en, *each.aliases)}
    assert not words & {"胸", "頭", "心臓", "chest", "head", "heart", "arm", "jaw", "あご", "腕"}


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ('{id="leg", ja="脚", en="leg", aliases=["ヒザ"]}', "'ひざ' stands twice"),
        ('{id="knee", ja="脚", en="leg", aliases=["あし"]}', "'knee' stands twice"),
        ('{id="leg", ja="脚", en="leg", aliases=[]}', "leg: aliases"),
    ],
)
def test_a_fault_in_the_places_is_named(tmp_path, second, words):
    path = tmp_path / "places.toml"
    first = '{id="knee", ja="膝", en="knee", aliases=["ひざ"]}'
    path.write_text(f"place = [{first}, {second}]", "utf-8")
    with pytest.raises(ContentFaults, match=words):
        load_places(path)
