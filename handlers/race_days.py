"""The way to the race: each step at its hour, and the tap that shapes the rest."""

from __future__ import annotations

from datetime import timedelta

from bot import last_words, race_signs, race_words
from bot.feature import Feature
from bot.messages import Flex, Text
from bot.race_words import TapStep
from bot.turn import Answer, Occurrence, Said, Tell, Turn
from models import countdown, race, race_calendar, race_taps
from models.countdown import Step, Tap
from models.outbox import Priority
from models.race import Race, RaceFact
from models.race_runner import ENTRY, NO, RaceRunner

on = Feature("race_days")
OLD = timedelta(days=14)  # after a race its cards still take an answer for so long


@on.clock("race.step", topic="race")
def step(turn: Turn, occurrence: Occurrence) -> Answer:
    """Say a step to a runner; who is not entered gets one kind word with the first."""
    return _say(turn, occurrence, Priority.NOTICE)


@on.clock("race.safety", at_night=True)
def must_know(turn: Turn, occurrence: Occurrence) -> Answer:
    """Say what must be known, or ask how the body is; no topic, so nobody mutes it."""
    return _say(turn, occurrence, Priority.SAFETY)


@on.button(TapStep)
def tapped(turn: Turn, tap: TapStep) -> Answer:
    """Keep an answer, and say what follows from it."""
    found, given = race.by_id(turn.db, tap.race), countdown.step(tap.step)
    answer = given.tap(tap.tap) if given else None
    if found is None or given is None or answer is None:
        return Text(turn.say("not_yours"))
    runner = race.runner(turn.db, turn.person, found)
    if refused := _refused(turn, runner, given):
        return Text(turn.say(refused))
    if not last_words.is_last(turn, f"tap:{found.key}:{given.id}"):
        return None  # another answer to it was tapped since
    whole = race_taps.keep(turn.db, turn.person, found, given, answer, turn.at)
    if given.invites:
        fact = RaceFact(
            person_id=turn.person.key, race_id=found.key, name=ENTRY, value=answer.id, at=turn.at
        )
        race.tell(turn.db, fact)
    return _reply(turn, found, answer, whole)


def _refused(turn: Turn, runner: RaceRunner, given: Step) -> str:
    """Return why a tap does not count: another's race, not due yet, or long over."""
    found = runner.race
    if runner.since is None or found.cancelled or given not in race_calendar.steps_of(found):
        return "not_yours"
    if turn.at > found.starts_at + OLD:
        return "long_over"
    return "not_yet" if turn.at < race_calendar.due(given, runner, turn.zone) else ""


def _reply(turn: Turn, found: Race, answer: Tap, whole: bool) -> list[Said]:
    said = answer.reply_ja if turn.language == "ja" else answer.reply_en
    if answer.health and not whole:
        said += "\n" + turn.say("not_kept")
    if answer.id == "check":
        return [Text(said), race_signs.show(turn, found)]
    return [Text(said, race_words.offers(turn, answer))]


def _say(turn: Turn, occurrence: Occurrence, priority: Priority) -> Answer:
    found, given = race.by_id(turn.db, occurrence.subject), countdown.step(occurrence.label)
    if found is None or given is None or found.cancelled or found.revision != occurrence.revision:
        return None
    runner = race.runner(turn.db, turn.person, found)
    message = _words(turn, runner, given)
    if message is None:
        return None
    topic = None if given.is_safety else "race"
    return Tell(
        turn.person,
        [message],
        priority,
        key=occurrence.said_once,
        subject=found.subject,
        until=occurrence.until,
        topic=topic,
    )


def _words(turn: Turn, runner: RaceRunner, given: Step) -> Text | Flex | None:
    if runner.since is None:
        return None
    if not runner.runs and not given.invites:
        is_first = given is race_calendar.steps_of(runner.race)[0]
        return _kind_word(turn, runner) if is_first and runner.race.is_goal else None
    if given.invites and runner.entry is not None:
        return None
    told = race_taps.told(turn.db, turn.person, runner)
    return race_words.show(turn, runner, given) if given.holds(told) else None


def _kind_word(turn: Turn, runner: RaceRunner) -> Text:
    key = "not_running" if runner.entry == NO else "not_entered"
    race_name = runner.race.name(turn.language)
    settings = race_words.word(turn, "settings")
    return Text(turn.say(key, race=race_name), (settings,))
