"""Around the countdown: a race that moved, and one word for who enrols while it runs."""

from __future__ import annotations

from dataclasses import replace

from bot import race_late, race_words
from bot.feature import Feature
from bot.messages import Text
from bot.turn import Answer, Occurrence, Tell, Turn
from models import race, race_changes
from models.race import Race

on = Feature("race_news")


@on.clock("race.moved", at_night=True)
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
    return turn.tell_each(
        [turn.person], lambda t: [race_late.what_helps(t, runner)], key=key, **how
    )
