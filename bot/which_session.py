"""Asking back which session is meant where a text names a week, a month or an end, not a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal

from bot import buttons
from bot.messages import Button, Postback, Say, Text
from bot.session_card import Rsvp
from bot.slots import days_in
from bot.turn import Ask, Turn
from models import dialog, session
from models.rules.stretch import Stretch, stretch
from models.session import TrainingSession

MOST = 4  # sessions to choose from
AHEAD = 20  # sessions looked through
LONG = timedelta(days=13)  # an absence worth a word to the coach
THAT_ONE = "rsvp.that_one"
Choice = Literal["yes", "no", "maybe"]


def other_days(turn: Turn, day: date | None, coming: TrainingSession) -> Stretch | None:
    """Return the days spoken of, where they are not simply one day's or this week's session."""
    meant = stretch(turn.text, turn.today, days_in(turn.text, turn.today))
    if meant is None or (day and meant.holds(day) and not meant.bound):
        return None
    plainly = day is None and meant.is_this_week and meant.holds(_day(turn, coming))
    return None if plainly else meant


def on(turn: Turn, class_id: int, day: date) -> TrainingSession | None:
    """Return the session of a class on a local day."""
    midnight = datetime.combine(day, time(), turn.zone)
    next_midnight = datetime.combine(day + timedelta(days=1), time(), turn.zone)
    return session.on_day(turn.db, class_id, midnight, next_midnight)


def ask(
    turn: Turn,
    class_id: int,
    choice: Choice,
    meant: Stretch,
    day: date | None,
    *,
    with_next: bool,
) -> Ask | Text:
    """Offer the sessions of these days, of that day and the next, to be tapped; none is kept."""
    ahead = session.upcoming(turn.db, [class_id], turn.at, AHEAD)
    held = [one for one in ahead if not one.cancelled]
    near = {day} | {_day(turn, one) for one in held[:with_next]}
    found = [one for one in held if meant.holds(at := _day(turn, one)) or at in near][:MOST]
    if not found:
        return _none(turn, held, choice)
    alone = len(found) == 1 and turn.chat.is_direct and not _is_asked(turn)
    words = "that_one" if alone else "that_one_tap" if len(found) == 1 else "which_of"
    is_long = choice == "no" and meant.last - meant.first > LONG
    said = _question(turn, turn.say(words, start=found[0].starts_at), found, choice, is_long)
    memo = {"session": found[0].key, "choice": choice}
    return Ask(THAT_ONE, [said], memo) if alone else said


def _question(
    turn: Turn, words: str, found: list[TrainingSession], choice: Choice, is_long: bool
) -> Text:
    taps: list[Button] = [_tap(turn, one, choice) for one in found]
    if is_long:
        words, taps = f"{words}\n{turn.say('long_absence')}", [*taps, Say(turn.say("coach_label"))]
    return Text(words, tuple(taps))


def _none(turn: Turn, held: list[TrainingSession], choice: Choice) -> Text:
    if not held:
        return Text(turn.say("no_session"))
    taps = (_tap(turn, held[0], choice),)
    return Text(turn.say("none_in_stretch", start=held[0].starts_at), taps)


def _tap(turn: Turn, one: TrainingSession, choice: Choice) -> Postback:
    label = turn.say(f"{choice}_on", start=one.starts_at)
    return Postback(label, buttons.pack(Rsvp(one.key, choice)), label)


def _day(turn: Turn, one: TrainingSession) -> date:
    return turn.local(one.starts_at).date()


def _is_asked(turn: Turn) -> bool:
    return dialog.open_question(turn.db, turn.chat.id, turn.line_id or "", turn.now) is not None
