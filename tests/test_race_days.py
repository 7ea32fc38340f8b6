"""The countdown: each step at its hour, one tap that shapes the rest, and nobody else disturbed."""

from __future__ import annotations

import pytest
from sqlmodel import delete

from bot.buttons import pack
from bot.race_words import TapStep
from models import mute
from models.race_taps import CountdownTap, RaceHealth
from models.school import Membership
from tests import bodies
from tests.race_stage import enters, hears_until, races, stands_at, titles, world

__all__ = ["world"]
D28 = "2027-02-07 19:01"


def test_four_weeks_before_the_first_step_comes_with_a_tap(aiko, clock):
    assert hears_until(aiko, clock, "2027-02-07 18:59") == []
    assert hears_until(aiko, clock, D28) == [
        "あと4週間\n東京マラソン2027まで、あと4週間です。いちばん長く走る練習は、この1週間のうちに"
        "終えましょう。これまでに失神したことや、運動中の胸の痛み・ふらつきがあった方、心臓の病気・"
        "高血圧・糖尿病のある方は、走る前に医師の確認を受けてください。確認はどうなっていますか?"
    ]
    assert aiko.labels() == ["当てはまらない", "医師に確認済み", "まだ(これから)"]
    assert aiko.taps("まだ(これから)") == [
        "予約は今週のうちに取りましょう。2週間前に、もう一度うかがいます。コーチに知らせたいとき"
        "だけ「コーチに伝えて」をどうぞ。"
    ]
    assert aiko.labels() == ["コーチに伝えて", "レース設定"]


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


def test_without_consent_an_answer_about_the_body_is_heard_and_not_kept(world, hiroshi, clock):
    hears_until(hiroshi, clock, D28)
    assert hiroshi.taps("まだ(これから)")[0].endswith(
        "健康情報の同意がないので、この答えは記録していません。"
    )
    assert bodies.rows(world, RaceHealth) == []
    assert [row.tap for row in bodies.rows(world, CountdownTap)] == ["answered"]


def test_withdrawn_consent_takes_the_answers_about_the_body_with_it(world, aiko, clock):
    hears_until(aiko, clock, D28)
    aiko.taps("まだ(これから)")
    assert [row.answer for row in bodies.rows(world, RaceHealth)] == ["waiting"]
    bodies.consents(world, aiko, given=False)
    assert bodies.rows(world, RaceHealth) == []


def test_the_newest_answer_counts(world, aiko, clock):
    hears_until(aiko, clock, D28)
    tap = aiko.button("当てはまらない")
    aiko.taps("まだ(これから)")
    aiko.acts(tap)
    assert [row.answer for row in bodies.rows(world, RaceHealth)] == ["not_needed"]


def test_a_picked_up_bib_is_not_asked_for_again(world, aiko, ryo, clock):
    stands_at(world, "2027-03-03 18:00")
    said = hears_until(aiko, clock, "2027-03-03 19:01")[-1]
    assert said.startswith("ゼッケンの受け取り\nゼッケンの受け取りは、本人だけ、当日はできない")
    assert said.endswith("(この情報は2026年のもの)。必ず公式案内で確かめてください。")
    aiko.taps("受け取りました")
    stands_at(world, "2027-03-05 12:00")
    pickup = "ゼッケンの受け取りがまだなら、混む明日より、今日のうちがおすすめです。"
    assert pickup not in hears_until(aiko, clock, "2027-03-05 12:16")[-1]
    assert pickup in ryo.hears()[-1]
    assert ryo.taps("ゼッケン受取済み") == [
        "ありがとうございます。これで受け取りのお知らせは終わりです。"
    ]


def test_the_heat_plan_says_what_is_normal_and_the_nails_come_once_more(world, aiko, clock):
    stands_at(world, "2027-02-28 18:00")
    hears_until(aiko, clock, "2027-02-28 19:01")
    aiko.taps("これから")
    stands_at(world, "2027-03-02 18:00")
    said = hears_until(aiko, clock, "2027-03-02 19:01")[-1]
    assert said.startswith(
        "暑さの計画 A・B・C\n予報が出るまでは、平年並みの気温9 °Cで考えます。"
        "暑さ指数(WBGT)の目安は約12 °Cで、計画Aです。"
    )
    assert said.endswith("足の爪は、あさってまでに切っておきましょう。")


def test_who_does_not_run_gets_one_kind_word_and_nothing_more(world, aiko, ryo, clock):
    enters(world, aiko, "no")
    enters(world, ryo, "not_yet")
    assert hears_until(aiko, clock, D28) == [
        "東京マラソン2027まで、あと4週間です。今回は走らないと聞いているので、カウントダウンのお知らせは送り"
        "ません。仲間の応援、よろしくお願いします! 走ることになったら「レース設定」へどうぞ。"
    ]
    assert "まだ申し込みの途中と聞いています。" in ryo.hears()[-1]
    stands_at(world, "2027-03-06 14:00")
    hears_until(aiko, clock, "2027-03-06 15:01")
    races_words = [said for said in aiko.hears() if "大切なこと" in said]
    assert races_words == []


def test_who_muted_the_race_hears_only_what_is_for_safety(world, aiko, clock):
    with world.database.write() as db:
        mute.mute(db, aiko.record(), "race", clock.now())
    assert hears_until(aiko, clock, D28) == []
    stands_at(world, "2027-03-06 14:30")
    assert titles(hears_until(aiko, clock, "2027-03-06 15:01"))[-1] == "明日のための大切なこと"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("race_words.TapStep?race=99&step=d28_doctor&tap=waiting", "このボタンは"),
        ("race_words.TapStep?race=1&step=nothing&tap=waiting", "このボタンは"),
        ("race_words.TapStep?race=1&step=d28_doctor&tap=cut", "このボタンは"),
        ("race_words.TapStep?race=2&step=d28_doctor&tap=waiting", "このボタンは"),
        ("race_words.TapStep?race=-1&step=d28_doctor&tap=waiting", "このボタンは"),
        ("race_words.TapStep?race=nan&step=d28_doctor&tap=waiting", "このボタンは"),
        ("race_words.TapStep?race=1&step=d2_after&tap=fine", "これは、まだ先のお知らせです。"),
    ],
)
def test_hand_made_taps_leave_nothing(world, aiko, clock, data, said):
    hears_until(aiko, clock, D28)
    goal, half = races(world)["goal"], races(world)["half"]
    data = data.replace("race=1&", f"race={goal.key}&").replace("race=2&", f"race={half.key}&")
    assert aiko.sends_data(data)[0].startswith(said)
    assert bodies.rows(world, CountdownTap) == []


def test_a_tap_of_no_member_and_one_long_after_the_race_count_for_nothing(
    world, aiko, coach, clock
):
    tap = pack(TapStep(races(world)["goal"].key, "d28_doctor", "waiting"))
    assert coach.sends_data(tap)[0].startswith("これは、クラスのメンバーの方の機能です。")
    stands_at(world, "2027-03-22 12:00")
    assert aiko.sends_data(tap)[0].startswith("この大会は終わっています。")
    assert bodies.rows(world, CountdownTap) == []


def test_who_left_the_school_hears_nothing_more(world, aiko, clock):
    with world.database.write() as db:
        db.execute(delete(Membership).where(Membership.person_id == aiko.record().key))
    assert hears_until(aiko, clock, D28) == []
