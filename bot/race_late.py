"""For who comes late to a countdown: what still helps, and nothing of what was missed."""

from __future__ import annotations

from bot import race_words
from bot.cards import Note, Part, card
from bot.messages import Flex
from bot.turn import Turn
from models import race_calendar, race_taps
from models.countdown import CARBS, Step
from models.race_runner import RaceRunner

WORDS = "race_news"
MOST = 3  # steps in one message


def what_helps(turn: Turn, runner: RaceRunner) -> Flex:
    """Return what still helps of the steps that went by, in one card."""
    turn = turn.speaking_as(WORDS)
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
