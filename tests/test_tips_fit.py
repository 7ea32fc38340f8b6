"""コツ that fit what was told and the weather, and the search by word as people type."""

from __future__ import annotations

import pytest

from models import attendance, health
from models.content_files import load_tips
from tests import bodies
from tests.test_tips import WEEK_11, tip_in

TIPS = {one.id: one for one in load_tips()}


def felt(world, actor, **told):
    """Let an actor have been at a session of the last days and have told how it was."""
    one, last = actor.record(), bodies.session_of(world, week=10)
    with world.database.write() as db:
        row = attendance.Checkin(session_id=last.key, person_id=one.key, at=last.starts_at)
        attendance.check_in(db, row)
        for kind, value in told.items():
            feeling = attendance.Feeling(session_id=last.key, person_id=one.key, kind=kind)
            feeling.at, feeling.value = last.starts_at, value
            health.keep(db, one, feeling)


def test_after_a_pain_the_tips_about_pain_come_first(aiko, clock):
    aiko.says("膝の痛み4")
    aiko.says("やめる")
    said = aiko.says("コツ")[0]
    assert said.startswith("教えてくださった痛みに\n")
    assert "pain" in tip_in(said).when
    assert "pain" in tip_in(aiko.taps("もうひとつ")[0]).when
    assert aiko.in_group("S4").says("たすき コツ")[0].startswith(WEEK_11)
    clock.leaps_to("2026-12-01 09:00")
    assert "pain" not in tip_in(aiko.says("コツ")[0]).when


def test_a_little_ache_changes_nothing(aiko):
    aiko.says("膝の痛み2")
    assert aiko.says("コツ")[0].startswith(WEEK_11)


@pytest.mark.parametrize("told", [{"sleep": "poor"}, {"effort": 9}])
def test_after_a_bad_night_or_a_hard_session_the_tips_about_rest_come_first(world, aiko, told):
    felt(world, aiko, **told)
    said = aiko.says("コツ")[0]
    assert said.startswith("お疲れのようなので\n")
    assert "tired" in tip_in(said).when


def test_a_good_night_and_an_easy_session_change_nothing(world, aiko, emma):
    felt(world, aiko, sleep="well", effort=7)
    assert aiko.says("コツ")[0].startswith(WEEK_11)
    felt(world, emma, sleep="poor")
    assert emma.says("tips")[0].startswith("As you seem tired\n")


def test_the_tips_of_the_body_once_read_make_room_for_the_weeks(world, aiko):
    felt(world, aiko, sleep="poor")
    tired = [one for one in TIPS.values() if "tired" in one.when]
    seen = {tip_in(aiko.says("コツ")[0]).id for _ in tired}
    assert seen == {one.id for one in tired}
    assert aiko.says("コツ")[0].startswith(WEEK_11)


@pytest.mark.parametrize(
    ("change", "condition"),
    [
        ({"temperature": 27.0}, "hot"),
        ({"temperature": 3.0}, "cold"),
        ({"cancelled": True, "cancelled_reason": "大雨のため中止です"}, "rain"),
        ({"cancelled": True, "cancelled_reason": "Called off: THUNDER"}, "rain"),
    ],
)
def test_the_weather_of_the_session_ahead_counts(world, aiko, change, condition):
    one = bodies.session_of(world, week=11)
    bodies.changes(world, one, **change)
    weeks = [t for t in TIPS.values() if t.fits(11, "S4") and t.weeks and not t.when]
    seen = [tip_in(aiko.says("コツ")[0]) for _ in range(len(weeks) + 1)]
    assert condition in seen[-1].when


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("コツ ジェル", "ジェル"),
        ("コツ　ｼﾞｪﾙ", "ジェル"),
        ("コツ じぇる", "ジェル"),
        ("コツ ＷＢＧＴ", "WBGT"),
        ("コツ ポンチョ 雨", "ポンチョ"),
        ("tips WBGT", "WBGT"),
        ("Tips about ＰＯＮＣＨＯ", "poncho"),
        ("tip achilles", "Achilles"),
    ],
)
def test_a_word_is_found_in_any_width_kana_and_case(aiko, typed, word):
    found = tip_in(aiko.says(typed)[0])
    assert word in f"{found.ja} {found.en}"


def test_a_word_of_one_letter_finds_nothing_at_random(aiko):
    assert "見つかりませんでした" in aiko.says("コツ q")[0]
    assert "見つかりませんでした" in aiko.says("コツ ジェル ぽよぽよ")[0]
