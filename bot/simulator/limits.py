"""LINE's limits on every message object, and LINE's error body for what breaks them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from bot.simulator.counting import graphemes
from bot.simulator.limits_actions import QUICK_REPLY
from bot.simulator.limits_flex import container
from bot.simulator.limits_mentions import substitutions
from bot.simulator.limits_templates import IMAGEMAP, template
from bot.simulator.rules import (
    Detail,
    Field,
    Json,
    Rule,
    anything,
    fault,
    fields,
    list_of,
    matches,
    may,
    need,
    number,
    object_of,
    one_of,
    text,
    type_of,
    url,
)

MOST_MESSAGES = 5
DIGITS = matches(r"\d{1,20}", "Must be digits")


@dataclass(frozen=True)
class Place:
    """The chat messages go to: who may be mentioned in it and what may be quoted.

    `members` is None outside groups; a dry run (LINE's validate calls) has no place at all.
    """

    members: Collection[str] | None
    quotable: Callable[[str], bool]


def _sender_name(value: Json, path: str) -> Iterator[Detail]:
    yield from text(20, graphemes)(value, path)
    if isinstance(value, str) and "line" in value.casefold():
        yield fault(path, "Contains a word that can't be used")


EMOJI = object_of(
    {
        "index": need(number(0, 5000, whole=True)),
        "productId": need(text(100)),
        "emojiId": need(text(100)),
    }
)


def _emojis(value: Json, path: str) -> Iterator[Detail]:
    spec = {"text": need(text(5000)), "emojis": may(list_of(EMOJI, 0, 20))}
    yield from fields(value, path, spec)
    words, emojis = value.get("text"), value.get("emojis")
    if isinstance(words, str) and isinstance(emojis, list):
        units = words.encode("utf-16-le", "surrogatepass")
        for index, emoji in enumerate(emojis):
            at = emoji.get("index") if isinstance(emoji, dict) else None
            if isinstance(at, int) and units[2 * at : 2 * at + 2] != b"$\x00":
                yield fault(f"{path}.emojis[{index}].index", "Must point to a $ in the text")


SHARED: dict[str, Field] = {
    "quickReply": may(QUICK_REPLY),
    "sender": may(object_of({"name": may(_sender_name), "iconUrl": may(url())})),
}
PICTURES = {"originalContentUrl": need(url()), "previewImageUrl": need(url())}
TABLES: dict[str, dict[str, Field]] = {
    "text": {"quoteToken": may(text(1000))},
    "textV2": {"text": need(text(5000)), "quoteToken": may(text(1000))},
    "sticker": {
        "packageId": need(DIGITS),
        "stickerId": need(DIGITS),
        "quoteToken": may(text(1000)),
    },
    "image": PICTURES,
    "video": PICTURES
    | {"trackingId": may(matches(r"[A-Za-z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}"))},
    "audio": {
        "originalContentUrl": need(url()),
        "duration": need(number(1, 24 * 3600 * 1000)),
    },
    "location": {
        "title": need(text(100)),
        "address": need(text(100)),
        "latitude": need(number(-90, 90)),
        "longitude": need(number(-180, 180)),
    },
    "imagemap": IMAGEMAP,
    "template": {"altText": need(text(1500)), "template": need(template)},
    "flex": {"altText": need(text(1500)), "contents": need(container)},
    "coupon": {"couponId": need(text(1000)), "deliveryTag": may(anything)},
}
MORE: dict[str, Rule] = {"text": _emojis, "textV2": substitutions}


def findings(messages: Json, place: Place | None = None) -> list[Detail]:
    """Name every limit of LINE that a request's `messages` break."""
    if not isinstance(messages, list):
        return [fault("messages", "May not be empty")]
    if not 1 <= len(messages) <= MOST_MESSAGES:
        return [fault("messages", f"Size must be between 1 and {MOST_MESSAGES}")]
    return [
        found
        for index, message in enumerate(messages)
        for found in _message(message, f"messages[{index}]", place)
    ]


def error_body(details: list[Detail]) -> dict[str, Any]:
    """Write faults as the body of LINE's answer 400."""
    message = f"The request body has {len(details)} error(s)"
    return {"message": message, "details": details}


def _message(value: Json, path: str, place: Place | None) -> Iterator[Detail]:
    kind = type_of(value)
    if kind not in TABLES:
        yield from one_of(*TABLES)(kind, f"{path}.type")
        return
    yield from fields(value, path, SHARED | TABLES[kind])
    if kind in MORE:
        yield from MORE[kind](value, path)
    if place is not None:
        yield from _in_place(value, path, place)


def _in_place(value: dict[str, Any], path: str, place: Place) -> Iterator[Detail]:
    token = value.get("quoteToken")
    if isinstance(token, str) and not place.quotable(token):
        yield fault(f"{path}.quoteToken", "Invalid quote token")
    if value.get("trackingId") is not None and place.members is not None:
        yield fault(f"{path}.trackingId", "Can't be used in a group chat or multi-person chat")
    given = value.get("substitution")
    for key, entry in given.items() if isinstance(given, dict) else ():
        who = entry.get("mentionee") if isinstance(entry, dict) else None
        if isinstance(who, dict) and not _may_mention(who, place.members):
            yield fault(f"{path}.substitution.{key}.mentionee", "Can't be mentioned in this chat")


def _may_mention(who: dict[str, Any], members: Collection[str] | None) -> bool:
    if members is None:
        return False
    return who.get("type") == "all" or who.get("userId") in members
