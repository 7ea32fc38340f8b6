"""Rehearsing the race's food: a word the evening before the half, and a tap that is remembered."""

from __future__ import annotations

import pytest

from models import attendance, carb
from tests import bodies

BEFORE, EVENING, AFTER = "2027-01-16 18:30", "2027-01-16 19:01", "2027-01-17 12:00"


@pytest.fixture
def hears(world, aiko, clock):
    """Go from the evening before to a time and return what was said of the rehearsal."""
    clock.leaps_to(BEFORE)

    def until(local, actor=aiko):
        clock.goes_to(local)
        return [words for words in actor.hears() if "予行" in words or "本番の食事" in words]

    return until


def outcomes(world, actor):
    with world.database.read() as db:
        return list(carb.rehearsed(db, actor.record()).values())


def test_the_evening_before_the_half_the_races_breakfast_is_suggested(aiko, hears):
    assert hears(EVENING)[0].startswith(
        "明日は本番の食事を試す日\n"
        "明日は09:00から「ハーフ・15 kmで力試し」です。06:00ごろまでに、本番の朝食と同じものを"
        "食べてみませんか?\n"
        "量: 糖質 108〜135 g\n例: おにぎり1個、切り餅2個、カステラ1切れ\n"
        "ジェル: 走り出して45分で1本、水と一緒に\n"
    )
    assert aiko.labels() == ["試した・調子よかった", "試したけれど、おなかが…", "試さなかった"]


def test_the_tap_counts_after_the_run_and_is_remembered(world, aiko, clock, hears):
    hears(EVENING)
    button = aiko.button("試した・調子よかった")
    upset = aiko.button("試したけれど、おなかが…")
    assert aiko.acts(button) == ["走り終わってから、もう一度押してくださいね。"]
    assert outcomes(world, aiko) == []
    clock.leaps_to(AFTER)
    assert aiko.acts(button)[0].startswith("いいですね、記録しました。")
    assert outcomes(world, aiko) == ["tried"]
    assert "補給の予行: 1回試して、調子よし" in aiko.says("シーズン")[0]
    assert aiko.acts(upset)[0].startswith("試しておいてよかったです。")
    assert outcomes(world, aiko) == ["upset"]
    season = aiko.says("シーズン")[0]
    assert "補給の予行: 1回試しました(おなかの不調あり。量を減らして、もう一度)" in season


def test_in_english(world, emma, hears, clock):
    clock.goes_to(EVENING)
    assert emma.hears()[-1].startswith(
        "Tomorrow, try your race food\nTomorrow at 09:00: Half marathon"
    )
    assert emma.taps("Did not try")[0].startswith("All right.")
    assert outcomes(world, emma) == ["not_tried"]


def test_without_consent_no_number_and_nothing_kept_with_a_doctor_nothing(
    world, aiko, hiroshi, hears, clock
):
    bodies.screened(world, aiko, medicines=True)
    said = hears(EVENING, hiroshi)[0]
    assert "ごはん・餅・バナナなど" in said
    assert " g" not in said
    clock.leaps_to(AFTER)
    hiroshi.taps("試した・調子よかった")
    assert outcomes(world, hiroshi) == []
    assert hears(AFTER) == []


def test_not_for_who_stays_away_or_when_it_is_cancelled(world, aiko, ryo, hears):
    half = bodies.session_of(world, week=18)
    with world.database.write() as db:
        row = attendance.Rsvp(session_id=half.key, person_id=ryo.record().key, answer="no")
        row.at = world.clock.now()
        attendance.answer(db, row)
    assert hears(EVENING, ryo) == []
    bodies.changes(world, bodies.session_of(world, week=23), cancelled=True)
    world.clock.leaps_to("2027-02-16 18:30")
    heard = len(hears(EVENING))
    assert len(hears("2027-02-16 19:30")) == heard


def test_another_classes_session_and_hand_made_data(world, aiko):
    other = bodies.session_of(world, "S3", week=18).key
    mine = bodies.session_of(world, week=18).key
    for data in (
        f"session={other}&outcome=tried",
        f"session={mine}&outcome=champion",
        "session=-1",
    ):
        aiko.sends_data(f"carb_rehearsal.Went?{data}")
    assert outcomes(world, aiko) == []
