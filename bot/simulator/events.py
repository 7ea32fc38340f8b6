"""Webhook events, built in LINE's shapes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.simulator.chats import Bubble
from bot.simulator.clock import milliseconds
from bot.simulator.counting import utf16
from bot.simulator.identifiers import Identifiers
from bot.simulator.people import Bot, People

SILENT = ("unsend", "unfollow", "leave", "memberLeft")  # events without a reply token
MOST_MENTIONS = 20
Event = dict[str, Any]


@dataclass(frozen=True)
class Origin:
    """Where an event comes from: a chat, and the user LINE names with it (or does not)."""

    chat: str
    user: str | None
    group: bool

    def source(self) -> dict[str, str]:
        """Write the event's `source`."""
        place = {"type": "group", "groupId": self.chat} if self.group else {"type": "user"}
        return place | ({"userId": self.user} if self.user else {})


def event(
    kind: str, origin: Origin, identifiers: Identifiers, now: datetime, payload: Event
) -> Event:
    """Build an event; those that may be answered carry a fresh reply token."""
    timestamp = milliseconds(now)
    token = {} if kind in SILENT else {"replyToken": identifiers.token()}
    return {
        "type": kind,
        **payload,
        "webhookEventId": identifiers.event(timestamp),
        "deliveryContext": {"isRedelivery": False},
        "timestamp": timestamp,
        "source": origin.source(),
        **token,
        "mode": "active",
    }


def message_of(bubble: Bubble) -> Event:
    """Write a person's bubble as the `message` of a message event."""
    shown = {k: v for k, v in bubble.message.items() if k not in ("contentUrl", "contentType")}
    tokens = {"quoteToken": bubble.quote_token, "markAsReadToken": bubble.read_token}
    return shown | {"id": bubble.id} | {k: v for k, v in tokens.items() if v}


def mention(text: str, bot: Bot, people: People, members: list[str]) -> Event:
    """Find @names of the bot and of members; return `{"mention": …}` or nothing."""
    names = [(bot.name, bot.user_id)]
    names += [(people.users[member].name, member) for member in members]
    found = [
        _mentionee(text, at, name, user_id, bot)
        for name, user_id in sorted(names, key=lambda pair: -len(pair[0]))
        for at in _places(text, f"@{name}")
    ]
    apart: dict[int, Event] = {}
    for one in found:
        apart.setdefault(one["index"], one)  # the longer name wins where one begins another
    mentionees = [apart[index] for index in sorted(apart)][:MOST_MENTIONS]
    return {"mention": {"mentionees": mentionees}} if mentionees else {}


def _places(text: str, name: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(name, at)]


def _mentionee(text: str, at: int, name: str, user_id: str, bot: Bot) -> Event:
    return {
        "index": utf16(text[:at]),
        "length": utf16(name) + 1,
        "type": "user",
        "userId": user_id,
        "isSelf": user_id == bot.user_id,
    }
