"""Opening a turn: who, where and in which language, from an event or for the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.errands import Fetched
from bot.events import Envelope
from bot.texts import CORRIDOR, FeatureTexts
from bot.turn import Chat, Place, Turn
from models import class_group, heartbeat, person, school
from models.inbox import InboxEvent
from models.person import Person

Profile = dict[str, str] | None
SPEAKING = {"message", "postback"}  # whoever does this has not blocked us, whatever LINE forgot


@dataclass(frozen=True)
class Turns:
    """Opens turns; what is the same for all of them stands here once."""

    zone: ZoneInfo
    library: Mapping[str, FeatureTexts]
    public_url: str = ""

    def of_event(self, db: Session, event: InboxEvent, fetched: Fetched, now: datetime) -> Turn:
        """Open the turn of something that happened on LINE."""
        envelope = Envelope(event.body or {})
        chat = envelope.chat or Chat(Place.DIRECT, "")
        member = _member(db, chat, envelope.line_id, now, fetched.profile)
        if member and chat.is_direct and envelope.kind in SPEAKING:
            person.set_reachable(db, member, True, event.happened_at)
        return self._open(
            db,
            now,
            chat,
            member=member,
            language=_language(db, chat, member),
            line_id=envelope.line_id,
            text=envelope.text_without_mentions(),
            event=envelope.raw,
            happened_at=event.happened_at,
            message_id=envelope.message_id,
            photo=fetched.photo,
        )

    def of_person(self, db: Session, one: Person, now: datetime) -> Turn:
        """Open a turn in which the clock speaks to a person."""
        chat = Chat(Place.DIRECT, one.line_id)
        return self._open(db, now, chat, member=one, line_id=one.line_id, language=one.language)

    def of_group(self, db: Session, group_id: str, now: datetime) -> Turn:
        """Open a turn in which the clock speaks to a group."""
        chat = Chat(Place.GROUP, group_id)
        return self._open(db, now, chat, language=_language(db, chat, None))

    def _open(self, db: Session, now: datetime, chat: Chat, **who: Any) -> Turn:
        channel = heartbeat.channel(db)
        return Turn(
            db=db,
            now=now,
            zone=self.zone,
            chat=chat,
            texts=self.library[CORRIDOR],
            library=self.library,
            bot_id=channel.basic_id if channel else "",
            public_url=self.public_url,
            **who,
        )


def _member(
    db: Session, chat: Chat, line_id: str | None, now: datetime, profile: Profile
) -> Person | None:
    """Return the person: everyone in 1:1, only those known already in a group."""
    if line_id is None:
        return None
    if chat.is_direct:
        return person.meet(db, line_id, now, profile)
    return person.by_line_id(db, line_id)


def _language(db: Session, chat: Chat, member: Person | None) -> str:
    """Return the person's language in 1:1, the class's in its group."""
    bound = None if chat.is_direct else class_group.group(db, chat.id)
    if bound and bound.class_id:
        return school.class_by_id(db, bound.class_id).language
    return member.language if member else "ja"
