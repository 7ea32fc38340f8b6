"""The cards by which a coach changes a session: which one, what about it, and is this right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot import buttons, session_card
from bot.cards import Note, Part, Row, card
from bot.change_draft import FARTHEST, Draft
from bot.messages import Flex, Message, PickTime, Postback, Say, Text
from bot.turn import Ask, Turn
from models import school
from models.school import SchoolClass
from models.session import TrainingSession

What = Literal["menu", "time", "place", "off", "on"]


@dataclass(frozen=True)
class OfClass:
    """A class chosen by someone who leads several."""

    class_id: int
    what: What


@dataclass(frozen=True)
class Chosen:
    """A session chosen, and what is to become of it."""

    session: int
    what: What


@dataclass(frozen=True)
class Picked:
    """A time picked for a session; the time itself comes with the tap."""

    session: int


def classes(turn: Turn, led: Sequence[SchoolClass], what: What) -> Flex:
    """Return the classes to choose from."""
    lines = [Postback(one.name(turn.language), buttons.pack(OfClass(one.key, what))) for one in led]
    return card(turn.say("which_class"), [], lines, filled=())


def sessions(turn: Turn, coming: Sequence[TrainingSession], what: What) -> Flex:
    """Return the sessions of a class to choose from."""
    class_ = school.class_by_id(turn.db, coming[0].class_id)
    lines = [_session(turn, one, what) for one in coming]
    return card(turn.say("which"), [], lines, kicker=class_.name(turn.language), filled=())


def _session(turn: Turn, found: TrainingSession, what: What) -> Postback:
    mark = turn.say("off_mark", start=found.starts_at)
    label = mark if found.cancelled else turn.when(found.starts_at)
    return Postback(label, buttons.pack(Chosen(found.key, "menu" if found.cancelled else what)))


def menu(turn: Turn, found: TrainingSession) -> Flex:
    """Return what can become of a session."""
    offered: tuple[What, ...] = ("on",) if found.cancelled else ("time", "place", "off")
    lines = [turn.button(what, Chosen(found.key, what)) for what in offered]
    about = f"{session_card.theme(turn, found)}\n{found.place(turn.language)}"
    return card(turn.say("what", start=found.starts_at), [Note(about)], lines, filled=())


def ask(turn: Turn, found: TrainingSession, draft: Draft, what: str) -> Ask:
    """Return the question for one part of a change."""
    words: Message = Text(turn.say(f"ask_{what}"))
    if what == "time":
        words = card(turn.say("ask_time"), [], [_picker(turn, found)])
    elif what == "reason":
        nothing = Say(turn.texts.lists["no_reason"][turn.language][0])
        words = Text(turn.say("ask_reason"), (nothing,))
    return Ask(f"changes.{what}", [words], draft.memo)


def confirmation(turn: Turn, found: TrainingSession, draft: Draft) -> Flex:
    """Return before and after, with the words that make it so or go back."""
    lists = turn.texts.lists
    back = () if draft.cancelled or found.cancelled else ("time", "place")
    words = [Say(lists[f"decision_{name}"][turn.language][0]) for name in ("yes", *back)]
    about = _about(turn, found, draft)
    return card(_question(turn, found, draft), about, [*words, Say(turn.say("stop"))])


def _question(turn: Turn, found: TrainingSession, draft: Draft) -> str:
    key = "confirm_off" if draft.cancelled else "confirm_on" if found.cancelled else "confirm"
    return turn.say(key, start=found.starts_at)


def _about(turn: Turn, found: TrainingSession, draft: Draft) -> list[Part | None]:
    class_ = school.class_by_id(turn.db, found.class_id)
    place = found.place(turn.language)
    before = turn.say("as_it_stands", start=found.starts_at, place=place)
    parts: list[Part | None] = [Row(turn.say("row_class"), class_.name(turn.language))]
    if draft.cancelled:
        return [*parts, Row(turn.say("row_reason"), draft.reason) if draft.reason else None]
    if found.cancelled:
        return [*parts, Note(before)]
    start = draft.starts_at or found.starts_at
    after = turn.say("as_it_stands", start=start, place=draft.place or place)
    return [*parts, Row(turn.say("row_before"), before), Row(turn.say("row_after"), after)]


def _picker(turn: Turn, found: TrainingSession) -> PickTime:
    """Return the picker, set to the session's own time or the next hour."""
    start = max(turn.local(found.starts_at), turn.local_now + timedelta(hours=1))
    limits = (start, turn.local_now, turn.local_now + FARTHEST)
    initial, earliest, latest = (at.strftime("%Y-%m-%dT%H:%M") for at in limits)
    return PickTime(turn.say("pick"), buttons.pack(Picked(found.key)), initial, earliest, latest)
