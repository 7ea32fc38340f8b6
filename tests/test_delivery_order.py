"""Delivery's order, leases and fences: who goes first, and who may still write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.line import Line
from bot.pace import Pace
from models import outbox
from models.claim import claim as take
from models.outbox import Priority, RowState
from tests.posting import Outbox, after, drain

LEASE = timedelta(seconds=40)
PATIENT = Pace(base=1e5, longest=1e5)  # whoever fails comes back after everybody else


@pytest.fixture
def post(world):
    return Outbox(world)


def test_a_chat_hears_things_in_the_order_they_were_written(world, post, aiko):
    for number in range(5):
        post.post(aiko.id, str(number))
    drain(world.delivery)
    assert post.accepted() == list("01234")


def test_what_is_stuck_holds_up_only_its_own_chat_and_priority(world, post, aiko, ryo):
    world.sim.faults.add(path="push", status=500)
    stuck = post.post(aiko.id, "stuck", life=timedelta(hours=1))
    world.sender(PATIENT).step()
    behind = post.post(aiko.id, "behind")
    answer, other = (post.post(*to) for to in ((aiko.id, "x", Priority.BROADCAST), (ryo.id, "y")))
    drain(world.sender(PATIENT))
    states = [p.row.state for p in (stuck, behind, answer, other)]
    assert states == [RowState.PENDING] * 2 + [RowState.ACCEPTED] * 2
    after(world, hours=1)  # never longer than the stuck one is of use
    drain(world.delivery)
    assert stuck.row.state == RowState.UNKNOWN
    assert behind.row.state == RowState.ACCEPTED


def test_safety_overtakes_answers_notices_and_broadcasts(world, post, aiko):
    for priority in reversed(Priority):
        post.post(aiko.id, priority.name, priority)
    drain(world.delivery)
    assert post.accepted() == ["SAFETY", "ANSWER", "NOTICE", "BROADCAST"]


def test_nothing_is_sent_before_its_hour(world, post, aiko):
    now = world.clock.now()
    post.post(aiko.id, "later", not_before=now + timedelta(minutes=1))
    assert drain(world.delivery) == 0
    after(world, minutes=1)
    drain(world.delivery)
    assert post.accepted() == ["later"]


def claim(world):
    real = datetime.fromtimestamp(world.real_seconds, UTC)
    with world.database.write() as db:
        return take(db, world.clock.now(), real, LEASE)


def test_a_leased_row_is_nobody_elses(world, post, aiko):
    post.post(aiko.id, "mine")
    assert claim(world) is not None
    assert claim(world) is None
    assert drain(world.sender()) == 0


def test_after_a_crash_the_next_sender_knows_of_the_doubt(world, post, aiko):
    post.post(aiko.id, "mine")
    assert not claim(world).was_in_doubt
    world.restarts_after_lease()
    assert claim(world).was_in_doubt


def test_whoever_lost_the_lease_can_write_nothing(world, post, aiko):
    sent = post.post(aiko.id, "mine")
    slow = claim(world)
    world.restarts_after_lease()
    quick = claim(world)
    now = world.clock.now()
    with world.database.write() as db:
        assert not outbox.settle(db, slow.row, RowState.DEAD, now)
        assert not outbox.postpone(db, slow.row, now)
        assert outbox.settle(db, quick.row, RowState.ACCEPTED, now)
        assert not outbox.settle(db, quick.row, RowState.DEAD, now)
    assert sent.row.state == RowState.ACCEPTED


class Sleepy(Line):
    """A sender that is stopped between its lease and its request, longer than the lease."""

    def __init__(self, world):
        super().__init__(world.sim.access_token, world.line_url)
        self.world = world

    def push(self, to, messages, retry_key):
        self.world.restarts_after_lease()
        drain(self.world.delivery)
        return super().push(to, messages, retry_key)


def test_two_senders_of_one_row_are_one_acceptance(world, post, aiko):
    sent = post.post(aiko.id, "mine")
    sleeper = world.sender()
    sleeper._line = Sleepy(world)
    sleeper.step()
    assert [(e.status, e.accepted) for e in post.entries()] == [(200, True), (409, False)]
    assert sent.fate == (RowState.ACCEPTED, 200)
    assert aiko.hears() == ["mine"]


def test_a_row_is_written_once_under_its_key(world, post, aiko):
    post.post(aiko.id, "once")
    with pytest.raises(AssertionError):
        post.post(aiko.id, "once")


def test_a_five_hundred_broadcast_lets_safety_through(world, post, aiko, ryo):
    for number in range(60):
        post.post(aiko.id, f"all {number}", Priority.BROADCAST)
    world.delivery.step()
    post.post(ryo.id, "safety", Priority.SAFETY)
    world.delivery.step()
    assert post.accepted() == ["all 0", "all 1", "all 2", "all 3", "all 4", "safety"]
