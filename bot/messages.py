"""Messages as frozen values that know LINE's limits and refuse to be built past them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.limits import LimitError, graphemes, is_address, utf16
from bot.media import Location, Picture

__all__ = [
    "MAX_ALT",
    "MAX_BUTTON_LABEL",
    "MAX_DATA",
    "MAX_MESSAGES",
    "MAX_TEXT",
    "Button",
    "Flex",
    "LimitError",
    "Link",
    "Location",
    "Message",
    "PickTime",
    "Picture",
    "Postback",
    "Say",
    "Text",
    "graphemes",
    "payload",
    "utf16",
    "with_quick",
]
MAX_TEXT = 5000  # UTF-16 code units
MAX_ALT = 1500
MAX_LABEL = 20  # grapheme clusters, in quick replies
MAX_BUTTON_LABEL = 40  # in Flex
MAX_DATA = 300
MAX_QUICK = 13
MAX_BUBBLE = 30_000  # bytes of JSON
MAX_CAROUSEL, MAX_BUBBLES = 50_000, 12
MAX_URI = 1000
MAX_MESSAGES = 5


@dataclass(frozen=True)
class Postback:
    """A tap that comes back as data; `shown` appears as the person's own bubble."""

    label: str
    data: str
    shown: str = ""
    quiet: bool = False  # no bubble of the person's: forty of them would fill a group

    def action(self, longest: int) -> dict[str, Any]:
        """Return LINE's action object."""
        made = {"type": "postback", "label": _label(self.label, longest)}
        made["data"] = _within("data", self.data, MAX_DATA, len(self.data))
        if self.quiet:
            return made
        shown = self.shown or self.label
        return made | {"displayText": _within("displayText", shown, MAX_DATA, graphemes(shown))}


@dataclass(frozen=True)
class Say:
    """A tap that types `text` for the person."""

    label: str
    text: str = ""

    def action(self, longest: int) -> dict[str, Any]:
        """Return LINE's action object."""
        text = self.text or self.label
        _within("text", text, MAX_DATA, graphemes(text))
        return {"type": "message", "label": _label(self.label, longest), "text": text}


@dataclass(frozen=True)
class Link:
    """A tap that opens an address."""

    label: str
    uri: str

    def action(self, longest: int) -> dict[str, Any]:
        """Return LINE's action object."""
        if not self.uri.startswith(("line://", "tel:")) and not is_address(self.uri):
            raise LimitError(f"not an address LINE opens: {self.uri!r}")
        _within("uri", self.uri, MAX_URI, len(self.uri))
        return {"type": "uri", "label": _label(self.label, longest), "uri": self.uri}


@dataclass(frozen=True)
class PickTime:
    """A tap that opens a date and time picker; times are the school's local ones."""

    label: str
    data: str
    initial: str
    earliest: str
    latest: str

    def action(self, longest: int) -> dict[str, Any]:
        """Return LINE's action object."""
        _within("data", self.data, MAX_DATA, len(self.data))
        times = {"initial": self.initial, "min": self.earliest, "max": self.latest}
        made = {"type": "datetimepicker", "mode": "datetime", "data": self.data}
        return made | {"label": _label(self.label, longest)} | times


Button = Postback | Say | Link | PickTime


@dataclass(frozen=True)
class Text:
    """A text bubble, with quick replies if wanted."""

    text: str
    quick: tuple[Button, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise LimitError("a text has to say something")
        _within("text", self.text, MAX_TEXT, utf16(self.text))
        _quick(self.quick)

    def payload(self) -> dict[str, Any]:
        """Return LINE's message object."""
        return {"type": "text", "text": self.text} | _quick(self.quick)


@dataclass(frozen=True)
class Flex:
    """A Flex bubble, or a carousel of bubbles, with the words shown where Flex is not."""

    alt: str
    contents: Mapping[str, Any] = field(hash=False)
    quick: tuple[Button, ...] = ()

    def __post_init__(self) -> None:
        _within("altText", self.alt, MAX_ALT, utf16(self.alt))
        bubbles = self.contents.get("contents", [self.contents])  # a carousel's, or itself
        _within("carousel", self.alt, MAX_BUBBLES, len(bubbles))
        _within("carousel", self.alt, MAX_CAROUSEL, _bytes(self.contents))
        for bubble in bubbles:
            _within("bubble", self.alt, MAX_BUBBLE, _bytes(bubble))
        _quick(self.quick)

    def payload(self) -> dict[str, Any]:
        """Return LINE's message object."""
        made = {"type": "flex", "altText": self.alt, "contents": dict(self.contents)}
        return made | _quick(self.quick)


Message = Text | Flex | Picture | Location


def with_quick(message: Text | Flex, *buttons: Button) -> Text | Flex:
    """Return the message with quick replies."""
    return replace(message, quick=tuple(buttons))


def payload(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Return the JSON of one request's messages."""
    if not 1 <= len(messages) <= MAX_MESSAGES:
        raise LimitError(f"a request carries 1 to {MAX_MESSAGES} messages, not {len(messages)}")
    return [message.payload() for message in messages]


def _label(label: str, longest: int) -> str:
    return _within("label", label, longest, graphemes(label))


def _bytes(contents: Any) -> int:
    return len(json.dumps(contents, ensure_ascii=False).encode())


def _quick(buttons: Sequence[Button]) -> dict[str, Any]:
    if len(buttons) > MAX_QUICK:
        raise LimitError(f"{len(buttons)} quick replies; LINE shows {MAX_QUICK}")
    items = [{"type": "action", "action": button.action(MAX_LABEL)} for button in buttons]
    return {"quickReply": {"items": items}} if items else {}


def _within(what: str, value: str, limit: int, length: int) -> str:
    if not 0 < length <= limit:
        raise LimitError(f"{what} has {length}, LINE takes 1 to {limit}: {value[:40]!r}")
    return value
