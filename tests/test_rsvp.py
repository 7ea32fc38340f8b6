"""Who comes: taps and sentences, in 1:1 and in the group, before and after the deadline."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import attendance, session

YES = (
    "11月25日(水) 19:00の練習、参加で承りました。お待ちしています!\n"
    "変更は11月25日(水) 13:00までいつでもどうぞ。"
)
NO = (
    "11月25日(水) 19:00の練習、欠席で承りました。また次回、お待ちしていますね。\n"
    "変更は11月25日(水) 13:00までいつでもどうぞ。\n\n"
    "よければ理由をひとことどうぞ。読むのは担当コーチだけで、書かなくても大丈夫です。"
)
KEPT = (
    "ありがとうございます。担当コーチだけに見えるようにしました。"
    "体の痛みや不調のことは、「膝が痛い」のように送ってくださいね。"
)


def answer_of(world, actor, week=11):
    """Return what is kept of a person's answer and reason."""
    with world.database.read() as db:
        found = session.next_of(db, 3, world.clock.now())
        mine = attendance.rsvp_of(db, found.key + week - 11, actor.record().key)
        why = attendance.reasons(db, found.key).get(actor.record().key)
    return (mine.answer if mine else None, why)


def session_id(world, class_id=3):
    with world.database.read() as db:
        return session.next_of(db, class_id, world.clock.now()).key


def tap(world, answer, class_id=3):
    return f"session_card.Rsvp?session={session_id(world, class_id)}&answer={answer}"


def test_one_tap_is_enough_and_can_be_changed(world, aiko):
    aiko.says("今週")
    assert aiko.taps("参加") == [YES]
    assert aiko.taps("欠席") == [NO]
    assert answer_of(world, aiko) == ("no", None)
    assert aiko.says("仕事です") == [KEPT]
    assert answer_of(world, aiko) == ("no", "仕事です")
    assert "未定で承りました" in aiko.says("未定")[0]
    assert answer_of(world, aiko) == ("maybe", None)


def test_the_same_in_english(world, emma):
    emma.says("this week")
    assert emma.taps("Coming") == [
        "You're down as coming on Wed 25 Nov, 19:00. See you there!\n"
        "You can change it any time until Wed 25 Nov, 13:00."
    ]
    said = emma.says("I can't come on Wednesday")
    assert said[0].startswith("Noted: you can't come on Wed 25 Nov, 19:00.")
    assert emma.labels() == ["No reason"]
    assert emma.taps("No reason") == ["All right."]
    assert answer_of(world, emma) == ("no", None)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("参加します", ("yes", None)),
        ("すみません、参加します!", ("yes", None)),
        ("水曜日は参加します", ("yes", None)),
        ("１１／２５行けます", ("yes", None)),
        ("水曜休みます", ("no", None)),
        ("水曜日はお休みします。すみません", ("no", None)),
        ("11月25日は欠席です", ("no", None)),
        ("欠席　風邪です", ("no", "風邪")),
        ("欠席します。仕事が入りました", ("no", "仕事が入りました")),
        ("水曜は出張で休みます", ("no", "出張")),
        ("出張のため欠席します", ("no", "出張")),
        ("やっぱり休みます", ("no", None)),
        ("ミテイ", ("maybe", None)),
        ("未定です", ("maybe", None)),
        ("I'll be there", ("yes", None)),
        ("I'll be there on Wednesday", ("yes", None)),
        ("can't come on Wed", ("no", None)),
        ("I can't make it, work", ("no", "work")),
        ("not sure about Wednesday", ("maybe", None)),
    ],
)
def test_what_people_type_is_understood(world, aiko, said, kept):
    aiko.says(said)
    assert answer_of(world, aiko) == kept


def test_tomorrow_is_the_day_after_today(world, aiko, clock):
    clock.at = clock.at.replace(day=24)
    aiko.says("明日休みます")
    assert answer_of(world, aiko) == ("no", None)


def test_a_day_without_a_session_is_answered_with_the_next(world, aiko):
    assert aiko.says("木曜休みます") == [
        "11月26日(木)に練習はありません。次の練習は11月25日(水) 19:00です。"
    ]
    assert answer_of(world, aiko) == (None, None)


def test_the_session_two_weeks_on_can_be_answered_too(world, aiko):
    assert aiko.says("12/9 休みます")[0].startswith("12月9日(水) 19:00の練習、欠席で")


def test_a_late_change_reaches_both_coaches(world, aiko, coach, support, clock):
    aiko.says("参加")
    clock.goes_to("2026-11-25 14:00")
    heard = len(coach.hears())
    assert aiko.says("欠席 熱が出ました")[0] == (
        "11月25日(水) 19:00の練習、欠席で承りました。また次回、お待ちしていますね。\n"
        "締め切りを過ぎているので、コーチにもお伝えしました。"
    )
    told = (
        "締め切り後の変更です: 相川 愛子さんが11月25日(水) 19:00の練習を「欠席」にしました。\n"
        "理由: 熱が出ました"
    )
    assert coach.hears()[heard:] == [told]
    assert support.hears()[-1] == told
    aiko.says("欠席")
    assert coach.hears()[heard:] == [told]


def test_a_reason_is_optional_and_yields_to_what_else_is_said(world, aiko):
    aiko.says("欠席")
    assert aiko.says("やっぱり参加します") == [YES]
    assert answer_of(world, aiko) == ("yes", None)
    aiko.says("欠席")
    assert "日時: " in aiko.says("今週")[0]
    assert "こちらのことでしょうか" in aiko.says("仕事です")[0]  # the question is closed
    assert answer_of(world, aiko) == ("no", None)


def test_a_reason_too_long_is_asked_again_and_can_be_left(world, aiko):
    aiko.says("欠席")
    assert aiko.says("あ" * 201) == ["理由は200文字までで、ひとことお願いします。"]
    assert aiko.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    assert answer_of(world, aiko) == ("no", None)


def test_taking_back_the_words_takes_back_the_answer(world, aiko):
    sent = world.phones.say(aiko.id, aiko.id, "欠席 風邪です")
    world.settle()
    assert answer_of(world, aiko) == ("no", "風邪")
    world.phones.unsend(sent.message_id)
    world.settle()
    assert answer_of(world, aiko) == (None, None)


def test_taking_back_a_reason_leaves_the_answer(world, aiko):
    aiko.says("今週")
    aiko.taps("欠席")
    sent = world.phones.say(aiko.id, aiko.id, "風邪です")
    world.settle()
    world.phones.unsend(sent.message_id)
    world.settle()
    assert answer_of(world, aiko) == ("no", None)


def test_the_newest_tap_counts_in_whatever_order_they_arrive(world, aiko, clock):
    clock.passes(minutes=5)
    aiko.sends_data(tap(world, "no"))
    clock.at -= timedelta(minutes=2)
    aiko.sends_data(tap(world, "yes"))
    assert answer_of(world, aiko) == ("no", None)


def test_the_same_tap_twice_is_answered_once(world, aiko):
    aiko.says("今週")
    outcome = world.phones.tap(aiko.id, aiko.id, tap(world, "yes"))
    world.settle()
    world.comes_again(outcome)
    assert aiko.hears()[1:] == [YES]
