"""What people do on their phones, and the webhooks that follow from it."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from bot.simulator.chats import Bubble, Content
from bot.simulator.clock import iso
from bot.simulator.events import Event, Origin, mention, message_of
from bot.simulator.people import RefusedError
from bot.simulator.platform import Simulator

SENDABLE = ("sticker", "image", "video", "audio", "file", "location", "text")
LONGEST_TEXT = 10_000
# One grey pixel: a picture for those who did not bring their own.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True)
class Outcome:
    """What a deed on a phone led to; status None means that no webhook was answered."""

    ok: bool
    status: int | None = None
    message_id: str | None = None
    event_id: str | None = None
    error: str | None = None


class Phones:
    """The people's side of the platform."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim

    def say(self, chat: str, user: str, text: str, *, anonymous: bool = False) -> Outcome:
        """Write a text into a chat; `anonymous` leaves the user out of the event."""
        if not isinstance(text, str) or not text:
            raise RefusedError("There is nothing to say.")
        return self.send(chat, user, {"type": "text", "text": text}, anonymous=anonymous)

    def send(
        self, chat: str, user: str, message: dict[str, Any], *, anonymous: bool = False
    ) -> Outcome:
        """Send a text, sticker, place or picture into a chat."""
        with self.sim.lock:
            origin = self.origin(chat, user, anonymous=anonymous)
            bubble = self._bubble(chat, user, message)
            payload = {"message": message_of(bubble)}
            if bubble.message["type"] == "text" and origin.group:
                members = self.sim.people.groups[chat].members
                text = bubble.message["text"]
                payload["message"] |= mention(text, self.sim.bot, self.sim.people, members)
        return self.tell("message", origin, payload, bubble.id)

    def tap(
        self,
        chat: str,
        user: str,
        data: str,
        *,
        display: str | None = None,
        params: dict[str, str] | None = None,
        anonymous: bool = False,
    ) -> Outcome:
        """Tap a postback button; `display` appears as the person's own bubble."""
        if not isinstance(display, str | None) or not isinstance(params, dict | None):
            raise RefusedError("display is a text, params an object.")
        with self.sim.lock:
            origin = self.origin(chat, user, anonymous=anonymous)
            shown = {"type": "text", "text": display}
            bubble = self._bubble(chat, user, shown) if display else None
        postback: Event = {"data": data} | ({"params": params} if params else {})
        return self.tell("postback", origin, {"postback": postback}, bubble.id if bubble else None)

    def switch(self, user: str, alias: str, data: str) -> Outcome:
        """Tap a tab of a rich menu: another menu shows, and the bot hears of it."""
        with self.sim.lock:
            self.origin(user, user)
            status = self.sim.rich_menus.switch(user, alias)
        return self.tap(user, user, data, params={"newRichMenuAliasId": alias, "status": status})

    def unsend(self, message_id: str) -> Outcome:
        """Take a message back."""
        with self.sim.lock:
            bubble = self._own(message_id)
            origin = self.origin(bubble.chat, bubble.sender)
            bubble.unsent = True
            self.sim.chats.contents.pop(bubble.id, None)
            self.sim.feed.publish("unsend", {"id": bubble.id, "chat": bubble.chat})
        return self.tell("unsend", origin, {"unsend": {"messageId": bubble.id}}, bubble.id)

    def edit(self, message_id: str, text: str) -> Outcome:
        """Change the words of a text in a group; LINE has this nowhere else."""
        with self.sim.lock:
            bubble = self._own(message_id)
            origin = self.origin(bubble.chat, bubble.sender)
            if bubble.message["type"] != "text" or not origin.group or not text:
                raise RefusedError("Only a text in a group can be edited.")
            bubble.message = {"type": "text", "text": text}
            bubble.edited = True
            self.sim.feed.publish("message", bubble.as_json())
            message = message_of(bubble)
            message.pop("markAsReadToken", None)
        return self.tell("messageEdited", origin, {"message": message}, bubble.id)

    def tell(
        self, kind: str, origin: Origin, payload: Event, message_id: str | None = None
    ) -> Outcome:
        """Send an event, if the bot can know of this chat, and wait for the answer."""
        group = self.sim.people.groups.get(origin.chat)
        if group is not None and not group.bot_in and kind != "leave":
            return Outcome(True, None, message_id, None, "The bot is not in this group.")
        event, coming = self.sim.emit(kind, origin, payload)
        answer = coming.result()
        return Outcome(answer.ok, answer.status, message_id, event["webhookEventId"], answer.error)

    def origin(self, chat: str, user: str, *, anonymous: bool = False) -> Origin:
        """Check that this person can be in this chat."""
        person = self.sim.people.user(user)
        named = None if anonymous else user
        if chat in self.sim.people.groups:
            if user not in self.sim.people.groups[chat].members:
                raise RefusedError(f"{person.name} is not in this group.")
            return Origin(chat, named, group=True)
        if chat != user:
            raise RefusedError("A 1:1 chat has its person's own ID.")
        if person.blocked:
            raise RefusedError(f"{person.name} has blocked the bot; unblock it first.")
        return Origin(chat, named, group=False)

    def _bubble(self, chat: str, user: str, message: dict[str, Any]) -> Bubble:
        if not isinstance(message, dict) or message.get("type") not in SENDABLE:
            raise RefusedError(f"One can send {', '.join(SENDABLE)}.")
        if len(str(message.get("text", ""))) > LONGEST_TEXT:
            raise RefusedError(f"LINE's own apps stop at {LONGEST_TEXT} characters.")
        now = self.sim.clock.now()
        if chat == user:
            self.sim.people.users[user].wrote_at = now
        content, shown = _content(message)
        bubble = self.sim.chats.add(chat, user, iso(now), shown)
        if content is not None:
            self.sim.chats.contents[bubble.id] = content
        return bubble

    def _own(self, message_id: str) -> Bubble:
        bubble = self.sim.chats.find(message_id)
        if bubble is None or bubble.unsent or bubble.sender not in self.sim.people.users:
            raise RefusedError("No such message of a person.")
        return bubble


def _content(message: dict[str, Any]) -> tuple[Content | None, dict[str, Any]]:
    """Split what a person sends into its bytes (`data`, base64) and what chats show of it."""
    shown = {name: value for name, value in message.items() if name not in ("data", "contentType")}
    if message["type"] == "sticker":
        return None, {"packageId": "446", "stickerId": "1988", "stickerResourceType": "STATIC"} | (
            shown
        )
    if message["type"] in ("text", "location"):
        return None, shown
    try:
        data = base64.b64decode(message["data"], validate=True) if "data" in message else PIXEL
    except (binascii.Error, TypeError, ValueError) as error:
        raise RefusedError("data is the file in base64.") from error
    shown.setdefault("contentProvider", {"type": "line"})
    return Content(data, str(message.get("contentType", "image/png"))), shown
