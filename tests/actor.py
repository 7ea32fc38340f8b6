"""A person with a phone: what a conversation test speaks with."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from models.person import Person, by_line_id

if TYPE_CHECKING:
    from tests.world import World


class Actor:
    """A person with a phone: what they do, and what the bot showed them since."""

    def __init__(self, world: World, line_id: str, chat: str | None = None) -> None:
        self.world, self.id, self.chat = world, line_id, chat or line_id

    def in_group(self, class_code: str) -> Actor:
        """Return the same person with the class's group open."""
        return Actor(self.world, self.id, self.world.group(class_code))

    def says(self, text: str, **how: Any) -> list[str]:
        """Say something and return what the bot answers in this chat."""
        return self._does(lambda: self.world.phones.say(self.chat, self.id, text, **how))

    def shows(self, photo: bytes, media_type: str = "image/jpeg") -> list[str]:
        """Send a photo."""
        data = base64.b64encode(photo).decode()
        return self.sends({"type": "image", "data": data, "contentType": media_type})

    def taps(self, label: str) -> list[str]:
        """Tap the newest button with this label and return what the bot answers in this chat."""
        return self.acts(self.button(label))

    def acts(self, action: dict[str, Any], params: dict[str, Any] | None = None) -> list[str]:
        """Do what a button's action says."""
        if action["type"] == "message":
            return self.says(action["text"])
        return self.sends_data(action["data"], params)

    def sends_data(self, data: str, params: dict[str, Any] | None = None) -> list[str]:
        """Send postback data, a button's or hand-made."""
        return self._does(lambda: self.world.phones.tap(self.chat, self.id, data, params=params))

    def sends(self, message: dict[str, Any]) -> list[str]:
        """Send a sticker, place or picture and return what the bot answers in this chat."""
        return self._does(lambda: self.world.phones.send(self.chat, self.id, message))

    def follows(self) -> list[str]:
        """Add the bot as a friend; nobody does so in the very instant they blocked it."""
        self.world.clock.at += timedelta(milliseconds=1)
        return self._does(lambda: self.world.rooms.follow(self.id))

    def blocks(self) -> None:
        """Block the bot."""
        self._does(lambda: self.world.rooms.block(self.id))

    def button(self, label: str) -> dict[str, Any]:
        """Return the action of the newest button or quick reply with this label."""
        for bubble in reversed(self.shown()):
            for action in actions(bubble["message"]):
                if action.get("label") == label:
                    return action
        labels = [a.get("label") for b in self.shown()[-3:] for a in actions(b["message"])]
        raise AssertionError(f"no button {label!r}; there are {labels}")

    def labels(self) -> list[str]:
        """Return the labels of all buttons of the newest bot message."""
        return [str(a.get("label")) for a in actions(self.shown()[-1]["message"])]

    def hears(self) -> list[str]:
        """Return everything the bot has said in this chat."""
        return [words(b["message"]) for b in self.shown()]

    def shown(self) -> list[dict[str, Any]]:
        """Return the bot's bubbles in this chat."""
        bubbles = self.world.sim.chats.shown(self.chat, 0)
        found = [b if isinstance(b, dict) else b.as_json() for b in bubbles]
        return [b for b in found if b["from"] == "bot"]

    def record(self) -> Person:
        """Return the person as the database knows them."""
        with self.world.database.read() as db:
            found = by_line_id(db, self.id)
        assert found is not None, "not known"
        return found

    def _does(self, deed: Any) -> list[str]:
        before = len(self.shown())
        outcome = deed()
        assert outcome.ok, outcome
        self.world.settle()
        return [words(b["message"]) for b in self.shown()[before:]]


def words(message: dict[str, Any]) -> str:
    """Return what a message says: its text, or a card in words."""
    return str(message.get("text") or message.get("altText") or message["type"])


def actions(node: Any) -> list[dict[str, Any]]:
    """Return every action within a message."""
    if isinstance(node, list):
        return [found for part in node for found in actions(part)]
    if not isinstance(node, dict):
        return []
    own = [node["action"]] if isinstance(node.get("action"), dict) else []
    return own + [f for key, part in node.items() if key != "action" for f in actions(part)]
