"""Every event, message and source of line.md is taken in, and none is answered that must not be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import allowance
from models.inbox import EventState
from tests.letters import Letters

SETTLED = {EventState.DONE, EventState.IGNORED}
EMOJI = {"index": 0, "length": 1, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}
FILE = {"contentProvider": {"type": "line"}}
PLACE = {"title": "x", "address": "x", "latitude": 35.6, "longitude": 139.7}
MESSAGES = {
    "text": {"type": "text", "text": "$ こんにちは", "emojis": [EMOJI], "quotedMessageId": "1"},
    "text without a quote token": {"type": "text", "text": "今週"},
    "image": {"type": "image", "imageSet": {"id": "s", "index": 1, "total": 2}, **FILE},
    "video": {"type": "video", "duration": 60000, **FILE},
    "audio": {"type": "audio", "duration": 60000, **FILE},
    "file": {"type": "file", "fileName": "a.pdf", "fileSize": 2138},
    "location": {"type": "location", **PLACE},
    "location without a title": {"type": "location", "latitude": 35.6, "longitude": 139.7},
    "sticker": {"type": "sticker", "packageId": "1", "stickerId": "1", "keywords": ["run"]},
    "sticker of a new kind": {"type": "sticker", "stickerResourceType": "HOLOGRAM_2027"},
    "a new type": {"type": "hologram", "depth": 3},
    "no type": {"text": "今週"},
}
DATED = {"data": "x", "params": {"datetime": "2026-11-25T19:00"}}
MENU = {"data": "x", "params": {"newRichMenuAliasId": "a", "status": "SUCCESS"}}
EVENTS = {
    "follow": {"follow": {"isUnblocked": False}},
    "follow, bare": {},
    "unfollow": {},
    "unsend": {"unsend": {"messageId": "m-unknown"}},
    "join": {},
    "leave": {},
    "memberJoined": {"joined": {"members": [{"type": "user", "userId": "U" + "4" * 32}]}},
    "memberLeft": {"left": {"members": [{"type": "user", "userId": "U" + "4" * 32}]}},
    "postback": {"postback": {"data": "probe=1"}},
    "postback, of a picker": {"postback": DATED},
    "postback, of a menu": {"postback": MENU},
    "videoPlayComplete": {"videoPlayComplete": {"trackingId": "t"}},
    "beacon": {"beacon": {"hwid": "d41d8cd98f", "type": "enter"}},
    "accountLink": {"link": {"result": "ok", "nonce": "n" * 20}},
    "membership": {"membership": {"type": "joined", "membershipId": 3189}},
    "module": {"module": {"type": "attached", "botId": "U" + "5" * 32}},
    "activated": {"chatControl": {"expireAt": 1462629479859}},
    "deactivated": {},
    "botSuspended": {},
    "botResumed": {},
    "delivery": {"delivery": {"data": "15034552939884E28681A7D668CEA94C147C716C0EC9DFE8"}},
    "things": {"things": {"deviceId": "t", "type": "link"}},
    "hologram": {"hologram": {}},
}


@pytest.fixture
def letters(world):
    return Letters(world)


def sources(letters, aiko):
    """Return the ways in which LINE says where something happened."""
    group = letters.world.group("S4")
    return [
        {"type": "user", "userId": aiko.id},
        {"type": "group", "groupId": group, "userId": aiko.id},
        {"type": "group", "groupId": group},  # LINE does not promise a userId here
        {"type": "room", "roomId": "R" + "7" * 32, "userId": aiko.id},
        {"type": "room", "roomId": "R" + "7" * 32},
        {"type": "square", "squareId": "S1"},
        {"type": "user"},
    ]


def test_every_message_from_everywhere_is_taken_in(world, letters, aiko):
    where = sources(letters, aiko)
    for number, message in enumerate(MESSAGES.values()):
        made = [letters.event("message", aiko.id) for _ in where]
        ids = [f"{number}-{n}" for n in range(len(where))]
        events = [
            event | {"source": source, "message": {"id": id_, **message}}
            for event, source, id_ in zip(made, where, ids, strict=True)
        ]
        assert letters.post(*events) == 200
    world.settle()
    assert len(letters.states()) == len(where) * len(MESSAGES)
    assert unsettled(letters) == []


def test_every_event_from_everywhere_is_taken_in(world, letters, aiko):
    where = sources(letters, aiko)
    for name, more in EVENTS.items():
        made = [letters.event(name.split(",")[0], aiko.id) for _ in where]
        events = [e | {"source": s} | more for e, s in zip(made, where, strict=True)]
        bare = letters.event(name, None) | more
        del bare["source"], bare["replyToken"]
        assert letters.post(*events, bare) == 200
    world.settle()
    assert unsettled(letters) == []


def unsettled(letters):
    """Return what is neither done nor ignored, with what it was."""
    return [(row.state, row.body, row.fault) for row in letters.rows() if row.state not in SETTLED]


def test_what_line_leaves_out_is_not_missed(world, letters, aiko):
    optional = ("timestamp", "mode", "deliveryContext", "webhookEventId")
    for missing in optional:
        event = letters.text(aiko.id, "今週")
        del event[missing]
        assert letters.post(event, event) == 200
    world.settle()
    assert len(aiko.hears()) == len(optional)


def test_a_time_that_cannot_be_is_now(world, letters, aiko):
    odd = ["1700000000000", None, True, -5, 10**18, [], float("nan"), float("inf"), 10**30]
    assert letters.post(*(letters.text(aiko.id, "今週") | {"timestamp": at} for at in odd)) == 200
    world.settle()
    assert {row.happened_at for row in letters.rows()} == {world.clock.now()}
    assert len(aiko.hears()) == len(odd)


def test_standby_is_never_answered(world, letters, aiko):
    standby = letters.text(aiko.id, "今週") | {"mode": "standby"}
    tap = letters.event("postback", aiko.id, postback={"data": "x"}) | {"mode": "standby"}
    assert letters.post(standby, tap) == 200
    world.settle()
    assert letters.states() == [EventState.IGNORED] * 2
    assert aiko.hears() == []


@pytest.mark.parametrize(("age", "answers"), [(timedelta(days=2.9), 1), (timedelta(days=3.1), 0)])
def test_what_is_older_than_three_days_is_kept_but_not_acted_on(world, letters, aiko, age, answers):
    stamp = int((world.clock.now() - age).timestamp() * 1000)
    assert letters.post(letters.text(aiko.id, "今週") | {"timestamp": stamp}) == 200
    world.settle()
    assert len(letters.rows()) == 1
    assert len(aiko.hears()) == answers


def test_one_body_may_come_from_many_people(world, letters, aiko, ryo, emma):
    events = [letters.text(who.id, "今週") for who in (aiko, ryo, emma)]
    assert letters.post(*events) == 200
    world.settle()
    assert [len(who.hears()) for who in (aiko, ryo, emma)] == [1, 1, 1]


def test_a_hundred_events_in_one_body(world, letters, aiko, monkeypatch):
    monkeypatch.setattr(allowance, "BURST", 100)  # the limit of one person is no matter here
    assert letters.post(*(letters.text(aiko.id, "今週") for _ in range(100))) == 200
    world.settle()
    assert letters.states() == [EventState.DONE] * 100
    assert len(aiko.hears()) == 100


def test_talk_in_a_group_is_nobodys_business(world, letters, aiko):
    group = world.group("S4")
    assert letters.post(letters.text(aiko.id, "昨日は楽しかったね", group)) == 200
    assert letters.post(letters.text(None, "今週", group)) == 200
    world.settle()
    assert aiko.in_group("S4").hears() == []


def test_who_blocks_us_is_heard_and_nothing_is_said(world, aiko):
    letters = Letters(world)
    letters.post(letters.event("unfollow", aiko.id))
    world.settle()
    assert letters.states() == ["done"]
    assert not aiko.record().reachable
