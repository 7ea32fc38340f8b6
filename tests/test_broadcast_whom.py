"""Whom a broadcast reaches: the classes one leads now, and never another by mistake."""

from __future__ import annotations

import pytest

from bot.broadcast_taps import Change, Send, Stop, To, ToClass
from bot.buttons import pack
from models import attendance, session
from tests.broadcasting import (
    CLASSES,
    RAIN,
    SHOWN,
    class_id,
    drafts,
    heard_in_groups,
    newest,
)

NOT_YOURS = "担当しているクラスにだけ送れます。"


@pytest.mark.parametrize("code", [c for c in CLASSES if c != "S4"])
def test_another_class_cannot_be_chosen_by_any_tap(world, coach, code):
    coach.says("配信")
    coach.says(RAIN)
    number, other = newest(world).key, class_id(world, code)
    assert coach.sends_data(pack(ToClass(number, other))) == [NOT_YOURS]
    for kind in ("group", "members", "silent", "absent"):
        assert coach.sends_data(pack(To(number, kind, other))) == [NOT_YOURS]
    assert newest(world).audience == ""


def test_data_made_by_hand_reaches_nobody(world, coach):
    coach.says("配信")
    coach.says(RAIN)
    number, own = newest(world).key, class_id(world, "S4")
    assert coach.sends_data(pack(To(number, "everyone", own)))[0].startswith(
        "この下書きは片づけました"
    )
    for odd in (0, -1, 2**40, 999):
        for data in (To(odd, "group", own), Send(odd, "x"), Change(odd, "test"), ToClass(odd, own)):
            assert "ません" in coach.sends_data(pack(data))[0] or "片づけ" in coach.hears()[-1]
        assert coach.sends_data(pack(Stop(odd))) == ["この配信はもうありません。"]
    assert coach.sends_data(pack(ToClass(number, 999)))[0] == NOT_YOURS


def test_the_office_chooses_a_class_and_it_is_named_to_the_last(world, office, aiko, clock):
    office.says("配信")
    assert office.says(RAIN) == ["どのクラスに届けますか?"]
    assert len(office.labels()) == len(CLASSES) + 1
    office.taps("サブ4クラス")
    shown, control = office.taps("クラスのグループ(7人)")
    assert shown == f"📣 学校事務局 中島より\n\n{RAIN}"
    assert "届け先: サブ4クラス グループ" in control
    assert "届け先: サブ4クラス グループ" in office.taps("サブ4クラスの7人に送る")[0]
    clock.passes(minutes=1)
    assert heard_in_groups(world, aiko) == ["S4"]


def test_every_member_is_written_to_alone(world, coach, aiko, ryo, clock):
    drafts(coach, whom="メンバー全員に1対1で(5人)")
    coach.taps("サブ4クラスの5人に送る")
    clock.passes(minutes=1)
    assert aiko.hears()[-1] == ryo.hears()[-1] == SHOWN
    assert heard_in_groups(world, aiko) == []


def test_those_who_have_not_answered_as_of_the_hour_it_goes(world, coach, aiko, ryo, clock):
    aiko.says("参加")
    drafts(coach, whom="次回の出欠がまだの人(4人)")
    coach.taps("サブ4クラスの4人に送る")
    ryo.says("欠席")  # within the last minute
    clock.passes(minutes=1)
    assert not any(RAIN in said for said in aiko.hears() + ryo.hears())
    assert newest(world).people == 3


def test_those_who_were_absent_last_time(world, coach, aiko, ryo, clock):
    with world.database.write() as db:
        last = session.latest_started(db, class_id(world, "S4"), clock.now())
        there = {"session_id": last.key, "at": last.starts_at}
        attendance.check_in(db, attendance.Checkin(person_id=aiko.record().key, **there))
    drafts(coach, whom="前回お休みだった人(4人)")
    coach.taps("サブ4クラスの4人に送る")
    clock.passes(minutes=1)
    assert ryo.hears()[-1] == SHOWN
    assert not any(RAIN in said for said in aiko.hears())


def test_whoever_has_blocked_us_is_counted_apart_and_not_written_to(world, coach, ryo, clock):
    ryo.blocks()
    control = drafts(coach, whom="メンバー全員に1対1で(4人)")[1]
    assert "たすきをブロックしているか、配信をお休みにしている1人には届きません。" in control
    coach.taps("サブ4クラスの4人に送る")
    clock.passes(minutes=1)
    assert (newest(world).people, newest(world).out_of_reach) == (4, 1)
    assert not any(RAIN in said for said in ryo.hears())
