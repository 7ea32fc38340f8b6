"""Any life of a school, with faults, crashes and outages: after each step the promises hold.

`TASUKI_LIVES` and `TASUKI_STEPS` set how many lives of how many steps (nightly: 500 of 50). A
failure prints its steps and the line that repeats it; with `TASUKI_SHRINK` the fewest steps.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import enumerator
from tests.coach_life import CoachLife
from tests.lives import drawn, kind, opens
from tests.world import World

pytestmark = pytest.mark.timeout(900)  # a busy machine lives slowly
LIVES = {"sqlite": 10, "postgresql": 3}
WHO = st.integers(0, 5)
NOW = st.booleans()
SPANS = [timedelta(minutes=1), timedelta(minutes=40), timedelta(hours=5), timedelta(hours=20)]
OUTAGES = [timedelta(seconds=1), timedelta(hours=1), timedelta(hours=8), timedelta(days=3)]
HELD = [timedelta(minutes=1), timedelta(minutes=30), timedelta(hours=13)]
FAULTS: list[dict[str, Any]] = [
    {"status": 500},
    {"status": 500, "when": "after"},
    {"mode": "lost"},
    {"mode": "reset"},
    {"mode": "html", "status": 503},
    {"mode": "truncated"},
    {"status": 429, "body": {"message": "The API rate limit has been exceeded."}},
    {"status": 401, "body": {"message": "Authentication failed"}},
]
TEXTS = [
    "水437",
    "今週",
    "明日休みます",
    "参加します",
    "お知らせ",
    "体重 53.17",
    "English",
    "日本語",
]


__all__ = ["kind", "opens"]


class Life(RuleBasedStateMachine):
    """Anything, in any order."""

    life: CoachLife
    world: World

    def __init__(self) -> None:
        super().__init__()
        self.closes = self.opens()
        self.life = self.closes.__enter__()

    opens: Any

    def work_if(self, now):
        if now:
            self.life.work()

    @rule(span=st.sampled_from(SPANS))
    def time_passes(self, span):
        self.life.passes(span)
        self.life.work()

    @rule(span=st.sampled_from(OUTAGES))
    def nothing_runs(self, span):
        self.life.passes(span)

    @rule(many=st.integers(2, 3))
    def several_plan(self, many):
        self.life.plan_at_once(many)

    @rule(seed=st.integers(0, 999))
    def somebody_dies(self, seed):
        self.life.die_at_work(seed)

    @rule(who=WHO, text=st.sampled_from(TEXTS), in_group=st.booleans(), now=NOW)
    def says(self, who, text, in_group, now):
        self.life.says(self.life.cast[who], text, in_group=in_group)
        self.work_if(now)

    @rule(who=WHO, answer=st.sampled_from(["yes", "no", "maybe"]), ahead=st.integers(0, 1), now=NOW)
    def answers(self, who, answer, ahead, now):
        self.life.answers(self.life.cast[who], answer, ahead)
        self.work_if(now)

    @rule(who=WHO, whose=WHO, pick=st.integers(0, 9), now=NOW)
    def taps(self, who, whose, pick, now):
        self.life.taps(self.life.cast[who], self.life.cast[whose], pick)
        self.work_if(now)

    @rule(pick=st.integers(0, 9))
    def unsends(self, pick):
        self.life.unsends(pick)

    @rule(pick=st.integers(0, 9), text=st.sampled_from(TEXTS))
    def edits(self, pick, text):
        self.life.edits(pick, f"たすき {text}")

    @rule(seed=st.integers(0, 99))
    def comes_again(self, seed):
        self.life.comes_again(random.Random(seed))

    @rule(who=WHO, stays=st.booleans())
    def follows_or_blocks(self, who, stays):
        rooms = self.life.world.rooms
        self.life.does(rooms.follow if stays else rooms.block, self.life.cast[who].id)

    @rule(stays=st.booleans())
    def the_group_takes_or_drops_us(self, stays):
        rooms = self.life.world.rooms
        self.life.does(rooms.invite if stays else rooms.kick, self.life.group)

    @rule(who=st.integers(0, 2), given=st.booleans())
    def consents(self, who, given):
        self.life.consents(self.life.cast[who], given=given)

    @rule(ahead=st.integers(0, 1), hours=st.sampled_from([-20, -1, 1, 3, 48]))
    def a_session_moves(self, ahead, hours):
        self.life.changes(ahead, moved=timedelta(hours=hours))

    @rule(ahead=st.integers(0, 1), place=st.sampled_from(["代々木公園", "織田フィールド"]))
    def a_session_is_held_elsewhere(self, ahead, place):
        self.life.changes(ahead, place_ja=place)

    @rule(ahead=st.integers(0, 1), off=st.booleans())
    def a_session_is_cancelled_or_not(self, ahead, off):
        self.life.changes(ahead, cancelled=off)

    @rule(who=st.sampled_from([1, 4]), coach=st.booleans())
    def roles_change(self, who, coach):
        self.life.grants(self.life.cast[who], coach=coach)

    @rule(who=st.integers(0, 2), ahead=st.integers(0, 1))
    def checks_in(self, who, ahead):
        self.life.attends(self.life.cast[who], ahead)

    @rule(who=st.integers(0, 2), what=st.sampled_from(["asks_the_coach", "hurts"]))
    def somebody_needs_a_coach(self, who, what):
        getattr(self.life, what)(self.life.cast[who])

    @rule()
    def a_coach_sees_to_it(self):
        self.life.a_coach_sees_to_it()

    @rule(ahead=st.integers(0, 1))
    def a_coach_asks_the_silent_by_night(self, ahead):
        self.life.passes_until(hour=22)
        self.life.work()
        self.life.asks_the_silent(ahead)

    @rule(span=st.sampled_from(HELD), goes=NOW)
    def a_coach_plans_a_broadcast(self, span, goes):
        self.life.plans_a_broadcast(span)
        if goes:
            self.life.passes(span)
            self.life.work()

    @rule()
    def a_coach_stops_a_broadcast(self):
        self.life.stops_a_broadcast()

    @rule(fault=st.sampled_from(FAULTS), times=st.integers(1, 6))
    def line_fails(self, fault, times):
        self.life.world.sim.faults.add(**fault, times=times)

    @rule(most=st.sampled_from([0, 3, None]))
    def the_month_is_spent_or_not(self, most):
        self.life.world.sim.quota.limit = most

    @invariant()
    def promises_hold(self):
        self.life.watch.look()

    def teardown(self):
        try:
            self.life.heal()
            self.life.watch.look()
            assert self.life.left_over() == ([], [])
            planned, expected = self.life.planned(), self.life.expected
            assert planned.keys() == expected.keys(), "P3"
            assert enumerator.at_other_hours(planned, expected) == [], "P3"
        finally:
            self.closes.__exit__(None, None, None)


def test_any_life_of_a_school_keeps_the_promises(kind, opens):
    run_state_machine_as_test(type("Life", (Life,), {"opens": opens}), settings=drawn(LIVES[kind]))
