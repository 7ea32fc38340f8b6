"""Webhook bodies as LINE publishes them, and spoilt in every way: strategies for hypothesis.

From LINE's fact sheet: every event type and source; what LINE may leave out is left out, what it
may add without notice is added, and what nobody sends (wrong types, halves, novels) is sent too.
"""

from __future__ import annotations

import gzip
import json
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Any_ = SearchStrategy[Any]
WORDS = st.sampled_from(
    ["今週", "水 300", "体重 54.5", "膝が痛い", "やめる", "たすき 名簿", "登録"]
)
NASTY = st.sampled_from(
    [
        "",
        "\0",
        "a\0b",
        "\ud800",
        "\u202e",
        "🏃🏽‍♀️" * 60,
        "６２．５",
        "1e999",
        "nan",
        "٣",
        "{0}",
        "%s\n",
    ]
)
USERS = [f"U{number:032x}" for number in range(4)]
HALF = st.sampled_from(
    [None, 5, -1, 1e308, True, [], {}, [[]], "x", "", "\0", "\ud800", "y" * 5000]
)
IDS = st.integers(0, 10**18).map(str)
EMPTY_OR = [{}, {"isUnblocked": True}, {"isUnblocked": "perhaps"}]


def some(required: dict[str, Any_], optional: dict[str, Any_] | None = None) -> Any_:
    """Return objects with all of the first fields and any of the second."""
    return st.fixed_dictionaries(required, optional=optional or {})


def one_of(*values: Any) -> Any_:
    """Return one of these values."""
    return st.sampled_from(values)


def kind(name: str, fields: dict[str, Any_] | None = None, **optional: Any_) -> Any_:
    """Return objects of a type."""
    return some({"type": st.just(name)} | (fields or {}), optional)


MENTIONEE = some(
    {"index": st.integers(-2, 40), "length": st.integers(-2, 40)},
    {"type": one_of("user", "all", "tomorrow"), "userId": one_of(*USERS), "isSelf": st.booleans()},
)
MENTION = some({"mentionees": st.lists(MENTIONEE, max_size=3)})
PROVIDER = some({"type": one_of("line", "external", "new")}, {"originalContentUrl": st.text()})
MESSAGES = st.one_of(
    kind("text", {"id": IDS, "text": WORDS | NASTY | st.text(max_size=30)},
         quoteToken=st.just("q"), mention=MENTION, quotedMessageId=IDS,
         emojis=st.lists(some({"index": st.integers(), "length": st.integers()}), max_size=2)),
    kind("image", {"id": IDS}, contentProvider=PROVIDER,
         imageSet=some({"id": IDS, "index": st.integers(), "total": st.integers()})),
    *(kind(name, {"id": IDS}, contentProvider=PROVIDER, duration=st.integers())
      for name in ("video", "audio")),
    kind("file", {"id": IDS}, fileName=st.text(max_size=9), fileSize=st.integers()),
    kind("location", {"id": IDS}, title=st.text(max_size=9), address=st.text(max_size=9),
         latitude=st.floats(), longitude=st.floats()),
    kind("sticker", {"id": IDS}, packageId=IDS, stickerId=IDS, keywords=st.lists(st.text()),
         stickerResourceType=one_of("STATIC", "POPUP", "FROM_NEXT_YEAR")),
    kind("hologram", {"id": IDS}),
)  # fmt: skip
SOURCES = st.one_of(
    kind("user", {"userId": one_of(*USERS)}),
    kind("group", {"groupId": st.just("C" + "0" * 32)}, userId=one_of(*USERS)),
    kind("room", {"roomId": st.just("R" + "0" * 32)}, userId=one_of(*USERS)),
    kind("square", {"squareId": IDS}),
)
MEMBERS = some({"members": st.lists(SOURCES, max_size=3)})
PICKED = some({}, {"date": st.text(max_size=10), "time": st.text(max_size=5),
                   "datetime": one_of("2026-12-01T19:00", "yesterday", ""),
                   "newRichMenuAliasId": IDS, "status": one_of("SUCCESS", "ODD")})  # fmt: skip
