"""Silence that matters: one list for each coach and deadline, and never because of a reminder."""

from __future__ import annotations

import pytest

from tests.race_stage import enters, hears_until, stands_at, tells, titles, world

__all__ = ["world"]
TITLE = "返事のない方がいます"


@pytest.fixture
def asked(world, aiko, ryo, clock):
    """The eve of the race, after the must-knows; one has read them."""
    stands_at(world, "2027-03-06 14:30")
    clock.goes_to("2027-03-06 15:01")
    aiko.taps("読みました")


def test_the_must_knows_come_the_day_before_with_one_tap(world, aiko, emma, clock):
    stands_at(world, "2027-03-06 14:30")
    said = hears_until(aiko, clock, "2027-03-06 15:01")[-1]
    assert said.startswith("明日のための大切なこと\n1. 飲むのは、のどの渇きに合わせて。")
    assert "ゴールしたら止まらず、10分歩き続けます。" in said
    assert emma.hears()[-1].startswith("Before tomorrow: must-knows\n1. Drink as thirst asks.")
    assert emma.taps("I have read it")[0].startswith("Thank you.")


def test_each_coach_gets_one_list_at_the_deadline(asked, coach, support, office, clock):
    assert TITLE not in titles(hears_until(coach, clock, "2027-03-06 19:59"))
    assert hears_until(coach, clock, "2027-03-06 20:01") == [
        f"{TITLE}\n「明日のための大切なこと」に、期限(3月6日(土) 20:00)までの返事がない方です。\n"
        "サブ4クラス: 山田 亮、Emma Clarke、山口 浩\n"
        "電話や1対1で、ひと声かけてください。たすきからは、もう催促しません。"
    ]
    clock.goes_to("2027-03-06 23:00")
    assert titles(coach.hears()).count(TITLE) == titles(support.hears()).count(TITLE) == 1
    assert TITLE not in titles(office.hears())


def test_who_blocked_us_is_on_the_list(world, asked, ryo, coach, clock):
    ryo.blocks()
    clock.goes_to("2027-03-06 20:01")
    assert "山田 亮(ブロック中)" in coach.hears()[-1]


def test_where_all_have_answered_there_is_no_list(asked, ryo, hiroshi, emma, coach, clock):
    ryo.taps("読みました")
    hiroshi.taps("質問がある")
    emma.taps("I have read it")
    clock.goes_to("2027-03-06 21:30")
    assert TITLE not in titles(coach.hears())


def test_who_does_not_run_is_not_missed(world, asked, ryo, hiroshi, emma, coach, clock):
    for one in (ryo, hiroshi, emma):
        enters(world, one, "no")
    clock.goes_to("2027-03-06 21:30")
    assert TITLE not in titles(coach.hears())


def test_without_a_coach_who_can_hear_the_office_is_told(
    world, asked, coach, support, office, clock
):
    for one in (coach, support):
        one.blocks()
    clock.goes_to("2027-03-06 20:01")
    assert titles(office.hears())[-1] == TITLE
    assert "サブ4クラス" in office.hears()[-1]


def test_the_coach_of_another_class_hears_nothing_of_it(world, asked, clock):
    other = world.person("橋爪 岳")
    clock.goes_to("2027-03-06 20:01")
    assert TITLE not in titles(other.hears())


def test_an_ordinary_reminder_without_a_tap_is_nobodys_business(world, aiko, coach, clock):
    clock.goes_to("2027-02-08 12:00")
    assert TITLE not in titles(coach.hears())


def test_the_evening_after_is_asked_and_missed_in_the_same_way(world, aiko, ryo, coach, clock):
    stands_at(world, "2027-03-07 17:30")
    said = hears_until(aiko, clock, "2027-03-07 18:01")[-1]
    assert said.startswith(
        "体はどうですか\nおつかれさまでした。尿は出ましたか、色は濃くないですか?"
    )
    aiko.taps("問題なし")
    ryo.taps("走らなかった")
    clock.goes_to("2027-03-07 20:31")
    assert "サブ4クラス: Emma Clarke、山口 浩" in coach.hears()[-1]
    stands_at(world, "2027-03-08 08:30")
    assert titles(hears_until(aiko, clock, "2027-03-08 09:01"))[-1] == "レースの翌日"
    assert "レースの翌日" not in titles(ryo.hears())
    clock.goes_to("2027-03-08 15:01")
    assert "山田 亮" not in coach.hears()[-1]


def test_a_half_marathon_asks_only_those_who_run_it(world, aiko, ryo, coach, clock):
    stands_at(world, "2027-01-10 12:00")
    tells(world, aiko, "half", entry="yes")
    stands_at(world, "2027-01-16 14:30")
    assert "明日のための大切なこと" in titles(hears_until(aiko, clock, "2027-01-16 15:01"))
    clock.goes_to("2027-01-16 20:01")
    assert "サブ4クラス: 相川 愛子\n" in coach.hears()[-1]


def spent(world):
    world.sim.quota.limit = 0


def refused(world):
    world.sim.faults.add(path="push", status=400, times=None)
    world.sim.faults.add(path="multicast", status=400, times=None)


def deaf(world):
    for one in world.sim.people.users.values():
        one.friend = False  # LINE says 200 and tells us nothing


FATES = {"quota": spent, "dead": refused, "accepted": deaf}


@pytest.mark.parametrize("fate", FATES)
def test_whatever_became_of_the_question_the_coach_hears_of_the_silence_once(
    world, aiko, ryo, coach, support, clock, fate
):
    stands_at(world, "2027-03-06 14:59")
    FATES[fate](world)
    clock.goes_to("2027-03-06 19:50")
    assert "明日のための大切なこと" not in titles(ryo.hears())
    world.sim.faults.clear()
    world.sim.quota.limit = None
    for one in world.sim.people.users.values():
        one.friend = True
    clock.goes_to("2027-03-06 22:00")
    for one in (coach, support):
        (said,) = [words for words in one.hears() if words.startswith(TITLE)]
        assert "サブ4クラス: 相川 愛子、山田 亮、Emma Clarke、山口 浩" in said
