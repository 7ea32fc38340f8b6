"""Whatever LINE may send, and whatever it never would: handled or set aside, and no 5xx."""

from __future__ import annotations

import json
from collections import Counter
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.inbox import rows_of
from bot.webhook import signature
from models.inbox import EventState, InboxEvent
from tests import grammar
from tests.letters import Letters
from tests.world import SETTINGS, START

BODIES = 16  # posted on each database; many more are read without one
READ = 300
HANDLED = {EventState.DONE, EventState.IGNORED, EventState.THROTTLED}
NUMBER = count(1)
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
POSTED = settings(max_examples=BODIES, suppress_health_check=QUIET, deadline=None)


@pytest.fixture
def letters(world):
    return Letters(world)


def unexpected(letters):
    """Return what failed: an event that LINE's door let in must never raise in its handler."""
    failed = select(InboxEvent.fault).where(InboxEvent.attempts > 0)
    with letters.world.database.read() as db:
        return list(db.scalars(failed))


def states(letters):
    """Return the state of each event by its key, and read none."""
    with letters.world.database.read() as db:
        return dict(db.execute(select(InboxEvent.key, InboxEvent.state)).all())


@given(body=grammar.bodies())
@POSTED
def test_no_signed_body_is_answered_with_a_fault(letters, world, body):
    data, events, writing = body
    before = len(states(letters))
    assert letters.raw(data) == (200 if data else 411)  # nothing at all comes without a length
    world.settle()
    assert unexpected(letters) == []
    assert EventState.WAITING not in states(letters).values()
    if writing not in grammar.WHOLE:
        assert len(states(letters)) <= before + max(1, len(events))


@given(good=st.lists(grammar.EVENTS, min_size=1, max_size=5), bad=grammar.BAD, at=st.integers(0, 5))
@settings(POSTED, max_examples=BODIES // 3)
def test_good_events_are_handled_whatever_stands_among_them(letters, world, good, bad, at):
    good = [one | {"webhookEventId": f"good-{next(NUMBER)}"} for one in good]
    body = json.dumps({"events": [*good[:at], bad, *good[at:]]}).encode()
    assert letters.raw(body) == 200
    world.settle()
    held = states(letters)
    assert {held[one["webhookEventId"]] for one in good} <= HANDLED
    assert unexpected(letters) == []


@given(body=grammar.bodies())
@settings(max_examples=READ, suppress_health_check=QUIET, deadline=None)
def test_every_body_becomes_a_row_an_event(body):
    data, events, writing = body
    rows = rows_of(data, START)
    if writing in grammar.WHOLE:
        assert len(rows) == len(events)
        dead = Counter(row["state"] for row in rows)[EventState.DEAD]
        assert dead == sum(not isinstance(event, dict) for event in events)
    assert all("\0" not in row["key"] + row["chat"] for row in rows)


@given(body=grammar.bodies(), bit=st.integers(0), at=st.sampled_from(["body", "signature", "none"]))
@settings(POSTED, max_examples=BODIES // 2)
def test_what_is_not_signed_leaves_nothing(letters, capfd, body, bit, at):
    data = b"canary " + body[0]
    sign = signature(SETTINGS.channel_secret, data)
    sent = {"body": (flipped(data, bit), sign), "signature": (data, scrambled(sign, bit)),
            "none": (data, "")}[at]  # fmt: skip
    answer = letters.door.post("/callback", data=sent[0], headers={"x-line-signature": sent[1]})
    assert answer.status_code == 401
    assert letters.rows() == []
    told = capfd.readouterr()
    assert "canary" not in told.out + told.err


def test_a_hundred_events_of_all_kinds_in_one_body(letters, world):
    events = [grammar_event(name) for name in sorted(grammar.PAYLOADS) for _ in range(5)][:100]
    assert letters.post(*events) == 200
    world.settle()
    assert len(states(letters)) == 100
    assert set(states(letters).values()) <= HANDLED


def grammar_event(name):
    """Return an event of a type as plain as can be."""
    source = {"type": "user", "userId": grammar.USERS[0]}
    return {"type": name, "webhookEventId": f"kind-{next(NUMBER)}", "source": source}


def flipped(data, bit):
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


def scrambled(sign, bit):
    place = bit % (len(sign) - 1)
    return sign[:place] + ("A" if sign[place] != "A" else "B") + sign[place + 1 :]
