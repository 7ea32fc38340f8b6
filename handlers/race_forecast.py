"""The forecast for the race, told by a coach or the office; the heat plan follows it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot import race_words
from bot.feature import Feature
from bot.messages import Text
from bot.turn import Answer, Turn
from models import policy, race, record, school
from models.race import Race
from models.race_runner import RaceRunner

on = Feature("race_forecast")
HIGHEST_CELSIUS = 40


@on.phrase
def forecast(turn: Turn, number: Decimal) -> Answer:
    """Keep the air temperature in °C that is expected at the race."""
    found = _race(turn)
    if found is None:
        return Text(turn.say("no_race"))
    if number > HIGHEST_CELSIUS:
        return Text(turn.say("which_celsius"))
    race.expect(turn.db, found, float(number))
    subject = f"race:{found.key} {number} C"
    record.audit(
        turn.db,
        record.Audit(at=turn.now, person_id=turn.person.key, deed="forecast", subject=subject),
    )
    as_runner = replace(turn, texts=turn.library[race_words.WORDS])
    shown = race_words.heat_words(as_runner, RaceRunner(turn.person.key, found))
    return Text(turn.say("kept", race=found.name(turn.language)) + "\n" + shown)


def _race(turn: Turn) -> Race | None:
    """Return the next goal race of a class this person leads."""
    led = [c for c in school.classes(turn.db) if policy.leads(turn.db, turn.person, c.key)]
    goals = {one.key: one for c in led if (one := race.goal_of(turn.db, c))}
    ahead = [one for one in goals.values() if one.starts_at > turn.now]
    return min(ahead, key=lambda one: one.starts_at, default=None)
