"""Answers in the group, and taps that are not one's own, old or made by hand."""

from __future__ import annotations

import pytest

from tests.test_rsvp import answer_of, tap
from tests.test_week import change

TALLY = (
    "11月25日(水) 19:00の出欠\n参加 1人 / 欠席 0人 / 未定 0人 / 未回答 4人\n"
    "お返事ありがとうございます。まだの方は、練習のカードのボタンでどうぞ。"
)


def test_the_group_sees_the_counts_at_most_every_ten_minutes(world, aiko, ryo, clock):
    group, other = aiko.in_group("S4"), ryo.in_group("S4")
    group.says("たすき 今週")
    assert group.taps("参加") == [TALLY]
    assert other.taps("欠席") == []
    clock.passes(minutes=11)
    said = other.taps("欠席")
    assert said[0].startswith(
        "11月25日(水) 19:00の出欠\n参加 1人 / 欠席 1人 / 未定 0人 / 未回答 3人"
    )
    assert "相川" not in said[0]
    assert aiko.hears() == []
    assert answer_of(world, ryo) == ("no", None)


def test_a_sentence_in_the_group_counts_when_it_is_addressed(world, aiko):
    group = aiko.in_group("S4")
    assert group.says("休みます") == []
    assert answer_of(world, aiko) == (None, None)
    assert len(group.says("たすき 休みます")) == 1
    assert answer_of(world, aiko) == ("no", None)


def test_a_tap_without_a_user_is_shown_the_way_once(world, aiko, clock):
    group = aiko.in_group("S4")
    guide = (
        "出欠は、このクラスに登録した方のお返事を受け付けています。届いていない方は、"
        "1対1のトークで「今週」と送ってください。登録がまだの方は「登録」からどうぞ。\n"
        f"https://line.me/R/ti/p/{world.sim.bot.basic_id}"
    )
    for expected in ([guide], []):
        before = len(group.hears())
        world.phones.tap(group.chat, aiko.id, tap(world, "yes"), anonymous=True)
        world.settle()
        assert group.hears()[before:] == expected
    assert answer_of(world, aiko) == (None, None)


def test_taps_that_are_not_ones_own(world, aiko, coach, office, hikari):
    assert aiko.sends_data(tap(world, "yes", class_id=5)) == [
        "これは別のクラスの練習です。「今週」と送ると、あなたのクラスの練習が出ます。"
    ]
    staff = "コーチ・事務局の方の出欠は取っていません。みなさんの回答は「名簿」で見られます。"
    assert coach.sends_data(tap(world, "yes")) == [staff]
    assert office.sends_data(tap(world, "yes")) == [staff]
    assert coach.says("参加します") == [staff]
    assert coach.in_group("S4").sends_data(tap(world, "yes")) == []
    hikari.follows()
    assert "「登録」からどうぞ" in hikari.sends_data(tap(world, "yes"))[0]


@pytest.mark.parametrize(
    "data",
    [
        "session_card.Rsvp?session=3&answer=perhaps",
        "session_card.Rsvp?session=x&answer=yes",
        "session_card.Rsvp?answer=yes",
        "session_card.Rsvp?session=-3&answer=yes",
        "session_card.Rsvp?session=999999999999999999999&answer=yes",
        "session_card.Rsvp?session=999999&answer=yes",
    ],
)
def test_data_made_by_hand_is_met_kindly(world, aiko, data):
    said = aiko.sends_data(data)
    assert len(said) == 1
    assert "「今週」" in said[0]
    assert answer_of(world, aiko) == (None, None)


def test_an_old_card_says_that_its_session_is_over(world, aiko, clock):
    old = tap(world, "yes")
    clock.goes_to("2026-11-25 21:00")
    assert aiko.sends_data(old) == [
        "11月25日(水) 19:00の練習は、もう終わっています。次回の分は「今週」からどうぞ。"
    ]


def test_a_cancelled_session_needs_no_answer(world, aiko):
    old = tap(world, "yes")
    change(world, cancelled=True)
    assert aiko.sends_data(old) == [
        "11月25日(水) 19:00の練習は中止になりました。お返事は不要です。"
    ]
