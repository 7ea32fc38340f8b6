"""A turn: everything a handler is given, and the values it may return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import answers, buttons
from bot.messages import Message, Postback
from bot.photos import Photo, PhotoFault
from bot.texts import FeatureTexts, say_date
from models import confirm
from models.outbox import Priority
from models.person import Person


class Place(StrEnum):
    """The kinds of chat."""

    DIRECT = "user"
    GROUP = "group"
    ROOM = "room"


@dataclass(frozen=True)
class Chat:
    """Where a turn takes place, by LINE's id."""

    kind: Place
    id: str

    @property
    def is_direct(self) -> bool:
        """Whether this is a 1:1 chat."""
        return self.kind is Place.DIRECT


@dataclass(frozen=True)
class Occurrence:
    """Something the clock made due; it helps until `until`; `zone` has its nights, if not ours."""

    kind: str
    subject: int
    revision: int
    due_at: datetime
    until: datetime
    chat: str = ""
    people: tuple[int, ...] = ()
    label: str = ""
    page: str = ""
    zone: str = ""

    @property
    def said_once(self) -> str:
        """What makes its word come once to each: kind, subject, revision and label."""
        return f"{self.kind}:{self.subject}:{self.revision}:{self.label}"

    @property
    def key(self) -> str:
        """What makes it be recorded once: a page at a time, never with a timestamp of now."""
        return f"{self.said_once}:{self.page}" if self.page else self.said_once


@dataclass(frozen=True)
class Tell:
    """Something to say elsewhere: to a person or a LINE chat, once under `key`.

    `message_id` names the message it repeats when that is an earlier one than the turn's: whoever
    takes that message back takes this word back with it. Whoever muted its `topic` (models/mute.py)
    does not hear it; changes, cancellations, answers and safety have none. Within `night` it rests.
    """

    to: Person | str
    messages: Sequence[Message]
    priority: Priority = Priority.NOTICE
    key: str | None = None
    subject: str | None = None
    until: datetime | None = None
    message_id: str | None = None
    topic: str | None = None
    night: tuple[datetime, datetime] | None = None


@dataclass(frozen=True)
class Ask:
    """A question: its words, and the name under which the answer comes back with the memo."""

    question: str
    messages: Sequence[Message]
    memo: dict[str, Any] = field(default_factory=dict)


Said = Message | Tell | Ask
Answer = Said | Sequence[Said] | None


@dataclass(frozen=True)
class Turn:
    """Who, where, when, in which language, what was said, and the database."""

    db: Session
    now: datetime
    zone: ZoneInfo
    language: str
    chat: Chat
    texts: FeatureTexts
    library: Mapping[str, FeatureTexts] = field(default_factory=dict)
    line_id: str | None = None
    member: Person | None = None
    text: str = ""
    event: dict[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    message_id: str | None = None
    memo: dict[str, Any] = field(default_factory=dict)
    bot_id: str = ""
    public_url: str = ""
    photo: Photo | PhotoFault | None = None

    @property
    def person(self) -> Person:
        """The person speaking; only routes that need one may ask for it."""
        if self.member is None:
            raise LookupError("this turn has no person")
        return self.member

    @property
    def at(self) -> datetime:
        """When the event happened (not when it arrived)."""
        return self.happened_at or self.now

    @property
    def today(self) -> date:
        """The school's local day when it was said: handled after midnight, it is still that day."""
        return self.at.astimezone(self.zone).date()

    @property
    def local_now(self) -> datetime:
        """The local time of the school."""
        return self.now.astimezone(self.zone)

    def local(self, instant: datetime) -> datetime:
        """Return an instant in the school's time."""
        return instant.astimezone(self.zone)

    def say(self, key: str, **values: Any) -> str:
        """Return a text of this feature in the language of the turn; instants become local."""
        return self.say_in(self.language, key, **values)

    def say_in(self, language: str, key: str, **values: Any) -> str:
        """Return a text of this feature in a given language (a coach's, a group's)."""
        local = {k: self.local(v) if isinstance(v, datetime) else v for k, v in values.items()}
        return self.texts.phrase(key, language, **local)

    def when(self, value: datetime | date, form: str = "when") -> str:
        """Write a date the way people say it: `when`, `day` or `time`."""
        local = self.local(value) if isinstance(value, datetime) else value
        return say_date(local, form, self.language)

    def listed(self, names: Iterable[str]) -> str:
        """Write several names in a row."""
        return ("、" if self.language == "ja" else ", ").join(names)

    def number(self, low: float, high: float, unit: str = "") -> Decimal | None:
        """Read the text as a number within a range; None when it is not one."""
        value = answers.number(self.library, self.text, unit)
        return value if value is not None and low <= value <= high else None

    def speaking_as(self, name: str) -> Turn:
        """Return the same turn with the words of another text file (a shared card's)."""
        return replace(self, texts=self.library[name])

    def file_url(self, token: str) -> str:
        """Return the address of a stored file; empty where nobody set TASUKI_PUBLIC_URL."""
        return f"{self.public_url.rstrip('/')}/files/{token}" if self.public_url else ""

    def tell_each(
        self, people: Iterable[Person], say: Callable[[Turn], Sequence[Message]], **how: Any
    ) -> list[Tell]:
        """Return word to each of these people, said in the language of each."""
        return [Tell(one, say(replace(self, language=one.language)), **how) for one in people]

    def button(self, label_key: str, data: Any, shown_key: str | None = None) -> Postback:
        """Return a button whose label is a text of this feature."""
        shown = self.say(shown_key) if shown_key else ""
        return Postback(self.say(label_key), buttons.pack(data), shown)

    def confirmation(self, deed: str) -> str:
        """Return a single-use token that lets this person do this deed from this chat."""
        return confirm.issue(self.db, self.line_id or "", self.chat.id, deed, self.now)

    def confirmed(self, token: str, deed: str) -> bool:
        """Spend such a token; False when it is another's, old or spent."""
        return confirm.redeem(self.db, token, self.line_id or "", self.chat.id, deed, self.now)
