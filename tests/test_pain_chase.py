"""A pain nobody sees to: the coaches hear again after twelve hours, the office after a day."""

from __future__ import annotations

from datetime import timedelta

from models import pain
from tests import bodies

REMINDER = (
    "相川 愛子さんの痛みの連絡に、まだ対応がありません\n"
    "連絡: 11月23日(月) 09:00\n場所: 膝\n強さ: 5/10"
)
TO_OFFICE = (
    "サブ4クラスで、メンバーからコーチへの連絡に、丸1日対応がありません。"
    "内容を見られるのは担当コーチだけです。"
    "西岡 遥さん、久我 大地さんに、ひと声かけていただけますか?"
)


def reminders(actor):
    return [said for said in actor.hears() if "まだ対応がありません" in said]


def test_the_coaches_hear_once_more_by_day_and_the_office_only_that_somebody_waits(
    aiko, coach, support, office, clock
):
    aiko.says("膝の痛み5")
    clock.goes_to("2026-11-24 07:59")  # 21:00 is night: it waits
    assert reminders(coach) == []
    clock.goes_to("2026-11-24 08:00")
    assert reminders(coach) == reminders(support) == [REMINDER]
    clock.goes_to("2026-11-24 08:59")
    assert office.hears() == []
    clock.goes_to("2026-11-24 20:00")
    assert office.hears() == [TO_OFFICE]
    assert reminders(coach) == [REMINDER]
    assert coach.taps("対応します")[0].startswith("ありがとうございます。相川 愛子さんに")
    assert aiko.hears()[-1] == "西岡 遥コーチが、痛みの連絡を読みました。"


def test_in_english(aiko, coach, clock):
    coach.says("English")
    aiko.says("膝の痛み5")
    clock.goes_to("2026-11-24 08:00")
    assert coach.hears()[-1].startswith("Nobody has seen to 相川 愛子's pain yet\nTold: Mon 23 Nov")


def test_what_a_coach_sees_to_is_chased_no_more(aiko, coach, support, office, clock):
    aiko.says("膝の痛み5")
    support.taps("対応します")
    clock.goes_to("2026-11-25 12:00")
    assert reminders(coach) == office.hears() == []


def test_seeing_to_a_later_word_silences_the_earlier(aiko, coach, office, clock):
    aiko.says("膝の痛み5")
    clock.passes(hours=2)
    aiko.says("膝の痛み6")
    coach.taps("対応します")
    clock.goes_to("2026-11-25 12:00")
    assert reminders(coach) == office.hears() == []


def test_two_words_in_a_day_bring_one_reminder(aiko, coach, clock):
    aiko.says("膝の痛み5")
    aiko.says("膝の痛み5")
    clock.goes_to("2026-11-24 08:00")
    assert len(reminders(coach)) == 1


def test_a_little_pain_is_nobodys_to_chase(aiko, coach, office, clock):
    aiko.says("膝の痛み2")
    clock.goes_to("2026-11-25 12:00")
    assert reminders(coach) == office.hears() == []


def test_taken_back_or_without_consent_nothing_is_said(world, aiko, ryo, coach, office, clock):
    outcome = world.phones.say(aiko.id, aiko.id, "膝の痛み5")
    world.settle()
    ryo.says("膝の痛み5")
    world.phones.unsend(outcome.message_id)
    world.settle()
    bodies.consents(world, ryo, given=False)
    clock.goes_to("2026-11-25 12:00")
    assert reminders(coach) == office.hears() == []


def test_taken_while_the_reminder_waits(world, aiko, coach, clock):
    aiko.says("膝の痛み5")
    clock.at += timedelta(hours=23)
    world.ticker.plan(clock.at)  # recorded, and not yet handled
    with world.database.write() as db:
        assert pain.take(db, 1, coach.record().key, clock.at)
    world.settle()
    assert reminders(coach) == []


def test_taken_back_while_the_reminder_waits_to_be_sent(world, aiko, coach, clock):
    outcome = world.phones.say(aiko.id, aiko.id, "膝の痛み5")
    world.settle()
    clock.at += timedelta(hours=23)
    world.ticker.plan(clock.at)
    while world.engine.step():
        pass  # written, and not yet sent
    world.phones.unsend(outcome.message_id)
    world.settle()
    assert reminders(coach) == []


def test_what_the_coaches_have_still_to_hear_goes_with_the_consent(world, aiko, coach):
    world.phones.say(aiko.id, aiko.id, "膝の痛み5")
    while world.engine.step():
        pass  # written, and not yet sent
    bodies.consents(world, aiko, given=False)
    world.settle()
    assert coach.hears() == []
