"""Which reminders one wants: left out and taken up again by topic, never what must be known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot import last_words, mutes
from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.messages import Button, Flex, Text
from bot.turn import Answer, Turn
from models import mute

on = Feature("mute")
ALL = "all"


@dataclass(frozen=True)
class LeaveOut:
    """No more reminders about a topic."""

    topic: Literal["practice", "race", "carbs", "tips", "coach", "all"]


@dataclass(frozen=True)
class TakeUp:
    """Reminders about a topic again."""

    topic: Literal["practice", "race", "carbs", "tips", "coach", "all"]


@on.word
def reminders(turn: Turn) -> Answer:
    """Show what comes and what does not, and a tap to change each."""
    return _all(turn)


def _all(turn: Turn) -> Flex:
    muted = mute.of(turn.db, turn.person)
    rows: list[Part] = [
        Row(turn.say(f"name_{topic}"), turn.say("rests" if topic in muted else "comes"))
        for topic in mute.TOPICS
    ]
    notes = [Note(turn.say("always")), Note(turn.say("in_the_group"))]
    buttons = [_tap(turn, topic, is_muted=topic in muted) for topic in mute.TOPICS]
    return card(turn.say("title"), [*rows, *notes], buttons, filled=())


@on.phrase
def leave_out(turn: Turn, reminder: str) -> Answer:
    """Take "mute carbs"."""
    return _leave_out(turn, reminder)


@on.phrase
def take_up(turn: Turn, reminder: str) -> Answer:
    """Take "unmute carbs"."""
    return _take_up(turn, reminder)


@on.button(LeaveOut)
def no_more(turn: Turn, tapped: LeaveOut) -> Answer:
    """Leave out what was tapped."""
    return _leave_out(turn, tapped.topic)


@on.button(TakeUp)
def again(turn: Turn, tapped: TakeUp) -> Answer:
    """Take up what was tapped."""
    return _take_up(turn, tapped.topic)


def _leave_out(turn: Turn, reminder: str) -> Answer:
    if not (meant := _still_meant(turn, reminder)):
        return _all(turn)  # something else was said about it since
    changed = [t for t in meant if mute.mute(turn.db, turn.person, t, turn.now)]
    named = mutes.names(turn, changed or _topics(reminder))
    said = turn.say("left_out" if changed else "left_out_before", name=named)
    return Text(said, (turn.button("undo", TakeUp(reminder)),))  # type: ignore[arg-type]


def _take_up(turn: Turn, reminder: str) -> Answer:
    if not (meant := _still_meant(turn, reminder)):
        return _all(turn)  # something else was said about it since
    changed = [t for t in meant if mute.unmute(turn.db, turn.person, t)]
    named = mutes.names(turn, changed or _topics(reminder))
    return Text(turn.say("taken_up" if changed else "taken_up_before", name=named))


def _still_meant(turn: Turn, reminder: str) -> list[str]:
    """Return the topics about which nothing was said since."""
    return [t for t in _topics(reminder) if last_words.is_last(turn, f"mute:{t}")]


def _topics(reminder: str) -> Iterable[str]:
    return mute.TOPICS if reminder == ALL else (reminder,)


def _tap(turn: Turn, topic: str, *, is_muted: bool) -> Button:
    deed, data = ("take_up", TakeUp) if is_muted else ("leave_out", LeaveOut)
    return turn.button(f"{deed}_{topic}", data(topic))  # type: ignore[arg-type]