DATA = one_of("", "week.Nothing?a=1", "rsvp.Rsvp?a=1", "x" * 400, "..", "\0") | st.text(max_size=20)
PAYLOADS: dict[str, dict[str, Any_]] = {
    "message": {"message": MESSAGES},
    "messageEdited": {"message": MESSAGES},
    "unsend": {"unsend": some({"messageId": IDS})},
    "follow": {"follow": one_of(*EMPTY_OR)},
    "unfollow": {},
    "join": {},
    "leave": {},
    "memberJoined": {"joined": MEMBERS},
    "memberLeft": {"left": MEMBERS},
    "postback": {"postback": some({"data": DATA}, {"params": PICKED})},
    "videoPlayComplete": {"videoPlayComplete": some({"trackingId": IDS})},
    "beacon": {"beacon": kind("enter", hwid=IDS, dm=IDS)},
    "accountLink": {"link": some({"result": one_of("ok", "failed"), "nonce": IDS})},
    "membership": {"membership": kind("renewed", membershipId=st.integers())},
    "module": {"module": kind("attached", botId=IDS)},
    "activated": {"chatControl": some({"expireAt": st.integers()})},
    "deactivated": {},
    "botSuspended": {},
    "botResumed": {},
    "delivery": {"delivery": some({"data": IDS})},
    "things": {"things": some({"deviceId": IDS})},
    "fromNextYear": {"novelty": st.text(max_size=5)},
}


def _event(name: str) -> Any_:
    common = {
        "type": st.just(name),
        "timestamp": st.integers(1_795_000_000_000, 1_796_000_000_000),
        "webhookEventId": st.integers(0, 10**6).map("01HGRAMMAR{:016d}".format),
        "source": SOURCES,
    }
    optional = {
        "mode": one_of("active", "standby", "active", "sleepy"),
        "deliveryContext": one_of({"isRedelivery": True}, {"isRedelivery": False}, {}),
        "replyToken": IDS,
        "announcedNextYear": st.integers(),
    }
    return some(common | PAYLOADS[name], optional)


EVENTS = st.sampled_from(sorted(PAYLOADS)).flatmap(_event)


@st.composite
def spoilt(draw: Any) -> Any:
    """An event with one thing in it left out, halved or of a wrong type, anywhere."""
    event = json.loads(json.dumps(draw(EVENTS)))
    node = event
    while True:
        key = draw(st.sampled_from(sorted(node)))
        if not (isinstance(node[key], dict) and node[key]) or draw(st.booleans()):
            break
        node = node[key]
    if draw(st.booleans()):
        del node[key]
    else:
        node[key] = draw(HALF)
    return event


BAD = st.one_of(HALF, spoilt())
BATCHES = st.lists(EVENTS | EVENTS | BAD, max_size=6)
DEEP = b'{"events":[{"type":"message","message":' + b"[" * 2000 + b"]" * 2000 + b"}]}"
WRITINGS = {
    "plain": lambda text: text.encode("utf-8", "surrogatepass"),
    "escaped": lambda text: json.dumps(json.loads(text)).encode(),
    "with a mark of byte order": lambda text: b"\xef\xbb\xbf" + text.encode(errors="replace"),
    "in UTF-16": lambda text: text.encode("utf-16", "replace"),
    "zipped": lambda text: gzip.compress(text.encode(errors="replace")),
    "cut short": lambda text: text.encode(errors="replace")[: len(text) // 2],
    "with keys twice": lambda text: text.replace('"type"', '"type":0,"type"').encode(
        errors="replace"
    ),
    "with a novel of a number": lambda text: text.replace(
        '"timestamp": 1', '"timestamp": ' + "7" * 5000
    ).encode(errors="replace"),
    "nested without end": lambda _: DEEP,
    "null": lambda _: b"null",
    "a list": lambda _: b"[]",
    "a number": lambda _: b"5",
    "a word": lambda _: b'"x"',
    "nothing": lambda _: b"",
    "noise": lambda text: bytes(byte ^ 0xA5 for byte in text.encode(errors="replace")),
}
WHOLE = {"plain", "escaped", "with a mark of byte order"}  # every event can be read


@st.composite
def bodies(draw: Any) -> tuple[bytes, list[Any], str]:
    """A body, the events in it, and how it was written down."""
    events = draw(BATCHES)
    writing = draw(st.sampled_from(["plain", "escaped"] * 4 + sorted(WRITINGS)))
    outer = draw(st.sampled_from([{}, {"destination": "U0"}, {"destination": 5, "new": [1]}]))
    text = json.dumps(outer | {"events": events}, ensure_ascii=writing != "plain")
    return WRITINGS[writing](text), events, writing
