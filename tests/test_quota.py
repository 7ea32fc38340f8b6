"""配信数: the month as LINE counts it, what is kept back, and the warnings in time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.environment import Reserve
from bot.quota import QuotaWatch
from models import erasure, quota
from models.outbox import Priority
from models.quota import Allowed, Refused
from tests.posting import Outbox, drain
from tests.world import SETTINGS


@pytest.fixture
def post(world):
    return Outbox(world)


@pytest.fixture
def watch(world):
    clock, ahead = world.clock.now, world.ticker.ahead
    return QuotaWatch(world.database, world.line, clock, ahead, Reserve(10, is_share=True))


def month(world):
    with world.database.read() as db:
        return quota.month(db, world.clock.now())


def judge(world, people, messages=1):
    with world.database.read() as db:
        return quota.judge(db, world.clock.now(), people, messages)


def test_a_person_counts_once_a_group_as_many_as_it_has_and_a_reply_nothing(world, post, aiko):
    group = world.group("S4")
    post.post(aiko.id, "one")
    post.post(group, "many")
    post.post(aiko.id, "answer", Priority.ANSWER, token="t")
    members = len(world.sim.people.groups[group].members)
    assert month(world).waiting == 1 + members
    drain(world.delivery)
    assert (month(world).used, month(world).waiting) == (1 + members, 0)
    assert month(world).used == world.sim.quota.used(world.clock.now())


def test_a_group_counts_as_line_counts_it(world, post, watch):
    group = world.sim.people.groups[world.group("S4")]
    group.members += [f"U{n:032x}" for n in range(3)]  # in the group and unknown to the school
    watch.look()
    post.post(group.id, "many")
    drain(world.delivery)
    assert month(world).used == len(group.members)


def test_the_greater_of_our_count_and_lines_holds(world, watch, post, aiko):
    world.sim.quota.set_used(1200, world.clock.now())  # sent from LINE's own console
    watch.look()
    post.post(aiko.id, "one")
    drain(world.delivery)
    assert month(world).used == 1200
    watch.look()
    assert month(world).used == 1201


def test_what_we_send_after_line_was_asked_is_added_to_its_count(world, watch, post, aiko):
    world.sim.quota.set_used(1200, world.clock.now())
    watch.look()
    world.clock.at += timedelta(minutes=1)
    post.post(aiko.id, "one")
    drain(world.delivery)
    assert month(world).used == world.sim.quota.used(world.clock.now()) == 1201


def test_a_month_begins_at_midnight_in_japan(world, watch, post, aiko):
    world.clock.at = datetime(2026, 11, 30, 23, 59, tzinfo=SETTINGS.zone)
    post.post(aiko.id, "november")
    drain(world.delivery)
    world.sim.quota.set_used(900, world.clock.now())
    watch.look()
    assert month(world).used == 900
    world.clock.at += timedelta(minutes=1)
    assert month(world).used == 0


def test_the_reserve_is_not_for_ordinary_words(world, watch):
    world.sim.quota.limit = 5000
    world.sim.quota.set_used(4200, world.clock.now())
    watch.look()
    assert isinstance(judge(world, 300), Allowed)
    refused = judge(world, 301)
    assert isinstance(refused, Refused)
    assert (refused.cost, refused.month.left, refused.month.free) == (301, 800, 300)
    assert isinstance(judge(world, 151, messages=2), Refused)


def test_what_waits_is_spent_already(world, watch, post, aiko):
    world.sim.quota.limit = 100
    watch.look()
    for n in range(5):
        post.post(aiko.id, str(n))
    assert isinstance(judge(world, 85), Allowed)
    assert isinstance(judge(world, 86), Refused)


def test_before_line_was_asked_and_without_a_limit_nothing_is_refused(world, watch):
    assert isinstance(judge(world, 10**6), Allowed)
    world.sim.quota.limit = None
    watch.look()
    assert isinstance(judge(world, 10**6), Allowed)


def test_the_forecast_knows_the_notices_of_the_month(world, watch, clock):
    watch.look()
    expected = month(world).forecast
    assert expected > month(world).used
    clock.goes_to("2026-11-30 23:59")
    assert 0 < month(world).used <= expected


def test_line_is_asked_on_a_slow_beat_and_keeps_its_last_word_when_silent(world, watch):
    assert watch.look_if_due()
    assert not watch.look_if_due()
    world.clock.at += timedelta(minutes=10)
    world.sim.quota.limit = 5000
    world.sim.faults.add(path="quota", status=500)
    assert not watch.look_if_due()
    assert month(world).most == 30_000
    assert watch.look_if_due()
    assert month(world).most == 5000


def test_a_spent_month_refuses_what_is_ordinary_and_goes_on_trying_safety(world, post, aiko):
    world.sim.quota.limit = 0
    ordinary = post.post(aiko.id, "ordinary")
    safety = post.post(aiko.id, "safety", Priority.SAFETY)
    drain(world.delivery)
    assert (ordinary.row.state, ordinary.row.status) == ("dead", 429)
    assert safety.row.state == "pending"
    world.sim.quota.limit = 200  # the plan was raised
    world.clock.at += timedelta(minutes=5)
    drain(world.delivery)
    assert safety.row.state == "accepted"


def test_a_deleted_person_leaves_the_count_as_it_was(world, post, aiko):
    post.post(aiko.id, "one")
    drain(world.delivery)
    with world.database.write() as db:
        erasure.erase(db, aiko.record(), world.clock.now())
        erasure.forget_strangers(db)
    assert month(world).used == 1
