"""The floodgate: what a person sends faster than anyone reads is recorded, but not answered."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from bot.events import Envelope
from bot.router import Router
from models import allowance, policy
from models.inbox import InboxEvent
from models.rules import redflags

SPOKEN = {"message", "messageEdited", "postback"}  # what people do as often as they like


@dataclass(frozen=True)
class Floodgate:
    """Shuts before a person who sends too much, and never before a call for help."""

    router: Router

    def is_shut(self, db: Session, envelope: Envelope, event: InboxEvent) -> bool:
        """Say whether this event is to be left unanswered."""
        if envelope.kind not in SPOKEN or not allowance.is_spent(
            db, _key(envelope), event.recorded_at
        ):
            return False
        return not self._is_urgent(envelope, event)

    def note(self, db: Session, envelope: Envelope, event: InboxEvent, answered: bool) -> None:
        """Count what was heard; talk in a group that is not to us costs nothing."""
        chat = envelope.chat
        to_us = answered or envelope.kind == "postback" or (chat is not None and chat.is_direct)
        if envelope.kind in SPOKEN and to_us:
            allowance.take(db, _key(envelope), event.recorded_at)

    def is_to_be_told(self, db: Session, envelope: Envelope, event: InboxEvent) -> bool:
        """Say whether the person is to hear of it: once in a while, and never in a group."""
        direct = envelope.chat is not None and envelope.chat.is_direct
        return direct and allowance.tell_once(db, _key(envelope), event.recorded_at)

    def _is_urgent(self, envelope: Envelope, event: InboxEvent) -> bool:
        text = envelope.text_without_mentions()
        if redflags.find(text):
            return True
        found = self.router.find_button(envelope.data) if envelope.data else None
        tapped = [found[0]] if found else []
        day = event.recorded_at.date()  # an exact word means the same on any day
        said = self.router.by_text(text, day) if self.router.is_word(text) else []
        return any(policy.is_urgent(route.command) for route in (*tapped, *said))


def _key(envelope: Envelope) -> str:
    return allowance.key_of(envelope.chat.id if envelope.chat else "", envelope.line_id or "")
