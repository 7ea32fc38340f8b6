"""The countdown: each step at its hour, one tap that shapes the rest, and nobody else disturbed."""

from __future__ import annotations

from tests.race_stage import hears_until, stands_at, titles, world

__all__ = ["world"]
D28 = "2027-02-07 19:01"


def test_four_weeks_before_the_first_step_comes_with_a_tap(aiko, clock):
    assert hears_until(aiko, clock, "2027-02-07 18:59") == []
    assert hears_until(aiko, clock, D28) == [
        "あと4週間\n東京マラソン2027まで、あと4週間です。いちばん長く走る練習は、この1週間のうちに"
        "終えましょう。運動中の胸の痛みや失神、心臓の病気、高血圧や糖尿病がある方は、走る前に医師の"
        "確認を受けてください。確認はどうなっていますか?"
    ]
    assert aiko.labels() == ["当てはまらない", "医師に確認済み", "まだ(これから)"]
    assert aiko.taps("まだ(これから)") == [
        "予約は今週のうちに取りましょう。2週間前に、もう一度うかがいます。コーチに知らせたいとき"
        "だけ「コーチに伝えて」をどうぞ。"
    ]
    assert aiko.labels() == ["コーチに伝えて"]


def test_it_speaks_english_to_those_who_do(emma, clock):
    said = hears_until(emma, clock, D28)
    assert said[0].startswith("Four weeks to go\nTokyo Marathon 2027 is four weeks away.")
    assert emma.taps("Does not apply") == [
        "Good. Tell me your start and breakfast in “my race”, and race-day reminders will keep "
        "your hours."
    ]


def test_an_outstanding_doctors_word_is_asked_again_and_only_of_them(world, aiko, ryo, clock):
    hears_until(aiko, clock, D28)
    aiko.taps("まだ(これから)")
    ryo.taps("医師に確認済み")
    stands_at(world, "2027-02-22 18:00")
    clock.goes_to("2027-02-22 19:01")
    assert titles(aiko.hears())[-1] == "医師の確認、その後"
    assert "医師の確認、その後" not in titles(ryo.hears())
