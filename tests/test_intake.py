"""Intake: what becomes of a signed body, however odd, and of the neighbours of a bad event."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.events import Envelope
from bot.inbox import rows_of
from models.inbox import EventState
from tests.letters import Letters
from tests.world import START


@pytest.fixture
def letters(world):
    return Letters(world)


ODD = {
    "empty object": b"{}",
    "empty list": b"[]",
    "a number": b"5",
    "null": b"null",
    "a string": b'"events"',
    "no JSON": b"events",
    "cut off": b'{"events":[{"type":"mess',
    "events null": b'{"events":null}',
    "events an object": b'{"events":{"0":1}}',
    "events a number": b'{"events":1}',
    "a string for an event": b'{"events":["x"]}',
    "null for an event": b'{"events":[null]}',
    "a list for an event": b'{"events":[[1]]}',
    "no UTF-8": b'{"events":["\xff\xfe"]}',
    "nested without end": b"[" * 200_000,
    "an event nested without end": b'{"events":['
    + b'{"a":' * 100_000
    + b"1"
    + b"}" * 100_000
    + b"]}",
    "nested a little too deep": b'{"events":[{"a":' + b"[" * 900 + b"]" * 900 + b"}]}",
    "a number without end": b'{"events":' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
def test_what_is_no_event_is_set_aside_and_counted(letters, body, world):
    assert letters.raw(body) == 200
    assert set(letters.states()) <= {EventState.DEAD}
    assert len(letters.rows()) == 1
    assert letters.raw(body) == 200  # again and again: still one
    assert len(letters.rows()) == 1
    world.settle()


def test_a_mark_of_byte_order_is_read_over(letters, aiko):
    event = {"events": [letters.text(aiko.id, "今週")]}
    assert letters.raw(b"\xef\xbb\xbf" + json.dumps(event).encode()) == 200
    assert letters.states() == [EventState.WAITING]


SPOILERS = {
    "a string": '"x"',
    "null": "null",
    "no type": "{}",
    "a type that is a list": '{"type":["message"]}',
    "nested without end": '{"a":' + "[" * 50_000 + "]" * 50_000 + "}",
    "nested too deep": '{"a":' + "[" * 700 + "]" * 700 + "}",
    "a number without end": '{"type":"message","timestamp":' + "9" * 5000 + "}",
    "twice the same key": '{"type":"message","type":"follow","source":1,"source":null}',
    "numbers that are none": '{"timestamp":NaN,"a":Infinity,"b":1e999,"c":-0}',
    "NUL in its ids": '{"webhookEventId":"a\\u0000b","source":{"type":"user","userId":"U\\u0000"}}',
    "half a sign": '{"type":"\\ud800","webhookEventId":"\\udfff","message":{"id":"\\ud800"}}',
    "a novel for an id": json.dumps(
        {"webhookEventId": "x" * 9999, "source": {"userId": "y" * 9999}}
    ),
    "brackets in a text": '{"type":"],[{\\"","events":[{"events":[]}]}',
}


@pytest.mark.parametrize("spoiler", SPOILERS.values(), ids=SPOILERS)
def test_one_bad_event_spoils_none_of_its_neighbours(world, letters, aiko, ryo, spoiler):
    before, behind = (json.dumps(letters.text(who.id, "今週")) for who in (aiko, ryo))
    body = '{"destination":"U","events":[' + ", ".join([before, spoiler, behind]) + "]}"
    assert letters.raw(body.encode()) == 200
    world.settle()
    assert len(letters.rows()) == 3
    assert (len(aiko.hears()), len(ryo.hears())) == (1, 1)
    assert EventState.WAITING not in letters.states()


def test_ninety_nine_good_ones_and_a_bad_one(world, letters, aiko):
    events = [letters.text(aiko.id, "今週") for _ in range(99)]
    assert letters.post(*events[:50], "bad", *events[50:]) == 200
    assert letters.states().count(EventState.WAITING) == 99
    assert letters.states().count(EventState.DEAD) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=20,
)
FIELDS = ["type", "mode", "timestamp", "source", "webhookEventId", "message", "postback", "unsend"]
PARTS = [
    "text",
    "id",
    "type",
    "mention",
    "mentionees",
    "userId",
    "groupId",
    "data",
    "params",
    "index",
]
EVENTS = st.dictionaries(
    st.sampled_from(FIELDS),
    JSON
    | st.dictionaries(st.sampled_from(PARTS), JSON)
    | st.sampled_from(["message", "postback", "unsend", "follow", "active", "standby"]),
)


@given(st.lists(EVENTS | JSON, max_size=5))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_every_body_becomes_rows_and_every_event_can_be_read(events):
    rows = rows_of(json.dumps({"events": events}).encode(), START)
    assert len(rows) == len(events)
    for row in rows:
        envelope = Envelope(row["body"])
        read = (envelope.key, envelope.chat, envelope.line_id, envelope.data, envelope.params)
        assert read[0]
        assert "\0" not in envelope.text_without_mentions() + row["chat"] + row["key"]
        assert isinstance(envelope.mentions_us, bool)


@given(st.binary(max_size=300))
def test_any_bytes_become_rows(body):
    assert isinstance(rows_of(body, START), list)
