"""Webhooks by hand: events as LINE writes them, signed, and what the inbox made of them."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from sqlmodel import select

from bot.webhook import signature
from models.inbox import Door, InboxEvent
from tests.world import SETTINGS, World

NUMBER = count(1)
DESTINATION = "U8e742f61d673b39c7fff3cecb7536ef0"


class Letters:
    """LINE's side of the webhook, without the simulator's good manners."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.door = world.web.test_client()

    def event(self, kind: str, user: str | None, chat: str = "", **more: Any) -> dict[str, Any]:
        """Return an event that happens now; `chat` makes it a group's."""
        number = next(NUMBER)
        source: dict[str, Any] = {"type": "group", "groupId": chat} if chat else {"type": "user"}
        if user:
            source["userId"] = user
        token = f"reply-{number}"
        self.world.sim.reply_tokens.issue(token, chat or user or "", self.world.clock.now())
        return {
            "type": kind,
            "mode": "active",
            "timestamp": int(self.world.clock.now().timestamp() * 1000),
            "source": source,
            "webhookEventId": f"01HTESTEVENT{number:014d}",
            "deliveryContext": {"isRedelivery": False},
            "replyToken": token,
        } | more

    def text(self, user: str | None, text: str, chat: str = "", **more: Any) -> dict[str, Any]:
        """Return a text message."""
        made = self.event("message", user, chat, **more)
        id_ = more.get("id") or f"m{made['webhookEventId']}"
        return made | {"message": {"type": "text", "id": id_, "text": text, "quoteToken": "q"}}

    def edited(self, event: Any, text: str, later: int, chat: str = "") -> dict[str, Any]:
        """Return the event of a text that was edited some milliseconds later."""
        stamp = {"timestamp": event["timestamp"] + later}
        made = self.event("messageEdited", event["source"]["userId"], chat, **stamp)
        return made | {"message": event["message"] | {"text": text}}

    def post(self, *events: Any) -> int:
        """Post events in one body and return the status."""
        return self.raw({"destination": DESTINATION, "events": list(events)})

    def raw(self, body: Any, **headers: str) -> int:
        """Post any JSON or bytes, signed, and return the status."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sign = {"x-line-signature": signature(SETTINGS.channel_secret, data)}
        return self.door.post("/callback", data=data, headers=sign | headers).status_code

    def rows(self) -> list[InboxEvent]:
        """Return what the inbox holds of LINE's, in order."""
        with self.world.database.read() as db:
            found = select(InboxEvent).where(InboxEvent.door == Door.LINE)
            return list(db.exec(found.order_by(InboxEvent.id)))

    def states(self) -> list[str]:
        """Return the state of each event of LINE's."""
        return [row.state for row in self.rows()]
