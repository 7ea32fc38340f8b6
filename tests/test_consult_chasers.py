"""Questions that wait: coaches hear after twelve hours, the office after a day, not at night."""

from __future__ import annotations

from datetime import timedelta

from bot.buttons import pack
from bot.consult_card import Reply
from models import consultation
from models.consultation import ConsultationAnswer
from tests.questions import QUESTION, asks


def test_coaches_are_reminded_after_twelve_hours_and_the_office_after_a_day(
    aiko, coach, support, office, clock
):
    asks(aiko)
    coach.taps("担当します")
    clock.goes_to("2026-11-23 20:59")
    assert not any("待っています" in text for text in coach.hears())
    clock.goes_to("2026-11-24 07:59")  # 21:00 is night: it waits
    assert not any("待っています" in text for text in coach.hears())
    clock.goes_to("2026-11-24 08:00")
    waits = f"相川 愛子さんの相談がお返事を待っています\n{QUESTION}"
    assert coach.hears()[-1] == support.hears()[-1] == waits
    clock.goes_to("2026-11-24 08:59")
    assert office.hears() == []
    clock.goes_to("2026-11-24 09:00")
    assert office.hears() == [f"相川 愛子さんの相談に、丸1日お返事がありません\n{QUESTION}"]
    assert [text for text in coach.hears() if text == waits] == [waits]


def test_an_answered_question_is_chased_no_more(aiko, coach, support, office, clock):
    asks(aiko)
    coach.taps("答える")
    coach.says("休みましょう")
    coach.says("送る")
    before = len(coach.hears()), len(support.hears())
    clock.goes_to("2026-11-25 12:00")
    assert not any("待って" in text for text in coach.hears() + support.hears())
    assert (len(coach.hears()), len(support.hears()), office.hears()) >= (*before, [])
    assert not any("お返事がありません" in text for text in office.hears())


def test_an_answer_given_while_the_reminder_waits_silences_it(world, aiko, coach, support, clock):
    asks(aiko)
    coach.taps("答える")
    coach.says("休みましょう")
    clock.at += timedelta(hours=23)
    world.ticker.plan(clock.at)  # recorded, and not yet handled
    with world.database.write() as db:
        row = ConsultationAnswer(consultation_id=1, answered_at=clock.at, answer="休みましょう")
        consultation.answer(db, row)
    world.settle()
    assert not any("待って" in text for text in coach.hears() + support.hears())


def test_after_twelve_hours_the_other_coach_may_take_over(aiko, coach, support, clock):
    asks(aiko)
    coach.taps("担当します")
    clock.goes_to("2026-11-24 08:00")
    assert support.taps("担当します")[0].startswith("相川 愛子さんの相談をお願いします。")
    assert coach.hears()[-1] == "相川 愛子さんの相談は、久我 大地コーチが担当します。"
    assert aiko.hears()[-1].startswith("久我 大地コーチがあなたの相談を読みました。")
    assert coach.sends_data(pack(Reply(1)))[0].startswith("相川 愛子さんの相談は、久我 大地コーチ")


def test_without_a_coach_the_office_gets_it_and_answers(world, aiko, coach, support, office):
    coach.blocks()
    support.blocks()
    with world.database.write() as db:
        for one in (coach, support):
            one.record()
            reachable = one.record()
            reachable.reachable = False
            db.merge(reachable)
    assert asks(aiko) == [
        "いま受け取れるコーチがいないので、事務局に届けました。お返事はこのトークに届きます。"
    ]
    assert office.hears() == [f"相川 愛子さんからの相談\n{QUESTION}"]
    office.taps("答える")
    office.says("お電話しますね。")
    office.says("送る")
    assert aiko.hears()[-1].startswith("学校事務局 中島からお返事です。")
