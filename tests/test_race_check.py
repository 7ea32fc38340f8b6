"""体調チェック: fixed guidance for what is noticed after a race, and word to the coaches."""

from __future__ import annotations

import pytest

from bot.buttons import pack
from bot.race_signs import Noticed, Sign
from models import erasure, health
from models.outbox import OutboxRow
from models.race_taps import RaceHealth
from tests import bodies
from tests.race_stage import races, stands_at, titles, world

__all__ = ["world"]


@pytest.fixture
def evening(world, aiko, clock):
    """The evening after the race, when everybody was asked."""
    stands_at(world, "2027-03-07 17:55")
    clock.goes_to("2027-03-07 18:01")


def test_something_off_leads_to_the_signs(evening, aiko):
    assert aiko.taps("気になる症状がある") == [
        "どれに近いか、教えてください。",
        "体調チェック\nいま、いちばん当てはまるものを押してください。"
        "2つあるときは、上にあるほうを。",
    ]
    assert aiko.labels() == [
        "頭痛・吐き気・ぼんやりする",
        "胸の痛み・息苦しさ",
        "尿が茶色・コーラ色",
        "尿が6時間以上出ない",
        "体重が減っていない・むくみ",
        "ふくらはぎの腫れ・強い痛み",
        "38 °C以上の熱",
        "どれもない",
    ]


def test_brown_urine_goes_to_a_doctor_and_to_both_coaches(world, evening, aiko, coach, support):
    aiko.taps("気になる症状がある")
    said = aiko.taps("尿が茶色・コーラ色")[0]
    assert said.startswith("すぐに病院で診てもらってください。茶色い尿は、")
    assert said.endswith("コーチにも伝えました。返事を待たずに受診してください。")
    assert (
        coach.hears()[-1]
        == support.hears()[-1]
        == (
            "相川 愛子さんが、レース後の体調チェックで「尿が茶色・コーラ色」と答えました"
            "(3月7日(日) 18:01)。受診は案内済みです。今日のうちに、1対1で声をかけてください。"
        )
    )
    rows = [row for row in bodies.rows(world, OutboxRow) if row.occurrence.startswith("race.sign")]
    assert {row.priority for row in rows} == {0}
    assert {row.answer for row in bodies.rows(world, RaceHealth)} == {"check", "urine"}


def test_told_twice_the_coaches_hear_it_once(evening, aiko, coach):
    aiko.taps("気になる症状がある")
    tap = aiko.button("38 °C以上の熱")
    aiko.acts(tap)
    before = len(coach.hears())
    aiko.acts(tap)
    assert len(coach.hears()) == before


@pytest.mark.parametrize("label", ["頭痛・吐き気・ぼんやりする", "胸の痛み・息苦しさ"])
def test_an_emergency_gets_the_fixed_words_and_the_coaches_are_called(evening, aiko, coach, label):
    aiko.taps("気になる症状がある")
    said = aiko.taps(label)[0]
    assert said.startswith("いますぐ119に電話してください。")
    assert "水分をたくさんとった後の頭痛、吐き気、むくみ → 飲み物は与えない" in said
    assert aiko.labels() == ["119に電話する"]
    assert coach.hears()[-1].startswith("【至急】相川 愛子さんから、")
    assert label not in coach.hears()[-1]


def test_not_lighter_means_stop_drinking(evening, aiko):
    aiko.taps("気になる症状がある")
    said = aiko.taps("体重が減っていない・むくみ")[0]
    assert said.startswith("飲みすぎかもしれません。いまは飲むのを止めて、")
    assert "mL" not in said


def test_without_consent_the_coaches_are_not_told_unless_wished(world, evening, hiroshi, coach):
    hiroshi.taps("気になる症状がある")
    before = len(coach.hears())
    said = hiroshi.taps("尿が6時間以上出ない")[0]
    assert said.endswith("知らせたいときは「コーチに伝えて」と送ってください。")
    assert len(coach.hears()) == before
    assert bodies.rows(world, RaceHealth) == []
    hiroshi.taps("コーチに伝えて")
    assert "山口 浩さんが、コーチと話したいそうです。" in coach.hears()[-1]


def test_it_is_a_word_too_and_ends_the_silence(evening, aiko, coach, clock):
    assert titles(aiko.says("体調チェック")) == ["体調チェック"]
    assert aiko.taps("どれもない")[0].startswith("安心しました。")
    clock.goes_to("2027-03-07 20:31")
    assert "相川 愛子" not in coach.hears()[-1]


def test_it_is_complete_in_english(evening, emma, coach):
    emma.says("body check")
    said = emma.taps("A swollen or very sore calf")[0]
    assert said.startswith("Please see a doctor within 24 hours.")
    assert said.endswith(
        "Your coaches have been told. See a doctor without waiting for their answer."
    )
    assert "「ふくらはぎの腫れ・強い痛み」" in coach.hears()[-1]


def test_hand_made_signs_are_refused_or_kept_for_nobody(world, evening, aiko):
    assert "今週" in aiko.sends_data("race_signs.Noticed?race=1&sign=hungry")[0]
    for race in (99, -1, 10**12):
        assert aiko.sends_data(pack(Noticed(race, Sign.FEVER)))[0].startswith("24時間以内に病院で")
    assert bodies.rows(world, RaceHealth) == []


def test_an_old_card_still_says_what_to_do(world, aiko):
    tap = pack(Noticed(races(world)["goal"].key, Sign.URINE))
    stands_at(world, "2027-04-20 12:00")
    assert aiko.sends_data(tap)[0].startswith("すぐに病院で診てもらってください。")


@pytest.mark.parametrize("word", ["consent", "erasure"])
def test_what_is_not_yet_told_is_not_told_any_more(world, evening, aiko, coach, clock, word):
    aiko.taps("気になる症状がある")
    before = coach.hears()
    world.phones.tap(aiko.id, aiko.id, aiko.button("38 °C以上の熱")["data"])
    while world.engine.step():
        pass  # written, and not yet sent
    with world.database.write() as db:
        if word == "erasure":
            erasure.erase(db, aiko.record(), clock.now())
        else:
            health.withdraw(db, aiko.record(), health.HEALTH, clock.now())
    world.settle()
    assert coach.hears() == before
