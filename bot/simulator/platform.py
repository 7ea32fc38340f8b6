"""The platform: all that this small LINE knows, in memory, behind one lock."""

import threading
from collections.abc import Iterable
from concurrent.futures import Future
from typing import Any

from bot.simulator.bill import Bill
from bot.simulator.chats import BOT, Chats
from bot.simulator.clock import Clock, OwnClock, iso
from bot.simulator.events import Event, Origin, event
from bot.simulator.faults import Faults
from bot.simulator.feed import Feed
from bot.simulator.identifiers import Identifiers
from bot.simulator.ledger import Ledger
from bot.simulator.limits import Place
from bot.simulator.people import Bot, Group, People, RefusedError, User
from bot.simulator.quota import Quota
from bot.simulator.reply_tokens import ReplyTokens
from bot.simulator.retry_keys import RetryKeys
from bot.simulator.richmenus import RichMenus
from bot.simulator.webhooks import Delivery, Webhooks, body_of

STANDARD_PLAN = 30_000


class Simulator:
    """A small LINE for one official account."""

    def __init__(
        self,
        *,
        channel_secret: str,
        access_token: str,
        webhook_url: str | None = None,
        clock: Clock | None = None,
        seed: int | None = None,
        bot: Bot | None = None,
        quota: int | None = STANDARD_PLAN,
        verified: bool = False,
    ) -> None:
        self.access_token = access_token
        self.clock: Clock = clock or OwnClock()
        self.bot = bot or Bot()
        self.verified, self.lock = verified, threading.RLock()
        self.identifiers = Identifiers(seed)
        self.feed = Feed(self.lock)
        self.chats = Chats(self.feed, self.identifiers)
        self.reply_tokens, self.retry_keys = ReplyTokens(), RetryKeys()
        self.quota, self.rich_menus = Quota(quota), RichMenus(self.feed, self.identifiers)
        self.people, self.faults = People(), Faults()
        self.ledger, self.bill = Ledger(), Bill()
        self.webhooks = Webhooks(channel_secret, webhook_url)
        self._sent: dict[str, tuple[str, Event]] = {}

    def add_user(
        self,
        id: str,
        name: str,
        language: str | None = "ja",
        *,
        friend: bool = True,
        avatar: dict[str, str] | None = None,
        role: str | None = None,
        class_name: str | None = None,
    ) -> User:
        """Enter a person; `avatar` may give `text` (an initial or emoji) and `colour`."""
        user = User(id, name, language, friend, avatar or {}, role, class_name)
        with self.lock:
            self.people.add_user(user)
            self.feed.publish("chats", {})
            return user

    def add_group(
        self,
        id: str,
        name: str,
        members: Iterable[str],
        *,
        bot_in: bool = False,
    ) -> Group:
        """Enter a group of known people, with the official account in it or not."""
        with self.lock:
            group = self.people.add_group(Group(id, name, list(members), bot_in))
            self.feed.publish("chats", {})
            return group

    def place(self, chat: str) -> Place:
        """Describe a chat to the limits: who may be mentioned there, what quoted."""
        group = self.people.groups.get(chat)
        members = frozenset(group.members) if group else None
        return Place(members, lambda token: self.chats.quotable(token, chat))

    def show(self, chat: str, messages: list[dict[str, Any]]) -> list[dict[str, str]]:
        """Put the bot's messages on the phones of a chat and return LINE's `sentMessages`."""
        at = iso(self.clock.now())
        bubbles = [self.chats.add(chat, BOT, at, message) for message in messages]
        return [
            {"id": bubble.id} | ({"quoteToken": bubble.quote_token} if bubble.quote_token else {})
            for bubble in bubbles
        ]

    def swallow(self, messages: list[dict[str, Any]]) -> list[dict[str, str]]:
        """Answer as if messages had been sent that reach nobody."""
        return [{"id": self.identifiers.message()} for _ in messages]

    def emit(self, kind: str, origin: Origin, payload: Event) -> tuple[Event, Future[Delivery]]:
        """Build an event and send it to the bot; return it and the coming answer."""
        with self.lock:
            now = self.clock.now()
            made = event(kind, origin, self.identifiers, now, payload)
            if "replyToken" in made:
                self.reply_tokens.issue(made["replyToken"], origin.chat, now)
            self._sent[made["webhookEventId"]] = (origin.chat, made)
            body = body_of(self.bot.user_id, [made])
            return made, self.webhooks.post(origin.chat, body)

    def remember(self, given: Any) -> None:
        """Know a hand-made event: its reply token is good, and it can be redelivered."""
        if not isinstance(given, dict):
            return
        source = given.get("source")
        chat = source.get("groupId") or source.get("userId") if isinstance(source, dict) else None
        with self.lock:
            if isinstance(given.get("replyToken"), str) and isinstance(chat, str):
                self.reply_tokens.issue(given["replyToken"], chat, self.clock.now())
            if isinstance(given.get("webhookEventId"), str):
                self._sent[given["webhookEventId"]] = (str(chat or ""), given)

    def redeliver(self, event_id: object) -> Future[Delivery]:
        """Send an event once more: the same, but for `isRedelivery`."""
        with self.lock:
            if not isinstance(event_id, str) or event_id not in self._sent:
                raise RefusedError(f"No such event: {event_id!r}.")
            chat, made = self._sent[event_id]
            self.reply_tokens.renew(made.get("replyToken", ""), self.clock.now())
            again = made | {"deliveryContext": {"isRedelivery": True}}
            return self.webhooks.post(chat, body_of(self.bot.user_id, [again]))

    def close(self) -> None:
        """Let the watchers go and stop sending webhooks."""
        self.feed.close()
        self.webhooks.close()
