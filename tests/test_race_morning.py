"""Race morning and the first minutes after: personal hours, and numbers only where they may be."""

from __future__ import annotations

from sqlmodel import select

from models.inbox import EventState, InboxEvent
from tests import bodies
from tests.race_stage import hears_until, stands_at, tells, titles, world

__all__ = ["world"]


def test_race_morning_keeps_each_runners_own_hours(world, aiko, ryo, hiroshi, clock):
    tells(world, ryo, start="25", breakfast="05:30")
    stands_at(world, "2027-03-07 04:00")
    said = hears_until(aiko, clock, "2027-03-07 05:11")
    assert said[-1] == (
        "おはようございます\nいよいよ東京マラソン2027です。ここから1時間ほどかけて、270〜380 mLを"
        "少しずつ飲みましょう。トイレをすませて、尿の色も見ておきましょう。朝食は06:10ごろまでに、"
        "食べ慣れたものを。"
    )
    assert "おはようございます" not in titles(ryo.hears())
    assert "ひと口ずつゆっくり飲みましょう" in hiroshi.hears()[-1]
    later = hears_until(ryo, clock, "2027-03-07 05:36")
    assert "朝食は05:30ごろまでに" in later[-1]
    before = hears_until(ryo, clock, "2027-03-07 08:26")
    assert "あなたのスタートは09:35です。" in before[-1]
    assert "10〜20分前にスポーツドリンクを100〜200 mL" in before[-1]


def test_a_bad_night_shapes_the_word_before_the_start(world, aiko, clock):
    stands_at(world, "2027-03-07 04:00")
    hears_until(aiko, clock, "2027-03-07 05:11")
    assert aiko.taps("眠れなかった")[0].startswith("眠れない方は多いですよ。")
    said = hears_until(aiko, clock, "2027-03-07 08:01")[-1]
    assert "眠れなかった日は、最初の5 kmを、1 kmあたり5秒ゆっくりと。" in said


def test_someone_screened_out_gets_no_amounts(world, aiko, clock):
    bodies.screened(world, aiko, organs=True)
    stands_at(world, "2027-03-07 04:00")
    assert "mL" not in hears_until(aiko, clock, "2027-03-07 08:01")[-1]
    assert not any("mL" in said for said in aiko.hears() if "東京マラソン" in said)


def test_a_start_told_on_the_morning_itself_makes_nothing_missed_or_double(aiko, ryo, world, clock):
    tells(world, ryo, start="25")
    stands_at(world, "2027-03-07 05:00")
    clock.goes_to("2027-03-07 05:15")
    assert ryo.says("スタートは0分後")[0].startswith("スタートは09:10ですね。")
    assert aiko.says("スタート 9:35")[0].startswith("スタートは09:35ですね。")
    clock.goes_to("2027-03-07 05:40")
    for one in (aiko, ryo):
        assert titles(one.hears()).count("おはようございます") == 1


def missed(world):
    with world.database.read() as db:
        return db.exec(select(InboxEvent.key).where(InboxEvent.state == EventState.MISSED)).all()


def test_who_starts_later_than_thought_makes_nothing_missed_for_the_others(aiko, world, clock):
    stands_at(world, "2027-03-07 05:00")
    clock.goes_to("2027-03-07 07:30")  # the first word helped until 07:10
    before = missed(world)
    assert aiko.says("スタート 9:35")[0].startswith("スタートは09:35ですね。")
    clock.passes(minutes=5)
    assert missed(world) == before
