"""LINE's limits on messages and actions: each just met, just passed, the property named."""

import json

import pytest
from simulator_objects import (
    FAMILY,
    HTTPS,
    MEMBER,
    STRANGER,
    box,
    buttons,
    card,
    columns,
    emojis,
    flex,
    mention,
    picker,
    picture,
    place_of,
    postback,
    quick,
    say,
    says,
    template,
    uri,
    v2,
    words,
)

from bot.simulator.counting import graphemes, utf16
from bot.simulator.limits import Place, error_body, findings

ITEMS = ".quickReply.items"
ACTION = f"{ITEMS}[0].action"
CAMERA = {"type": "camera", "label": "写真"}
SWITCH = {"type": "richmenuswitch", "label": "x", "richMenuAliasId": "a", "data": "d"}


def keyed(length):
    return v2("x", **{"k" * length: mention()})


def many(entry, count):
    return v2("x", **{f"k{index}": entry for index in range(count)})


def clipboard(length):
    return quick({"type": "clipboard", "label": "c", "clipboardText": "c" * length})


def long_url(length):
    return HTTPS + "a" * (length - len(HTTPS))


EMOJI = {"type": "emoji", "productId": "p", "emojiId": "e"}
PLACE = Place(frozenset([MEMBER]), lambda token: token == "known")

# how it is built, just within, just past, the property LINE would name
TABLE = [
    (lambda n: say("あ" * n), 5000, 5001, ".text"),
    (lambda n: say("🍎" * 2499 + "a" * n), 2, 3, ".text"),
    (say, "a", "", ".text"),
    (emojis, 20, 21, ".emojis"),
    (lambda at: emojis(1, at), 0, 1, ".emojis[0].index"),
    (lambda kind: say("a") | {"type": kind}, "text", "telegram", ".type"),
    (lambda n: v2("a" * n), 5000, 5001, ".text"),
    (v2, "{{a}}", "{a", ".text"),
    (lambda key: v2("{" + key + "}", a=mention()), "a", "b", ".substitution.b"),
    (keyed, 20, 21, f".substitution.{'k' * 21}"),
    (lambda n: many(mention(), n), 20, 21, ".substitution"),
    (lambda n: many(EMOJI, n), 20, 21, ".substitution"),
    (lambda who: v2("{a}", a=mention(who)), MEMBER, STRANGER, ".substitution.a.mentionee"),
    (lambda token: say("a", quoteToken=token), "known", "unknown", ".quoteToken"),
    (lambda n: quick(*[says()] * n), 13, 14, ITEMS),
    (lambda n: quick(says("あ" * n)), 20, 21, f"{ACTION}.label"),
    (lambda n: quick(says(FAMILY * n)), 20, 21, f"{ACTION}.label"),
    (quick, CAMERA, SWITCH, f"{ACTION}.type"),
    (lambda n: quick(says(text="a" * n)), 300, 301, f"{ACTION}.text"),
    (lambda n: postback(data="d" * n), 300, 301, f"{ACTION}.data"),
    (lambda n: postback(displayText="あ" * n), 300, 301, f"{ACTION}.displayText"),
    (lambda n: postback(fillInText="a" * n), 300, 301, f"{ACTION}.fillInText"),
    (lambda more: postback(displayText="a", **more), {}, {"text": "a"}, f"{ACTION}.text"),
    (clipboard, 1000, 1001, f"{ACTION}.clipboardText"),
    (lambda n: uri(long_url(n)), 1000, 1001, f"{ACTION}.uri"),
    (uri, "tel:119", "javascript:alert(1)", f"{ACTION}.uri"),
    (lambda mode: picker(mode=mode), "time", "week", f"{ACTION}.mode"),
    (lambda day: picker(initial=day), "1900-01-01", "1899-12-31", f"{ACTION}.initial"),
    (lambda day: picker(max=day), "2100-12-31", "2101-01-01", f"{ACTION}.max"),
    (lambda day: picker(min=day), "2028-02-29", "2027-02-29", f"{ACTION}.min"),
    (lambda day: picker(min="2026-01-02", max=day), "2026-01-03", "2026-01-01", f"{ACTION}.max"),
    (lambda n: say("a", sender={"name": "あ" * n}), 20, 21, ".sender.name"),
    (lambda name: say("a", sender={"name": name}), "Coach", "LINE事務局", ".sender.name"),
    (picture, HTTPS, "http://example.com/a.png", ".originalContentUrl"),
    (lambda n: picture(long_url(n)), 2000, 2001, ".originalContentUrl"),
    (picture, HTTPS + "%E3%81%82", HTTPS + "あ", ".originalContentUrl"),
    (lambda n: place_of(title="あ" * n), 100, 101, ".title"),
    (lambda n: place_of(address="あ" * n), 100, 101, ".address"),
    (lambda n: place_of(latitude=n), 90, 90.1, ".latitude"),
    (lambda n: {"type": "sticker", "packageId": "446", "stickerId": n}, "1988", "x", ".stickerId"),
    (lambda n: {"type": "audio", "originalContentUrl": HTTPS, "duration": n}, 1, 0, ".duration"),
]


