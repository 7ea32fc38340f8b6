"""The countdown by its word: how many days are left, what comes next and what is done."""

from __future__ import annotations

from datetime import datetime

from bot import race_settings_card, race_words
from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.messages import Button, Text
from bot.turn import Answer, Turn
from models import race, race_calendar, race_taps, school
from models.countdown import Step
from models.race import Race
from models.race_runner import NO, RaceRunner

on = Feature("countdown")
SHOWN = 6  # steps done that are listed


@on.word
def countdown(turn: Turn) -> Answer:
    """Show the way to the race as it stands for this person."""
    found = _race(turn)
    if found is None:
        return Text(turn.say("no_race"))
    runner = race.runner(turn.db, turn.person, found)
    words = [race_words.word(turn, "settings"), race_words.word(turn, "check")]
    buttons: list[Button] = [*(words if turn.now >= found.starts_at else words[:1])]
    parts = _member_parts(turn, runner) if runner.since else _next(turn, runner, {})
    title = turn.say("title", race=found.name(turn.language), at=race_words.gun(turn, found))
    kicker = race_words.kicker(turn, found)
    return card(title, parts, buttons if runner.since else (), kicker=kicker)


def _race(turn: Turn) -> Race | None:
    """Return the member's next race, else the goal race of the class they are in or lead."""
    mine = race.of_person(turn.db, turn.person, turn.now)
    if mine is not None:
        return mine
    led = school.coached_by(turn.db, turn.person) or school.classes(turn.db)[-1:]
    class_ = school.class_of(turn.db, turn.person) or next(iter(led), None)
    return race.goal_of(turn.db, class_) if class_ else None


def _member_parts(turn: Turn, runner: RaceRunner) -> list[Part]:
    if not runner.runs:
        return [Note(turn.say("not_running" if runner.entry == NO else "not_entered"))]
    told = race_taps.told(turn.db, turn.person, runner)
    settings = turn.speaking_as(race_settings_card.WORDS)
    hours = [
        Row(settings.say("start_label"), race_settings_card.start_words(settings, runner)),
        Row(settings.say("breakfast_label"), race_settings_card.breakfast_words(settings, runner)),
    ]
    return [*_next(turn, runner, told), *_done(turn, runner, told), *hours]


def _next(turn: Turn, runner: RaceRunner, told: dict[str, str]) -> list[Part]:
    ahead = [(at, step) for at, step in _dated(turn, runner) if at > turn.now and step.holds(told)]
    if not ahead:
        return [Note(turn.say("nothing_left"))]
    at, step = min(ahead, key=lambda pair: pair[0])
    return [Row(turn.say("next_label"), turn.say("next", at=at, title=step.title(turn.language)))]


def _done(turn: Turn, runner: RaceRunner, told: dict[str, str]) -> list[Part]:
    done = [step for _, step in _dated(turn, runner) if step.id in told]
    if not done:
        return [Row(turn.say("done_label"), turn.say("nothing_done"))]
    names = "\n".join(f"✓ {step.title(turn.language)}" for step in done[-SHOWN:])
    return [Row(turn.say("done_label"), names)]


def _dated(turn: Turn, runner: RaceRunner) -> list[tuple[datetime, Step]]:
    steps = race_calendar.steps_of(runner.race)
    return [(race_calendar.due(step, runner, turn.zone), step) for step in steps]
