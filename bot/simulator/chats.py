"""The chats: every bubble on every phone, in the order it appeared."""

from dataclasses import dataclass, field
from typing import Any

from bot.simulator.feed import Feed
from bot.simulator.identifiers import Identifiers

BOT = "bot"
QUOTABLE = ("text", "textV2", "sticker", "image", "video", "template", "flex")


@dataclass
class Bubble:
    """One message in a chat; `sender` is a user ID or "bot"."""

    seq: int
    id: str
    chat: str
    sender: str
    at: str
    message: dict[str, Any]
    quote_token: str | None = None
    read_token: str | None = None
    read: bool = False
    unsent: bool = False
    edited: bool = False

    def as_json(self) -> dict[str, Any]:
        """Write the bubble as the page reads it; what was unsent is gone."""
        return {
            "seq": self.seq,
            "id": self.id,
            "chat": self.chat,
            "from": self.sender,
            "at": self.at,
            "message": {"type": "text", "text": ""} if self.unsent else self.message,
            "read": self.read,
            "unsent": self.unsent,
            "edited": self.edited,
        }


@dataclass
class Content:
    """The bytes of a picture, film or file that a person sent."""

    data: bytes
    media_type: str


@dataclass
class Chats:
    """All bubbles, and what can be looked up about them."""

    feed: Feed
    identifiers: Identifiers
    bubbles: list[Bubble] = field(default_factory=list)
    contents: dict[str, Content] = field(default_factory=dict)
    _by_id: dict[str, Bubble] = field(default_factory=dict)
    _quoted: dict[str, str] = field(default_factory=dict)

    def add(self, chat: str, sender: str, at: str, message: dict[str, Any]) -> Bubble:
        """Append a bubble and tell the watchers."""
        bubble = Bubble(self.feed.upcoming, self.identifiers.message(), chat, sender, at, message)
        if message.get("type") in QUOTABLE:
            bubble.quote_token = self.identifiers.token()
            self._quoted[bubble.quote_token] = chat
        if sender != BOT:
            bubble.read_token = self.identifiers.token()
        self.bubbles.append(bubble)
        self._by_id[bubble.id] = bubble
        self.feed.publish("message", bubble.as_json())
        return bubble

    def find(self, message_id: object) -> Bubble | None:
        """Find a bubble by its message ID."""
        return self._by_id.get(message_id) if isinstance(message_id, str) else None

    def quotable(self, token: str, chat: str) -> bool:
        """Say whether a quote token belongs to this chat."""
        return self._quoted.get(token) == chat

    def shown(self, chat: str | None, after: int = 0) -> list[dict[str, Any]]:
        """List a chat's bubbles (or everyone's) after a number, newest last."""
        return [
            bubble.as_json()
            for bubble in self.bubbles
            if bubble.seq > after and chat in (None, bubble.chat)
        ]

    def mark_read(self, token: object) -> bool:
        """Mark the message of a read token and all its chat's earlier ones; say if it exists."""
        last = next((b for b in self.bubbles if b.read_token and b.read_token == token), None)
        if last is None:
            return False
        for bubble in self.bubbles[: self.bubbles.index(last) + 1]:
            if bubble.chat == last.chat and bubble.sender != BOT and not bubble.read:
                bubble.read = True
                self.feed.publish("message", bubble.as_json())
        return True
