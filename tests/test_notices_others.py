"""Notices otherwise: no group, a cancelled or moved session, other people's taps."""

from __future__ import annotations

import pytest

from models import notice, session
from tests.test_notices import group, sunday, unbind
from tests.test_rsvp import session_id
from tests.test_week import CARD, change

__all__ = ["group", "sunday"]


def test_a_class_without_a_group_is_told_to_its_coaches(world, coach, group, clock):
    unbind(world)
    clock.at = clock.at.replace(day=22)
    clock.goes_to("2026-11-22 19:30")
    assert coach.hears()[0].startswith("サブ4クラスはLINEグループとつながっていないため")
    assert coach.taps("今すぐ送る")[0].startswith("サブ4クラスはLINEグループと")
    clock.goes_to("2026-11-24 12:00")
    assert group.hears() == []


def test_a_cancelled_session_is_said_to_be_off(world, group, clock):
    with world.database.write() as db:
        found = session.by_id(db, session_id(world))
        found.cancelled, found.cancelled_reason = True, "祝日"
    clock.goes_to("2026-11-23 19:30")
    assert group.hears() == [
        "【中止】T走(少しきつい一定ペース)\n11月25日(水) 19:00の練習は中止です。理由: 祝日"
    ]


def test_a_moved_session_is_announced_as_it_stands_and_once(world, group, clock):
    change(world, starts_at=clock.at.replace(day=26, hour=20))
    clock.goes_to("2026-11-23 19:30")
    notices = [said for said in group.hears() if "日時: 11月26日(木) 20:00〜22:00" in said]
    assert CARD not in group.hears()
    assert "お返事は11月26日(木) 14:00まで" in notices[-1]
    heard = len(group.hears())
    change(world, starts_at=clock.at.replace(day=27, hour=20))
    clock.goes_to("2026-11-25 12:00")
    assert len(group.hears()) == heard + 1  # the correction, and no second notice


def test_a_notice_that_waited_is_not_said_of_the_old_plan(world, group, clock):
    world.sim.faults.add(path="push", status=401, times=1)
    clock.goes_to("2026-11-23 19:30")
    with world.database.write() as db:
        found = session.by_id(db, session_id(world))
        session.change(db, found, clock.now(), cancelled=True)
    world.real_seconds += 60
    clock.goes_to("2026-11-23 19:40")
    assert CARD not in group.hears()


@pytest.mark.parametrize("kind", ["SendNow", "Skip"])
def test_only_this_classs_coaches_decide(sunday, aiko, coach, kind):
    stranger = sunday.person("Daniel Okafor")
    token = coach.button("今すぐ送る" if kind == "SendNow" else "今回は送らない")["data"]
    assert stranger.sends_data(token) == [
        "このクラスの担当コーチか事務局の方だけができる操作です。"
    ]
    assert aiko.sends_data(token)[0].startswith("この操作は、担当のコーチか事務局の方だけ")
    made = f"notice_card.{kind}?session={session_id(sunday)}&token=made-by-hand"
    assert coach.sends_data(made)[0].startswith("このボタンはもう使えないようです。")
    with sunday.database.write() as db:
        row = notice.of(db, session_id(sunday))
        assert (row.sent_at, row.skipped) == (None, False)


def test_a_token_of_one_coach_serves_no_other(sunday, coach, support):
    assert support.sends_data(coach.button("今すぐ送る")["data"])[0].startswith("このボタンは")


def test_a_button_of_before_a_change_shows_the_notice_anew(sunday, coach, clock):
    data = coach.button("今すぐ送る")["data"]
    change(sunday, starts_at=clock.at.replace(day=26))
    assert coach.sends_data(data)[0].startswith("このボタンはもう使えないようです。")


def test_after_the_start_nothing_is_sent(sunday, coach, group, clock):
    coach.taps("今回は送らない")
    clock.goes_to("2026-11-25 19:00")
    assert coach.taps("やっぱり送る") == [
        "11月25日(水) 19:00の練習はもう始まっているので、お知らせは送りません。"
    ]


def test_answers_tapped_in_a_preview_are_not_counted(sunday, coach):
    assert coach.taps("参加")[0].startswith("コーチ・事務局の方の出欠は取っていません。")


def test_a_comment_after_it_was_sent_is_not_lost_silently(sunday, coach, support):
    coach.taps("コメントを書く")
    support.taps("今すぐ送る")
    assert coach.says("手袋を") == ["久我 大地さんが11月22日(日) 19:30に送信済みです。"]
