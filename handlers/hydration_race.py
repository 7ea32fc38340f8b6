"""Drinking in the race: the plan for a goal and a temperature, or why none is given."""

from __future__ import annotations

from decimal import Decimal

from bot import hydration_words, race_fuel_words, race_numbers
from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.messages import Say, Text
from bot.race_numbers import RaceNumbers
from bot.turn import Answer, Turn
from models.rules.goal import clock

on = Feature("hydration_race")
HIGHEST_CELSIUS = 40


@on.word
def race_plan(turn: Turn) -> Answer:
    """Plan the drinking of the race at the month's normal temperature."""
    return _plan(turn, None)


@on.phrase
def race_plan_at(turn: Turn, number: Decimal) -> Answer:
    """Plan the drinking of the race at a temperature in °C."""
    if number > HIGHEST_CELSIUS:
        return Text(turn.say("which_celsius"))
    return _plan(turn, float(number))


def _plan(turn: Turn, celsius: float | None) -> Answer:
    numbers = race_numbers.of_person(turn.db, turn.person, celsius, slows=False)
    if numbers is None:
        return Text(turn.say("no_class"))
    if missing := numbers.body.missing:
        said = "\n".join(hydration_words.general(turn, missing))
        return Text(said, hydration_words.mend(turn, missing))
    if numbers.wished is None:
        return Text(turn.say("no_goal"), (Say(turn.say("goal_word")), _coach(turn)))
    return _card(turn, numbers, numbers.wished)


def _card(turn: Turn, numbers: RaceNumbers, goal: int) -> Answer:
    plan = numbers.fluid()
    parts: list[Part] = [
        Row(turn.say("goal_label"), clock(goal)),
        *race_fuel_words.drinks_in_all(turn, numbers, plan),
    ]
    withheld = race_fuel_words.withheld(numbers)
    if not withheld:
        parts.append(Note(turn.say("check")))
    quick = (_coach(turn),) if withheld else (Say(turn.say("plan_word")),)
    return card(turn.say("title"), parts, kicker=numbers.race.name(turn.language), quick=quick)


def _coach(turn: Turn) -> Say:
    return Say(turn.say("coach_word"))
