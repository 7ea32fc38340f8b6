"""Delivery against a LINE that fails in every way: accepted once, in order, or known not to be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.line import Line, Outcome
from bot.pace import Pace
from models import outbox
from models.outbox import Priority, RowState
from tests.posting import Outbox, after, drain

TEN_MINUTES = timedelta(minutes=10)
TOKEN = "reply-token-of-a-test"


@pytest.fixture
def post(world):
    return Outbox(world)


@pytest.fixture
def faults(world):
    return world.sim.faults


FAULTS = [
    {"status": 500, "when": "before"},
    {"status": 500, "when": "after"},
    {"status": 503, "mode": "html"},
    {"mode": "reset"},
    {"mode": "reset", "when": "after"},
    {"mode": "lost"},
    {"mode": "truncated"},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: "-".join(map(str, f.values())))
@pytest.mark.parametrize("token", [None, TOKEN], ids=["push", "reply"])
def test_whatever_line_does_it_is_accepted_once(world, post, faults, aiko, fault, token):
    sent = post.post(aiko.id, "once", token=token)
    faults.add(path="reply" if token else "push", **fault)
    drain(world.delivery)
    assert post.accepted() == ["once"]
    assert sent.row.state == RowState.ACCEPTED
    assert post.kept_identical()


def test_a_notice_survives_ten_faults_with_one_key_and_one_body(world, post, faults, aiko):
    sent = post.post(aiko.id, "stubborn")
    for fault in FAULTS:
        faults.add(path="push", **fault)
    drain(world.delivery)
    keys = {entry.retry_key for entry in post.entries()}
    assert keys == {str(sent.key)}
    assert (post.accepted(), post.kept_identical()) == (["stubborn"], True)
    assert sent.row.messages is None  # what was said is dropped when it is final


def test_a_late_answer_is_not_said(world, post, aiko):
    sent = post.post(aiko.id, "stale", Priority.ANSWER, token=TOKEN, life=TEN_MINUTES)
    after(world, minutes=10)
    drain(world.delivery)
    assert (sent.row.state, post.entries()) == (RowState.EXPIRED, [])
    assert (sent.row.messages, sent.row.reply_token) == (None, None)


def test_an_attempt_in_doubt_is_never_repeated_after_23_hours(world, post, faults, aiko):
    sent = post.post(aiko.id, "doubtful", life=timedelta(days=3))
    faults.add(path="push", mode="lost")
    world.sender(Pace(base=1e6, longest=20 * 3600)).step()
    after(world, hours=23, seconds=1)
    drain(world.delivery)
    assert sent.row.state == RowState.UNKNOWN
    assert len(post.entries()) == 1


def test_a_first_attempt_may_come_after_days(world, post, aiko):
    sent = post.post(aiko.id, "patient", life=timedelta(days=3))
    after(world, days=2)
    drain(world.delivery)
    assert sent.fate == (RowState.ACCEPTED, 200)


def test_a_refused_first_reply_is_pushed_in_private(world, post, aiko):
    sent = post.post(aiko.id, "answer", Priority.ANSWER, token=TOKEN, life=TEN_MINUTES)
    after(world, minutes=2)  # the token has run out
    drain(world.delivery)
    assert [entry.status for entry in post.entries()] == [400, 200]
    assert (post.accepted(), sent.row.state) == (["answer"], RowState.ACCEPTED)


def test_a_refused_reply_to_a_group_is_let_go(world, post):
    sent = post.post(world.group("S4"), "answer", Priority.ANSWER, token=TOKEN, life=TEN_MINUTES)
    after(world, minutes=2)
    drain(world.delivery)
    assert (post.accepted(), sent.row.state) == ([], RowState.EXPIRED)
    assert post.entries("push") == []  # a push would be paid for every member


def test_a_reply_refused_after_a_doubt_counts_as_said(world, post, faults, aiko):
    sent = post.post(aiko.id, "answer", Priority.ANSWER, token=TOKEN, life=TEN_MINUTES)
    faults.add(path="reply", mode="lost")
    drain(world.delivery)
    assert [entry.accepted for entry in post.entries()] == [True, False]
    assert sent.row.state == RowState.ACCEPTED


def test_safety_is_rather_said_twice_than_not_at_all(world, post, faults, aiko):
    post.post(aiko.id, "119", Priority.SAFETY, token=TOKEN)
    faults.add(path="reply", mode="lost")
    drain(world.delivery)
    assert post.accepted() == ["119", "119"]


def test_a_spent_month_is_final(world, post, aiko):
    sent = post.post(aiko.id, "too much")
    world.sim.quota.limit = 0
    drain(world.delivery)
    assert sent.fate == (RowState.DEAD, 429)
    assert len(post.entries()) == 1


def test_a_rate_limit_waits(world, post, faults, aiko):
    sent = post.post(aiko.id, "patience")
    faults.add(path="push", status=429, body={"message": "The API rate limit has been exceeded."})
    drain(world.delivery)
    assert (sent.row.state, sent.row.attempts) == (RowState.ACCEPTED, 2)


class Hurried(Line):
    """LINE behind a proxy that asks for patience."""

    def push(self, to, messages, retry_key):
        return Outcome(429, headers={"retry-after": "90"})


def test_the_wait_line_asked_for_is_kept(world, post, aiko, database):
    sent = post.post(aiko.id, "patience")
    sender = world.sender()
    sender._line = Hurried("token", world.line_url)
    sender.step()
    assert sent.row.not_before == world.clock.now() + timedelta(seconds=90)
    assert not sent.row.in_doubt


@pytest.mark.parametrize("status", [400, 403, 404, 413])
def test_a_refusal_is_final_and_stops_nobody(world, post, faults, aiko, status):
    refused, next_one = post.post(aiko.id, "refused"), post.post(aiko.id, "next")
    faults.add(path="push", status=status, times=2)  # together, and then the first by itself
    drain(world.delivery)
    assert refused.fate == (RowState.DEAD, status)
    assert next_one.row.state == RowState.ACCEPTED


def test_a_blocked_person_is_accepted_and_reached_by_nothing(world, post, aiko):
    world.sim.people.users[aiko.id].friend = False
    sent = post.post(aiko.id, "unheard")
    drain(world.delivery)
    assert (sent.row.state, aiko.hears()) == (RowState.ACCEPTED, [])


def test_cancelled_rows_are_not_sent(world, post, aiko, database):
    sent = post.post(aiko.id, "old time", subject="session:1:0")
    with database.write() as db:
        assert outbox.cancel_subject(db, "session:1:0", world.clock.now()) == 1
    drain(world.delivery)
    assert (sent.row.state, sent.row.messages, post.entries()) == (RowState.CANCELLED, None, [])
