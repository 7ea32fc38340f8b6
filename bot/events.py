"""Reading LINE's events tolerantly: nothing in them is taken for granted but being JSON."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.turn import Chat, Place
from models.rules.reading import readable

_PLACES = {
    "user": ("userId", Place.DIRECT),
    "group": ("groupId", Place.GROUP),
    "room": ("roomId", Place.ROOM),
}
CLOCK_ERROR = timedelta(hours=1)  # an event further in the future would win for years
_LATEST = datetime(9999, 1, 1, tzinfo=UTC).timestamp() * 1000


@dataclass(frozen=True)
class Envelope:
    """What every event tells, as far as it does."""

    raw: dict[str, Any]

    @property
    def kind(self) -> str:
        """The event's type; empty when there is none."""
        return _text(self.raw.get("type"))

    @property
    def key(self) -> str:
        """What makes the event come once: LINE's id, else a hash of what it says."""
        body = {k: v for k, v in self.raw.items() if k != "deliveryContext"}
        said = json.dumps(body, sort_keys=True).encode()
        return _id(self.raw.get("webhookEventId")) or "sha256:" + _digest(said)

    @property
    def chat(self) -> Chat | None:
        """Where it happened; None for events without a usable source."""
        source = _object(self.raw.get("source"))
        field, place = _PLACES.get(_text(source.get("type")), ("", Place.DIRECT))
        found = _id(source.get(field))
        return Chat(place, found) if found else None

    @property
    def line_id(self) -> str | None:
        """Who it was; LINE does not promise this in groups."""
        return _id(_object(self.raw.get("source")).get("userId")) or None

    @property
    def message(self) -> dict[str, Any]:
        """The message object, or an empty one."""
        return _object(self.raw.get("message"))

    @property
    def message_id(self) -> str | None:
        """The id of the message, also of one taken back."""
        held = self.message or _object(self.raw.get("unsend"))
        return _id(held.get("id") or held.get("messageId")) or None

    @property
    def text(self) -> str:
        """What was typed; empty for anything but text."""
        return _text(self.message.get("text")) if self.message.get("type") == "text" else ""

    @property
    def reply_token(self) -> str | None:
        """The token for a free answer."""
        return _text(self.raw.get("replyToken")) or None

    @property
    def data(self) -> str:
        """The data of a tap."""
        return readable(_text(_object(self.raw.get("postback")).get("data")))

    @property
    def params(self) -> dict[str, Any]:
        """What a date and time picker chose."""
        return _object(_object(self.raw.get("postback")).get("params"))

    @property
    def is_standby(self) -> bool:
        """Whether another module has the floor: then the bot must not send."""
        return self.raw.get("mode") == "standby"

    @property
    def mentions_us(self) -> bool:
        """Whether the bot itself is mentioned."""
        mentionees = _object(self.message.get("mention")).get("mentionees")
        found = mentionees if isinstance(mentionees, list) else []
        return any(isinstance(m, dict) and m.get("isSelf") is True for m in found)

    def happened_at(self, default: datetime) -> datetime:
        """When it happened, or `default` when that cannot be read."""
        stamp = self.raw.get("timestamp")
        if isinstance(stamp, bool) or not isinstance(stamp, int | float):
            return default
        happened = datetime.fromtimestamp(stamp / 1000, UTC) if 0 < stamp < _LATEST else default
        return happened if happened < default + CLOCK_ERROR else default

    def text_without_mentions(self) -> str:
        """Return the text with the mentions cut out (their places count UTF-16 units)."""
        units = self.text.encode("utf-16-le", "surrogatepass")
        for start, length in sorted(self._mention_spans(), reverse=True):
            units = units[: start * 2] + units[(start + length) * 2 :]
        return readable(units.decode("utf-16-le", "replace")).strip()

    def _mention_spans(self) -> list[tuple[int, int]]:
        mentionees = _object(self.message.get("mention")).get("mentionees")
        found = (
            [m for m in mentionees if isinstance(m, dict)] if isinstance(mentionees, list) else []
        )
        spans = [(m.get("index"), m.get("length")) for m in found]
        return [(a, n) for a, n in spans if isinstance(a, int) and isinstance(n, int) and a >= 0]


def raw_key(body: bytes) -> str:
    """Return the key under which a body that is no event is set aside."""
    return "raw:" + _digest(body)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _id(value: Any) -> str:
    """Return an id as LINE makes them; anything else (NUL, emoji, a novel) counts as none."""
    text = _text(value)
    return text if re.fullmatch(r"[!-~]{1,100}", text) else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
