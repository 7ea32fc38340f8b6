"""Errands to LINE before an event is handled: a newcomer's profile, a photo a question waits for.

They are run while no lock is held; what a handler then needs is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.events import Envelope
from bot.line import Line
from bot.photos import LARGEST, Photo, PhotoFault, prepare
from bot.router import Router
from models import dialog, person
from models.inbox import Door, InboxEvent

NEEDS_NO_PROFILE = {"unfollow", "leave", "memberLeft", "unsend"}
OVERDUE = {408, 425, 429, 500, 502, 503, 504}  # to be asked for again
Profiles = Callable[[str], dict[str, str] | None]
Photos = Callable[[str], Photo | PhotoFault]


@dataclass(frozen=True)
class Errand:
    """Whose profile and which message's photo are to be fetched."""

    newcomer: str | None = None
    photo: str | None = None

    def __bool__(self) -> bool:
        """Whether there is anything to fetch."""
        return self.newcomer is not None or self.photo is not None


@dataclass(frozen=True)
class Fetched:
    """What an errand brought."""

    profile: dict[str, str] | None = None
    photo: Photo | PhotoFault | None = None


@dataclass(frozen=True)
class Errands:
    """Finds out what is to be fetched for an event, and fetches it."""

    router: Router
    profiles: Profiles
    photos: Photos

    def of(self, db: Session, event: InboxEvent, now: datetime) -> Errand:
        """Return what an event needs; nothing when it cannot be read (handling it says so)."""
        try:
            envelope = Envelope(event.body or {})
            chat = envelope.chat if event.door == Door.LINE else None
            if chat is None or not chat.is_direct:
                return Errand()
            return Errand(_newcomer(db, envelope, chat.id), self._awaited(db, envelope, now))
        except ValueError:
            return Errand()  # sealed with another key: handling it fails, and sets it aside

    def run(self, errand: Errand) -> Fetched:
        """Fetch it."""
        profile = self.profiles(errand.newcomer) if errand.newcomer else None
        return Fetched(profile, self.photos(errand.photo) if errand.photo else None)

    def _awaited(self, db: Session, envelope: Envelope, now: datetime) -> str | None:
        """Return the message of a photo for which the open question waits."""
        if envelope.kind != "message" or envelope.message.get("type") != "image":
            return None
        chat, who = envelope.chat, envelope.line_id
        asked = dialog.open_question(db, chat.id, who, now) if chat and who else None
        found = self.router.by_answer(asked.question) if asked else None
        takes = found is not None and "message.image" in getattr(found[1], "brings", ())
        return envelope.message_id if takes else None


def fetch_photo(line: Line, message_id: str) -> Photo | PhotoFault:
    """Fetch a message's photo from LINE's content API (and from nowhere else), made anew."""
    got = line.content(message_id, LARGEST)
    if got.status == 200:
        return prepare(got.body) if got.whole else PhotoFault.TOO_LARGE
    if got.status is None or got.status == 202 or got.status in OVERDUE:
        return PhotoFault.LATER
    return PhotoFault.GONE


def _newcomer(db: Session, envelope: Envelope, chat: str) -> str | None:
    """Return whom to ask LINE about: someone new, or back after blocking us."""
    if envelope.kind in NEEDS_NO_PROFILE:
        return None
    known = person.by_line_id(db, chat)
    return chat if known is None or envelope.kind == "follow" else None
