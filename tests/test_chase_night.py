"""What is asked at night waits for the morning, and for the session as it then stands."""

from __future__ import annotations

import re
from datetime import timedelta

from models import quota
from tests import bodies
from tests.test_chase import ASKED, questions


def test_at_night_it_waits_for_the_morning(coach, support, ryo, aiko, clock):
    clock.goes_to("2026-11-24 22:30")
    assert "届く時間: 11月25日(水) 08:00(夜のあいだは送りません)" in coach.says("催促")[0]
    assert coach.taps("朝に聞く") == [
        "11月25日(水) 08:00に5人に聞きます。それまでに返事があった人には送りません。"
        "練習が変わったときも送りません。"
    ]
    assert support.says("催促") == ["西岡 遥さんが、11月25日(水) 08:00に聞くことにしています。"]
    assert "08:00に届きます(西岡 遥さん)" in support.says("名簿")[0]
    aiko.says("欠席します")
    clock.goes_to("2026-11-25 07:59")
    assert questions(ryo) == []
    clock.goes_to("2026-11-25 08:30")
    assert len(questions(ryo)) == 1
    assert questions(aiko) == []


def test_what_waits_is_stopped_by_either_coach(coach, support, ryo, clock):
    clock.goes_to("2026-11-24 21:00")
    coach.says("催促")
    coach.taps("朝に聞く")
    support.says("催促")
    assert support.taps("取りやめる") == ["取りやめました。だれにも送っていません。"]
    assert coach.taps("取りやめる") == ["もう送ったか、取りやめたあとです。"]
    clock.goes_to("2026-11-25 08:30")
    assert questions(ryo) == []
    coach.says("催促")
    assert coach.taps("いま聞く")[0].startswith("5人に聞きました。")


def test_a_changed_session_is_not_asked_about_as_it_was(world, coach, ryo, clock):
    clock.goes_to("2026-11-24 22:00")
    coach.says("催促")
    coach.taps("朝に聞く")
    found = bodies.session_of(world)
    bodies.changes(world, found, starts_at=found.starts_at + timedelta(hours=1))
    clock.goes_to("2026-11-25 09:00")
    assert questions(ryo) == []
    old = coach.hears()[-1]
    assert "いま聞く" not in old
    coach.says("催促")
    coach.taps("いま聞く")
    assert questions(ryo) == [f"T走(少しきつい一定ペース)\n11月25日(水) 20:00の練習、{ASKED}"]


def test_a_cancelled_session_is_not_asked_about(world, coach, ryo, clock):
    clock.goes_to("2026-11-24 22:00")
    coach.says("催促")
    waiting = coach.button("朝に聞く")
    coach.acts(waiting)
    bodies.changes(world, bodies.session_of(world), cancelled=True)
    clock.goes_to("2026-11-25 09:00")
    assert questions(ryo) == []
    assert coach.acts(waiting) == ["11月25日(水) 19:00の練習は、もう出欠を聞く必要がありません。"]
    coach.says("名簿")
    assert coach.labels() == []


def test_late_at_night_before_a_morning_session_it_is_too_near(world, coach, clock):
    found = bodies.session_of(world)
    bodies.changes(world, found, starts_at=found.starts_at - timedelta(hours=12))  # 7:00
    clock.goes_to("2026-11-24 22:00")
    assert coach.says("催促")[0].startswith("11月25日(水) 07:00の練習までに、連絡してよい時間")


def plan(world, **values):
    with world.database.write() as db:
        quota.keep(db, quota.Plan(looked_at=world.clock.now(), **values))


def test_what_is_left_this_month_is_shown_and_the_reserve_is_not_spent(world, coach, ryo):
    plan(world, most=200)
    said = coach.says("催促")[0]
    left = re.search(r"5通\(1人1通\)。今月はあと(\d+)通", said)
    assert left
    tap = coach.button("いま聞く")
    plan(world, most=200, reserve=200)
    short = (
        "今月ふつうの連絡に使えるのは、あと0通です(5通必要)。残りは大会や安全の連絡のために"
        "取ってあります。グループで呼びかけるか、事務局に相談してください。"
    )
    assert coach.acts(tap) == coach.says("催促") == [short]
    assert questions(ryo) == []
