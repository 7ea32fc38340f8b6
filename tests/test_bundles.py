"""Several rows in one request: to one chat, or one text to many; each said once, each its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from models import erasure, outbox, quota
from models.crypto import keyed_hash
from models.outbox import Priority, RowState
from tests.posting import Outbox, drain

MANY = "/v2/bot/message/multicast"


@pytest.fixture
def post(world):
    return Outbox(world)


@pytest.fixture
def crowd(world, post):
    """One text to three people, as a row each."""

    def write(text="for all", **more):
        people = [world.person(name) for name in ("相川 愛子", "山田 亮", "山口 浩")]
        same = {"likeness": keyed_hash(text)} | more
        return people, [post.post(one.id, f"{text} ", **same) for one in people]

    return write


def to_many(world, post):
    return [entry for entry in post.entries() if entry.path == MANY]


def months(world):
    with world.database.read() as db:
        return quota.month(db, world.clock.now()).used


def test_one_text_to_many_is_one_request_and_counts_each_of_them(world, post, crowd):
    people, sent = crowd()
    drain(world.delivery)
    (entry,) = post.entries()
    assert (entry.path, entry.to) == (MANY, [one.id for one in people])
    assert {one.row.state for one in sent} == {RowState.ACCEPTED}
    assert [one.hears() for one in people] == [["for all "]] * 3
    assert months(world) == 3 == world.sim.quota.used(world.clock.now())


def test_what_falls_due_together_for_one_chat_is_one_request_and_counts_once(world, post, aiko):
    group = world.group("S4")
    for text in ("first", "second"):
        post.post(group, text)
        post.post(aiko.id, text)
    drain(world.delivery)
    assert [[m["text"] for m in e.messages] for e in post.entries()] == [["first", "second"]] * 2
    assert months(world) == len(world.sim.people.groups[group].members) + 1
    assert months(world) == world.sim.quota.used(world.clock.now())


def test_no_request_has_more_than_five_bubbles(world, post, aiko):
    for number in range(7):
        post.post(aiko.id, str(number))
    drain(world.delivery)
    assert [len(e.messages) for e in post.entries()] == [5, 2]
    assert post.accepted() == list("0123456")


def test_what_rests_until_the_morning_goes_with_nothing_that_is_said_at_night(world, post, aiko):
    now = world.clock.now()
    post.post(aiko.id, "at any hour")
    post.post(aiko.id, "by day", rests_from=now, rests_until=now + timedelta(hours=9))
    drain(world.delivery)
    assert post.accepted() == ["at any hour"]


def test_answers_and_safety_go_by_themselves(world, post, aiko):
    for priority in (Priority.SAFETY, Priority.ANSWER):
        post.post(aiko.id, f"{priority.name} 1", priority)
        post.post(aiko.id, f"{priority.name} 2", priority)
    drain(world.delivery)
    assert [len(e.messages) for e in post.entries()] == [1, 1, 1, 1]


def test_what_waits_behind_something_later_is_not_overtaken(world, post, aiko):
    later = world.clock.now() + timedelta(minutes=1)
    post.post(aiko.id, "one")
    post.post(aiko.id, "two", not_before=later)
    post.post(aiko.id, "three")
    drain(world.delivery)
    assert post.accepted() == ["one"]


@pytest.mark.parametrize("mode", [{"mode": "lost"}, {"status": 500, "when": "after"}])
def test_a_lost_answer_repeats_the_same_request_under_the_same_key(world, post, crowd, mode):
    _, sent = crowd()
    world.sim.faults.add(path="multicast", **mode)
    drain(world.delivery)
    assert [(e.accepted, e.status) for e in post.entries()][1] == (False, 409)
    assert post.kept_identical()
    assert {one.row.state for one in sent} == {RowState.ACCEPTED}


def test_a_crash_between_leasing_and_sending_keeps_bundle_and_key(world, post, crowd):
    crowd()
    world.delivery._claim()
    world.restarts_after_lease()
    drain(world.delivery)
    assert [e.path for e in post.entries()] == [MANY]


def test_one_bad_id_lets_each_go_by_itself_and_none_twice(world, post, crowd):
    people, sent = crowd()
    del world.sim.people.users[people[1].id]
    drain(world.delivery)
    assert [(e.path.rsplit("/")[-1], e.status) for e in post.entries()] == [
        ("multicast", 400),
        ("push", 200),
        ("push", 400),
        ("push", 200),
    ]
    assert [one.row.state for one in sent] == ["accepted", "dead", "accepted"]
    keys = [e.retry_key for e in post.entries()]
    assert keys[1:] == [str(one.key) for one in sent]
    assert len(set(keys)) == 4
    assert months(world) == 2


def test_a_bad_word_does_not_take_its_neighbour_with_it(world, post, aiko):
    bad, good = post.post(aiko.id, "bad"), post.post(aiko.id, "good")
    world.sim.faults.add(path="push", status=400, times=2)
    drain(world.delivery)
    assert (bad.row.state, good.row.state) == (RowState.DEAD, RowState.ACCEPTED)


def test_whoever_leaves_before_it_is_sent_is_left_out(world, post, crowd):
    people, sent = crowd()
    now = world.clock.now()
    with world.database.write() as db:
        outbox.cancel_recipient(db, people[0].id, now)
        erasure.erase(db, people[1].record(), now)
    drain(world.delivery)
    assert [(e.path.rsplit("/")[-1], e.to) for e in post.entries()] == [("push", people[2].id)]
    assert sent[0].row.state == RowState.CANCELLED


def test_whoever_leaves_while_in_doubt_stays_in_the_repeated_request_and_is_forgotten_then(
    world, post, crowd
):
    people, sent = crowd()
    world.sim.faults.add(path="multicast", mode="lost")
    world.delivery.step()
    with world.database.write() as db:
        erasure.erase(db, people[1].record(), world.clock.now())
        erasure.forget_strangers(db)
    drain(world.delivery)
    assert [e.status for e in post.entries()][1:] == [409]
    assert post.kept_identical()
    assert (sent[0].row.state, sent[2].row.state) == (RowState.ACCEPTED,) * 2
    with world.database.write() as db:
        erasure.forget_strangers(db)
    assert people[1].id not in {row.recipient for row in rows(world)}


def rows(world):
    with world.database.read() as db:
        return list(db.exec(select(outbox.OutboxRow)))


def test_a_part_taken_back_in_doubt_ends_the_rest_as_unknown(world, post, aiko):
    kept, gone = post.post(aiko.id, "kept"), post.post(aiko.id, "gone", subject="x")
    world.sim.faults.add(path="push", mode="lost")
    world.delivery.step()
    with world.database.write() as db:
        outbox.cancel_subject(db, "x", world.clock.now())
    drain(world.delivery)
    assert (kept.row.state, gone.row.state) == (RowState.UNKNOWN, RowState.CANCELLED)
    assert len(post.entries()) == 1  # never said twice


def test_a_rate_limit_lets_them_gather_anew(world, post, crowd):
    crowd()
    world.sim.faults.add(path="multicast", status=429)
    drain(world.delivery)
    assert [e.status for e in post.entries()] == [429, 200]
    assert [e.path for e in post.entries()] == [MANY] * 2


def test_whoever_has_more_to_hear_hears_it_in_one_request(world, post, crowd):
    people, _ = crowd()
    post.post(people[0].id, "more")
    drain(world.delivery)
    assert sorted(len(e.messages) for e in post.entries()) == [1, 2]
    assert people[0].hears() == ["for all ", "more"]
