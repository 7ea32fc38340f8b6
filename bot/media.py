"""Pictures and places as messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.limits import LimitError, is_address, utf16
from models.rules.reading import readable

DEGREES = ("latitude", "longitude")
MAX_PLACE = 100  # signs of a place's title and of its address


@dataclass(frozen=True)
class Picture:
    """An image at an HTTPS address (or on this machine, for the demo)."""

    url: str
    preview: str = ""

    def __post_init__(self) -> None:
        for url in (self.url, self.preview or self.url):
            if not is_address(url) or len(url) > 2000:
                raise LimitError(f"not an address LINE loads images from: {url!r}")

    def payload(self) -> dict[str, Any]:
        """Return LINE's message object."""
        preview = self.preview or self.url
        return {"type": "image", "originalContentUrl": self.url, "previewImageUrl": preview}


@dataclass(frozen=True)
class Location:
    """A place on the map."""

    title: str
    address: str
    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        for words in (self.title, self.address):
            if not 0 < utf16(words) <= MAX_PLACE:
                raise LimitError(f"a place is named in 1 to {MAX_PLACE} signs: {words[:40]!r}")
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise LimitError(f"not on this earth: {self.latitude}, {self.longitude}")

    def payload(self) -> dict[str, Any]:
        """Return LINE's message object."""
        named = {"type": "location", "title": self.title, "address": self.address}
        return named | {"latitude": self.latitude, "longitude": self.longitude}


def place_in(event: dict[str, Any]) -> Location | None:
    """Return the place that was sent with an event, if it is one."""
    message = event.get("message")
    if not isinstance(message, dict) or message.get("type") != "location":
        return None
    named = (_short(message.get("title")), _short(message.get("address")))
    title, address = named[0] or named[1], named[1] or named[0]
    try:
        return Location(title or "📍", address or "📍", *(_degrees(message, n) for n in DEGREES))
    except (LimitError, TypeError):
        return None


def _degrees(message: dict[str, Any], name: str) -> float:
    value = message.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(name)
    return float(value)


def _short(value: Any) -> str:
    return " ".join(readable(value).split())[: MAX_PLACE // 2] if isinstance(value, str) else ""
