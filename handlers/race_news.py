"""Around the countdown: a race that moved, and one word for who enrols while it runs."""

from __future__ import annotations

from dataclasses import replace

from bot import race_words
from bot.cards import Note, Part, card
from bot.feature import Feature
from bot.messages import Flex, Text
from bot.turn import Answer, Occurrence, Tell, Turn
from models import race, race_calendar, race_changes, race_taps
from models.countdown import CARBS, Step
from models.race import Race
from models.race_runner import RaceRunner

on = Feature("race_news")
MOST = 3  # steps in one message


@on.clock("race.moved")
def moved(turn: Turn, occurrence: Occurrence) -> Answer:
    """Say once that a race has another day or hour, or is not held."""
    found = race.by_id(turn.db, occurrence.subject)
    if found is None or found.revision != occurrence.revision:
        return None
    runner = race.runner(turn.db, turn.person, found)
    race_changes.note_told(turn.db, found)
    if not runner.runs:
        return None
    said = Text(_news(turn, found), (race_words.word(turn, "settings"),))
    key, until = occurrence.said_once, occurrence.until
    return Tell(turn.person, [said], key=key, subject=found.subject, until=until)


def _news(turn: Turn, found: Race) -> str:
    name = found.name(turn.language)
    if found.cancelled:
        return turn.say("called_off", race=name)
    was, at = found.was_at or found.starts_at, found.starts_at
    by_its_clock = replace(turn, zone=found.tz)
    return by_its_clock.say("moved", race=name, was=was, at=at)


@on.clock("race.late", topic="race")
def late(turn: Turn, occurrence: Occurrence) -> Answer:
    """Give who enrolled during the countdown what still helps, in one message."""
    found = race.by_id(turn.db, occurrence.subject)
    if found is None or found.cancelled or found.revision != occurrence.revision:
        return None
    runner = race.runner(turn.db, turn.person, found)
    if not runner.runs or turn.now >= found.starts_at:
        return None
    key = f"race.late:{found.key}:{turn.person.key}"  # another class later: no second one
    how = {"subject": found.subject, "until": occurrence.until, "topic": "race"}
    return turn.tell_each([turn.person], lambda t: [_what_helps(t, runner)], key=key, **how)


def _what_helps(turn: Turn, runner: RaceRunner) -> Flex:
    parts: list[Part] = [Note(turn.say("late_lead"))]
    for step in _still_helping(turn, runner)[-MOST:]:
        said = [part for part in race_words.parts(turn, runner, step) if isinstance(part, Note)]
        parts += [Note(step.title(turn.language), strong=True), *(Note(part.text) for part in said)]
    parts.append(Note(turn.say("late_rest")))
    buttons = [race_words.word(turn, "settings"), race_words.word(turn, "countdown")]
    kicker = race_words.kicker(turn, runner.race)
    return card(turn.say("late_title"), parts, buttons, kicker=kicker)


def _still_helping(turn: Turn, runner: RaceRunner) -> list[Step]:
    """Return the steps that went by before they came and are not too late for them."""
    told = race_taps.told(turn.db, turn.person, runner)
    return [
        step
        for step in race_calendar.steps_of(runner.race)
        if step.kind != CARBS
        and race_calendar.due(step, runner, turn.zone) <= turn.now
        and turn.now < race_calendar.until(step, runner, turn.zone)
        and step.holds(told)
    ]
