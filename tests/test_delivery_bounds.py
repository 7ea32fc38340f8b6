"""Delivery's bounds: nobody waits for a poisoned row, nothing is tried for ever or out of order."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlmodel import select

from bot.delivery import MOST_FAULTS
from bot.line import Line, Outcome
from bot.pace import Pace
from models.alert import Alert
from models.outbox import OutboxRow, Priority, RowState
from tests.posting import Outbox, after, drain

CROWD = 500
SENDERS = 4  # threads of a worker, each with a request under way at worst
BREAKS = (
    {"status": 500},
    {"status": 500, "when": "after"},
    {"mode": "reset"},
    {"mode": "lost"},
    {"status": 429, "body": {"message": "The API rate limit has been exceeded."}},
)


@pytest.fixture
def post(world):
    return Outbox(world)


def strangers(world, many):
    """Return ids of people whom LINE knows."""
    ids = [f"U{number:032x}" for number in range(1, many + 1)]
    for one in ids:
        world.sim.add_user(one, "Any")
    return ids


class Poisoned(Line):
    """Sending to one person raises, as a fault of ours would."""

    def __init__(self, world, victim):
        super().__init__(world.sim.access_token, world.line_url)
        self.victim, self.raised = victim, 0

    def push(self, to, messages, retry_key):
        if to == self.victim:
            self.raised += 1
            raise TypeError("as ordered")
        return super().push(to, messages, retry_key)


def test_one_poisoned_row_among_a_hundred_delays_nobody_and_is_set_aside(world, post):
    victim, *others = strangers(world, 100)
    poison = post.post(victim, "poison", Priority.SAFETY)
    post.post_all((one, f"to {number}", Priority.NOTICE) for number, one in enumerate(others))
    sender = world.sender(Pace(base=1.0))
    sender._line = Poisoned(world, victim)
    drain(sender)  # at one instant: no lease runs out, no clock moves
    assert post.states() == {RowState.ACCEPTED: len(others), RowState.PENDING: 1}
    assert sender._line.raised == 1
    for _ in range(MOST_FAULTS):
        after(world, minutes=5)
        drain(sender)
    assert (poison.row.state, sender._line.raised) == (RowState.UNKNOWN, MOST_FAULTS)
    with world.database.read() as db:
        assert db.exec(select(Alert.why)).all() == ["unknown"]


class Failing(Line):
    """LINE answers 500 and asks for nothing; it notes when it was asked."""

    def __init__(self, world):
        super().__init__(world.sim.access_token, world.line_url)
        self.world, self.asked = world, []

    def push(self, to, messages, retry_key):
        self.asked.append(self.world.clock.now())
        return Outcome(500)


@pytest.mark.parametrize("priority", [Priority.SAFETY, Priority.NOTICE])
def test_tries_are_bounded_and_end_with_the_use_of_the_message(world, post, aiko, priority):
    sent = post.post(aiko.id, "stubborn", priority, life=timedelta(hours=2))
    sender = world.sender(Pace())
    sender._line = Failing(world)
    while (row := sent.row).state == RowState.PENDING:
        world.clock.at = max(world.clock.now(), min(row.not_before, row.expires_at))
        assert sender.step()
    asked = sender._line.asked
    assert row.state == RowState.UNKNOWN
    assert max(asked) < row.expires_at
    assert len(set(asked)) == len(asked)  # never twice at one instant
    assert 15 < len(asked) < 200  # 150 s between tries on the average


def test_every_refusal_is_final_and_raises_an_alert(world, post):
    kept = {401, 409, 429}
    statuses = [status for status in range(400, 500) if status not in kept]
    people = strangers(world, len(statuses))
    posts = post.post_all((one, f"to {one}", Priority.NOTICE) for one in people)
    for status in statuses:
        world.sim.faults.add(path="push", status=status)
    drain(world.delivery)
    with world.database.read() as db:
        rows = db.exec(select(OutboxRow.state, OutboxRow.status).order_by(OutboxRow.seq)).all()
        told = set(db.exec(select(Alert.key)))
    assert rows == [(RowState.DEAD, status) for status in statuses]
    assert told == {f"outbox:{one.key.hex}" for one in posts}


@pytest.mark.parametrize("seed", range(2))
def test_in_a_chat_and_priority_the_order_of_writing_is_the_order_of_acceptance(world, post, seed):
    chance = Random(seed)
    chats = strangers(world, 4)
    letters = [(chance.choice(chats), str(n), chance.choice(list(Priority))) for n in range(40)]
    letters = [(chat, f"{int(priority)} {n}", priority) for chat, n, priority in letters]
    post.post_all(letters)
    for _ in range(20):
        world.sim.faults.add(path="push", **chance.choice(BREAKS))
    senders = [world.sender(), world.sender()]
    for number in range(400):
        if not senders[number % 2].step() and not senders[(number + 1) % 2].step():
            break
    written, accepted = {}, {}
    for chat, text, priority in letters:
        written.setdefault((chat, priority), []).append(text)
    for entry in post.entries():
        if entry.accepted:
            for message in entry.messages:
                priority = Priority(int(message["text"].split()[0]))
                accepted.setdefault((entry.to, priority), []).append(message["text"])
    assert accepted == written


def test_safety_waits_for_no_more_than_what_is_under_way(world, post, aiko):
    crowd = enumerate(strangers(world, CROWD))
    post.post_all((one, f"all {number}", Priority.BROADCAST) for number, one in crowd)
    senders = [world.sender() for _ in range(SENDERS)]
    under_way = [sender._claim() for sender in senders]
    post.post(aiko.id, "safety", Priority.SAFETY)
    for sender, claimed in zip(senders, under_way, strict=True):
        sender._settle(claimed, sender._send(claimed))
    senders[0].step()
    assert [text.split()[0] for text in post.accepted()] == ["all"] * SENDERS + ["safety"]
    assert post.states() == {RowState.ACCEPTED: SENDERS + 1, RowState.PENDING: CROWD - SENDERS}
