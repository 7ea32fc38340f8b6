"""The goal time in the class, and whether the race is entered."""

from __future__ import annotations

from bot import enrolling, last_words
from bot.messages import Text
from bot.questions import Choice, FinishTime
from bot.router import Feature
from bot.turn import Answer, Ask, Turn
from models import enrolment, school
from models.rules.goal import finish_time

on = Feature("goal")


@on.word
def goal(turn: Turn) -> Answer:
    """Ask for the goal time."""
    return _ask(turn)


@on.phrase
def set_goal(turn: Turn, text: str) -> Answer:
    """Take the goal time as it was said."""
    seconds = finish_time(text)
    return _ask(turn) if seconds is None else _keep(turn, seconds)


@on.answer("goal", FinishTime())
def answered(turn: Turn, seconds: int) -> Answer:
    """Keep the goal time."""
    return _keep(turn, seconds)


def _ask(turn: Turn) -> Answer:
    class_ = school.class_of(turn.db, turn.person)
    return enrolling.ask_goal(turn, class_) if class_ else Text(turn.say("members_only"))


def _keep(turn: Turn, seconds: int) -> Answer:
    held = enrolment.mine(turn.db, turn.person)
    if held is None:
        return Text(turn.say("members_only"))
    if last_words.is_last(turn, "goal"):
        enrolment.aim(turn.db, held, seconds)
    return _go_on(turn, turn.say("aimed", goal=enrolling.goal_words(turn, held.goal_seconds)))


@on.word
def race_entry(turn: Turn) -> Answer:
    """Ask whether the race is entered."""
    class_ = school.class_of(turn.db, turn.person)
    return enrolling.ask_race(turn, class_) if class_ else Text(turn.say("members_only"))


@on.answer("race", Choice("entry", "yes", "no", "not_yet"))
def entered(turn: Turn, answer: str) -> Answer:
    """Keep whether the race is entered."""
    held = enrolment.mine(turn.db, turn.person)
    if held is None:
        return Text(turn.say("members_only"))
    if last_words.is_last(turn, "entry"):
        enrolment.enter_race(turn.db, held, answer)
    return _go_on(turn, turn.say(f"race_{answer}"))


def _go_on(turn: Turn, kept: str) -> Answer:
    """Ask what is still missing for the enrolment; else say what was kept."""
    step = enrolling.next_step(turn)
    return step if isinstance(step, Ask) else Text(kept)
