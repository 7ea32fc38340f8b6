"""Whom a broadcast reaches: the classes one leads now, and never another by mistake."""

from __future__ import annotations

import pytest
from sqlalchemy import delete
from sqlmodel import select

from bot.broadcast_approval import Approve
from bot.broadcast_taps import Change, Send, Stop, To, ToClass
from bot.buttons import pack
from models import attendance, school, session
from models.broadcast import Broadcast
from models.school import Membership, SchoolClass
from tests.test_broadcast import RAIN, SHOWN, drafts

CLASSES = ("S3", "S35", "S4", "S45", "S5", "S6", "FIN")
NOT_YOURS = "担当しているクラスにだけ送れます。"


def class_id(world, code):
    with world.database.read() as db:
        return db.exec(select(SchoolClass.id).where(SchoolClass.code == code)).one()


def newest(world):
    """Return the newest broadcast as the database has it."""
    with world.database.read() as db:
        return db.exec(select(Broadcast).order_by(Broadcast.id.desc())).first()


def loses_roles(world, actor):
    """Take every role away from somebody, as the office does."""
    with world.database.write() as db:
        db.execute(delete(Membership).where(Membership.person_id == actor.record().key))


def heard_in_groups(world, aiko, text=RAIN):
    """Return in which classes' groups a text was heard."""
    return [
        code
        for code in CLASSES
        if any(text in str(b["message"]) for b in world.sim.chats.shown(world.group(code), 0))
    ]


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
    assert "Tasukiをブロックしている1人には届きません。" in control
    coach.taps("サブ4クラスの4人に送る")
    clock.passes(minutes=1)
    assert (newest(world).people, newest(world).out_of_reach) == (4, 1)
    assert not any(RAIN in said for said in ryo.hears())


def test_a_former_coach_cannot_send(world, coach, aiko, clock):
    drafts(coach)
    loses_roles(world, coach)
    assert coach.taps("サブ4クラスの7人に送る")[0].startswith("これはクラスに登録した方の機能です")
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_who_stops_being_a_coach_within_the_minute_is_not_heard(world, coach, aiko, clock):
    drafts(coach)
    coach.taps("サブ4クラスの7人に送る")
    loses_roles(world, coach)
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert "いまはこの届け先の担当ではないので、送れません。" in coach.hears()


def test_a_coach_moved_to_another_class_does_not_take_the_broadcast_along(
    world, coach, aiko, clock
):
    drafts(coach)
    tap = coach.button("サブ4クラスの7人に送る")
    loses_roles(world, coach)
    with world.database.write() as db:
        school.grant(db, coach.record(), school.MAIN, class_id(world, "S5"), clock.now())
    said = coach.acts(tap)
    assert said[0] == "いまはこの届け先の担当ではないので、送れません。"
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_a_forwarded_tap_does_nothing_for_somebody_else(world, coach, support, aiko, clock):
    drafts(coach)
    tap = coach.button("サブ4クラスの7人に送る")
    for somebody in (support, world.person("Daniel Okafor")):
        assert somebody.acts(tap) == ["この配信は、ほかの方が書いているものです。"]
    assert aiko.acts(tap) == [
        "この操作は、担当のコーチか事務局の方だけができます。困ったときは「相談」と送ってください。"
    ]
    assert coach.in_group("S4").acts(tap)[0].startswith("これは1対1のトークで")
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_anothers_token_sends_nothing(world, coach, support, clock, aiko):
    drafts(coach)
    drafts(support)
    stolen = coach.button("サブ4クラスの7人に送る")["data"].split("token=")[1].split("&")[0]
    theirs = newest(world).key
    said = support.sends_data(pack(Send(theirs, stolen)))
    assert said[0].startswith("このボタンは一度きりのもので、もう使えません。")
    assert support.sends_data(pack(Approve(theirs, stolen)))[0].startswith(
        "この配信は、もう承認待ち"
    )
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_two_coaches_who_write_at_once_do_not_mix(world, coach, support, aiko, clock):
    coach.says("配信")
    support.says("配信")
    support.says("ストレッチの動画です。")
    coach.says(RAIN)
    support.taps("クラスのグループ(7人)")
    assert coach.taps("クラスのグループ(7人)")[0] == SHOWN
    coach.taps("サブ4クラスの7人に送る")
    support.taps("サブ4クラスの7人に送る")
    support.taps("取り消す")
    clock.passes(minutes=2)
    assert aiko.in_group("S4").hears() == [SHOWN]


def test_the_other_coach_of_the_class_may_stop_it_and_a_strange_one_may_not(
    world, coach, support, aiko, clock
):
    drafts(coach)
    coach.taps("サブ4クラスの7人に送る")
    stop = pack(Stop(newest(world).key))
    strange = world.person("Daniel Okafor").sends_data(stop)
    assert strange == ["この配信を取り消せるのは、書いた方、そのクラスのコーチ、事務局です。"]
    assert support.says("配信予定")[0].startswith("これから出る配信が1件あります")
    assert support.taps("1を取り消す") == ["取り消しました。だれにも送っていません。"]
    assert coach.hears()[-1].startswith("久我 大地さんが、あなたの配信を取り消しました。")
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
