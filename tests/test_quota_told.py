"""配信数 in words: the card for office and coaches, warnings once, and refusals."""

from __future__ import annotations

import pytest

from bot import quota_words
from bot.environment import Reserve
from bot.quota import QuotaWatch
from bot.turns import Turns
from models import quota
from tests.posting import Outbox, drain
from tests.world import SETTINGS


@pytest.fixture
def watch(world):
    clock, ahead = world.clock.now, world.ticker.ahead
    return QuotaWatch(world.database, world.line, clock, ahead, Reserve(500, is_share=False))


def used(world, watch, people, limit=5000):
    world.sim.quota.limit = limit
    world.sim.quota.set_used(people, world.clock.now())
    watch.look()


def warnings(actor, word="%に届きました"):
    return [said for said in actor.hears() if word in said]


def test_the_office_reads_the_month(world, watch, office):
    used(world, watch, 1234)
    with world.database.read() as db:
        month = quota.month(db, world.clock.now())
    assert office.says("配信数") == [
        "11月の配信数\nプラン: 5,000通/月\n使った数: 1,234通\n使った割合: 25%\n残り: 3,766通\n"
        f"送信待ち: 0通\n月末の見込み: {month.forecast:,}通\n"
        f"レース週に必要: {month.race_week:,}通\n"
        "取り置き(安全・レース前の連絡用): 500通\n配信に使える数: 3,266通\n"
        "返信は数に入りません。グループへの1件は人数分で数えます(多めの見積もり)。"
    ]


def test_a_coach_reads_it_in_english(world, watch, coach):
    used(world, watch, 1)
    coach.says("English")
    said = coach.says("quota")[0].splitlines()
    assert said[:5] == [
        "Messages this month (11)",
        "Plan: 5,000 messages a month",
        "Used: 1 message",
        "Share used: 0%",
        "Left: 4,999 messages",
    ]


def test_a_member_is_told_whose_it_is(aiko):
    assert "通" not in aiko.says("配信数")[0]


def test_before_line_answered_and_without_a_limit(world, watch, office):
    assert "プラン: LINEに確認中です" in office.says("配信数")[0]
    used(world, watch, 10, limit=None)
    said = office.says("通数")[0]
    assert "プラン: 上限なし" in said
    assert "取り置き" not in said


def test_the_office_is_warned_once_at_seventy_and_once_at_ninety(
    world, watch, clock, office, coach
):
    used(world, watch, 3499)
    clock.passes(minutes=1)
    assert warnings(office) == []
    used(world, watch, 3500)
    for _ in range(3):  # also after a restart: what was said stands in the database
        clock.passes(minutes=20)
        watch.look()
    assert warnings(office) == [
        "今月の配信数が、プラン(5,000通)の70%に届きました。使ったのは3,500通、残りは1,500通です。"
        "安全とレース前の連絡のために500通を取り置いています。「配信数」でいつでも確かめられます。"
    ]
    used(world, watch, 4600)
    clock.passes(minutes=1)
    assert [said.split("の")[2][:3] for said in warnings(office)] == ["70%", "90%"]
    assert warnings(coach) == []


def test_two_marks_passed_at_once_are_one_warning(world, watch, clock, office):
    used(world, watch, 4900)
    clock.passes(minutes=1)
    assert len(warnings(office)) == 1
    assert "90%" in warnings(office)[0]


def test_our_own_count_warns_too(world, watch, clock, office, aiko):
    used(world, watch, 0, limit=10)
    for n in range(7):
        Outbox(world).post(aiko.id, str(n))
        drain(world.delivery)  # one by one: together they would be one request
    clock.passes(minutes=1)
    assert len(warnings(office)) == 1


def test_a_new_month_and_a_greater_plan_have_marks_of_their_own(world, watch, clock, office):
    used(world, watch, 3600)
    clock.passes(minutes=1)
    used(world, watch, 21_000, limit=30_000)
    clock.passes(minutes=1)
    assert len(warnings(office)) == 2
    clock.goes_to("2026-12-01 09:00")
    assert len(warnings(office)) == 2
    used(world, watch, 25_000, limit=30_000)
    clock.passes(minutes=1)
    assert len(warnings(office)) == 3


def test_what_line_refused_is_told_to_the_office(world, watch, clock, office, aiko):
    used(world, watch, 199, limit=200)
    Outbox(world).post(world.group("S4"), "refused: too many people")
    drain(world.delivery)
    world.sim.quota.limit = 300  # so that the office can be told at all
    clock.passes(minutes=1)
    assert warnings(office, "使い切ったため")[0].startswith(
        "今月の配信数を使い切ったため、LINEに断られて送れなかった連絡があります(これまでに1件)。"
    )
    assert "上限で送れなかった連絡: 1件" in office.says("配信数")[0]


def test_cost_and_refusal_are_said_with_their_numbers(world, watch, office):
    used(world, watch, 4300)
    with world.database.read() as db:
        verdict = quota.judge(db, world.clock.now(), 300)
        turns = Turns(SETTINGS.zone, world.parts.router().texts)
        turn = turns.of_person(db, office.record(), world.clock.now())
        assert quota_words.cost(turn, verdict, 300).startswith(
            "300人に届き、300通を使います。今月の残りは700通、"
            "そのうち500通は安全とレース前の連絡用です。"
        )
        assert quota_words.refusal(turn, verdict) == (
            "いまは送れません。300通が必要ですが、今月の配信に使えるのは200通です"
            "(残り700通から、送信待ち0通と、安全・レース前の連絡用の500通を除いた数)。"
            "人数を減らすか、月が替わってから送るか、プランを事務局にご相談ください。"
        )
