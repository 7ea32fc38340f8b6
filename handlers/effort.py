"""After the session: how hard it was and how long, and what that makes together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from math import ceil

from bot import buttons, sweat_words
from bot.feature import Feature
from bot.messages import Postback, Say, Text
from bot.questions import Number
from bot.turn import Answer, Ask, Occurrence, Turn
from models import attendance, health, session
from models.attendance import EFFORT, MINUTES, Feeling
from models.rules.load import session_load

on = Feature("effort")
HARDEST = 10
WORTH_ASKING = timedelta(hours=24)  # later one no longer knows
LENGTHS = Number(1, 600, unit="minutes")
USUAL_MINUTES = (30, 45, 60, 75, 90, 120, 150, 180)


@dataclass(frozen=True)
class Effort:
    """How hard a session was, 0 to 10."""

    session: int
    level: int


@on.clock("session.effort", topic="practice")
def ask(turn: Turn, occurrence: Occurrence) -> Answer:
    """Ask who was there how hard it was."""
    found = session.by_id(turn.db, occurrence.subject)
    if found is None or found.cancelled or not _may_keep(turn):
        return None
    told = attendance.feelings(turn.db, found.key, turn.person.key)
    if EFFORT in told or not attendance.checkin_of(turn.db, found.key, turn.person.key):
        return None
    taps = [
        Postback(str(level), buttons.pack(Effort(found.key, level))) for level in range(HARDEST + 1)
    ]
    return Text(turn.say("how_hard"), tuple(taps))


@on.button(Effort)
def tapped(turn: Turn, effort: Effort) -> Answer:
    """Take the level that was tapped."""
    return _keep_effort(turn, effort.session, effort.level)


@on.phrase
def typed(turn: Turn, number: Decimal) -> Answer:
    """Take a level that was typed, for the session last checked in at."""
    latest = attendance.latest_checkin(turn.db, turn.person.key)
    if latest is None:
        return Text(turn.say("too_late"))
    return _keep_effort(turn, latest.session_id, ceil(number))


@on.answer("minutes", LENGTHS)
def minutes(turn: Turn, number: Decimal) -> Answer:
    """Take how long it was and say the load."""
    told = attendance.feelings(turn.db, turn.memo["session"], turn.person.key)
    if not _may_keep(turn) or EFFORT not in told:
        return Text(turn.say("no_consent"))
    length = ceil(number)
    _keep(turn, turn.memo["session"], MINUTES, length)
    load = round(session_load(told[EFFORT], length))
    words = turn.say("load", effort=told[EFFORT], minutes=length, load=load)
    return sweat_words.offered_after(turn, words)


def _keep_effort(turn: Turn, session_id: int, level: int) -> Answer:
    found = session.by_id(turn.db, session_id)
    if found is None or not attendance.checkin_of(turn.db, session_id, turn.person.key):
        return Text(turn.say("too_late"))
    if not 0 <= level <= HARDEST:
        return Text(turn.say("which_level"))
    if not found.starts_at <= turn.at <= found.ends_at + WORTH_ASKING:
        return Text(turn.say("too_late"))
    if not _may_keep(turn):
        return Text(turn.say("no_consent"))
    _keep(turn, session_id, EFFORT, level)
    lesson = session.lesson(turn.db, found)
    offered = sorted({lesson.minutes if lesson else found.minutes, *USUAL_MINUTES})
    quick = tuple(Say(turn.say("minutes_label", minutes=length)) for length in offered)
    asked = Text(turn.say("how_long", level=level), quick)
    return Ask("effort.minutes", [asked], {"session": session_id})


def _keep(turn: Turn, session_id: int, kind: str, value: int) -> None:
    row = Feeling(session_id=session_id, person_id=turn.person.key, kind=kind, at=turn.at)
    row.value, row.message_id = value, turn.message_id
    health.keep(turn.db, turn.person, row)


def _may_keep(turn: Turn) -> bool:
    return health.has_consent(turn.db, turn.person, health.HEALTH)