@pytest.mark.parametrize(("build", "within", "past", "named"), TABLE)
def test_a_limit_holds_and_is_named(build, within, past, named):
    assert findings([build(within)], PLACE) == []
    broken = findings([build(past)], PLACE)
    assert f"messages[0]{named}" in [found["property"] for found in broken]


@pytest.mark.parametrize("count", [0, 6])
def test_a_request_holds_one_to_five_messages(count):
    assert findings([say("a")] * 5) == []
    assert findings([say("a")] * count)[0]["property"] == "messages"


def test_nobody_is_mentioned_in_a_one_to_one_chat():
    named = [found["property"] for found in findings([v2("{a}", a=mention())], Place(None, bool))]
    assert named == ["messages[0].substitution.a.mentionee"]


NONSENSE = [
    *(None, 7, "text", {}, [None], [[]], [{"type": []}], [{"type": {}}], [say(None)], [say(7)]),
    *([say("a", quickReply=x)] for x in (7, [], {"items": 3}, {"items": [None]})),
    *([{"type": "template", "altText": "a", "template": x}] for x in (7, [], {"type": []})),
    *([columns(x)] for x in (7, None, {"actions": 7}, {"actions": [7], "text": 7})),
    *([flex(x)] for x in (7, [], {"type": []}, {"type": "carousel", "contents": 7})),
    *([card(x)] for x in (7, [], {"type": []}, box(7), {"type": "text", "contents": 7})),
    *([v2("a") | {"substitution": x}] for x in (7, [7], {"a": 7}, {"a": {"type": []}})),
    *([picker(mode=x)] for x in ([], {})),
    *([picker(initial=7)], [uri("https://[")], [say("\ud800", emojis=[7])], [buttons(text=[])]),
    *([template([])], [card(words(flex="1"))], [say("a", emojis={})], [say("a", sender=7)]),
]


@pytest.mark.parametrize("nonsense", NONSENSE, ids=lambda value: json.dumps(value)[:70])
def test_nonsense_is_refused_and_breaks_nothing(nonsense):
    assert findings(nonsense, Place(frozenset(), bool)) != []


def test_the_error_is_in_lines_shape():
    assert error_body(findings([say("")])) == {
        "message": "The request body has 1 error(s)",
        "details": [{"message": "May not be empty", "property": "messages[0].text"}],
    }


COUNTS = [
    ("abc", 3, 3),
    ("あ🍎", 3, 2),
    (FAMILY, 8, 1),
    ("👍🏽", 4, 1),
    ("🇯🇵🇫🇷", 8, 2),
    ("か\u3099", 2, 1),
    ("❤\ufe0f", 2, 1),
    ("", 0, 0),
    ("a\r\nb", 4, 3),
    ("1\ufe0f\u20e3", 3, 1),
]


@pytest.mark.parametrize(("text", "units", "seen"), COUNTS)
def test_characters_are_counted_as_line_counts(text, units, seen):
    assert (utf16(text), graphemes(text)) == (units, seen)
