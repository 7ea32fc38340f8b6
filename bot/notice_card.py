"""A notice before it is sent: how the group will see it, and what a coach can do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot import session_card
from bot.cards import Line, card
from bot.messages import Flex, Message, Text
from bot.turn import Chat, Place, Turn
from models import class_group, notice, school
from models.session import TrainingSession


@dataclass(frozen=True)
class Comment:
    """A wish to add words to a notice."""

    session: int


@dataclass(frozen=True)
class SendNow:
    """A wish to send a notice before its hour."""

    session: int
    token: str


@dataclass(frozen=True)
class Skip:
    """A wish to leave a notice out."""

    session: int
    token: str


@dataclass(frozen=True)
class Undo:
    """A wish to send a notice after all."""

    session: int


def preview(turn: Turn, found: TrainingSession) -> list[Message]:
    """Return what happens when, the notice exactly as the group will see it, and the choices."""
    group = class_group.group_of(turn.db, found.class_id)
    shown = session_card.notice_card(as_group(turn, found, group.line_id if group else ""), found)
    return [Text(_lead(turn, found, bound=group is not None)), shown, controls(turn, found)]


def controls(turn: Turn, found: TrainingSession) -> Flex:
    """Return the choices a coach has now; sending and skipping carry a token each."""
    lines: list[Line] = [turn.button("write", Comment(found.key))]
    if notice.of(turn.db, found.key).skipped:
        lines.append(turn.button("undo", Undo(found.key)))
    else:
        send, leave = (turn.confirmation(deed(name, found)) for name in ("send", "skip"))
        lines.append(turn.button("send", SendNow(found.key, send)))
        lines.append(turn.button("skip", Skip(found.key, leave)))
    return card(turn.say("what_now"), [], lines)


def as_group(turn: Turn, found: TrainingSession, group: str) -> Turn:
    """Return the turn as if it took place in the class's group."""
    language = school.class_by_id(turn.db, found.class_id).language
    return replace(turn, language=language, chat=Chat(Place.GROUP, group), member=None)


def deed(name: str, found: TrainingSession) -> str:
    """Return what a token is for: a session as it stands, so that a changed one is shown anew."""
    return f"notice.{name}:{found.key}:{found.revision}"


def _lead(turn: Turn, found: TrainingSession, *, bound: bool) -> str:
    class_ = school.class_by_id(turn.db, found.class_id)
    name, hour = class_.name(turn.language), notice.hour(found, class_, turn.zone)
    if not bound:
        return turn.say("preview_no_group", class_name=name)
    if notice.of(turn.db, found.key).skipped:
        return turn.say("preview_skipped", class_name=name)
    return turn.say("preview" if hour > turn.now else "preview_late", class_name=name, hour=hour)
