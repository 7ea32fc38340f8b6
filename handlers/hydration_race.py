"""Drinking in the race: the plan for a goal and a temperature, or why none is given."""

from __future__ import annotations

from decimal import Decimal

from bot import hydration, hydration_words
from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.hydration import Body
from bot.messages import Say, Text
from bot.turn import Answer, Turn
from models import school
from models.rules import heat, pace
from models.rules import hydration as rules
from models.rules.hydration import FluidPlan
from models.school import SchoolClass

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
    class_ = school.class_of(turn.db, turn.person)
    if class_ is None:
        return Text(turn.say("no_class"))
    body = hydration.body_of(turn.db, turn.person)
    if body.missing:
        said = "\n".join(hydration_words.general(turn, body.missing))
        return Text(said, hydration_words.mend(turn, body.missing))
    goal = _goal(turn, class_)
    if goal is None:
        return Text(turn.say("no_goal"), (Say(turn.say("goal_word")), _coach(turn)))
    return _card(turn, class_, body, goal, celsius)


def _goal(turn: Turn, class_: SchoolClass) -> int | None:
    held = school.membership(turn.db, turn.person, class_.key)
    goal = (held.goal_seconds if held else None) or class_.goal_seconds
    low, high = pace.GOAL_LIMITS_S
    return goal if goal is not None and low <= goal <= high else None


def _card(turn: Turn, class_: SchoolClass, body: Body, goal: int, celsius: float | None) -> Answer:
    term = school.term_of(turn.db, class_)
    air = heat.normal(term.race_date.month).mean_c if celsius is None else celsius
    plan = rules.race_plan(body.kg, goal, air, factor=body.factor)
    facts = [
        Row(turn.say("goal_label"), _clock(goal)),
        hydration_words.air(turn, air, is_normal=celsius is None),
    ]
    parts = [*facts, *(_numbers(turn, body, plan) if plan.offered else _withheld(turn, plan))]
    race = term.race_name_ja if turn.language == "ja" else term.race_name_en
    quick = () if plan.offered else (_coach(turn),)
    return card(turn.say("title"), parts, kicker=race, quick=quick)


def _numbers(turn: Turn, body: Body, plan: FluidPlan) -> list[Part]:
    stop = turn.say("stop", ml=round(plan.per_stop_ml), stations=rules.DEFAULT_STATIONS)
    return [
        *hydration_words.numbers(turn, body, plan),
        Row(turn.say("total_label"), turn.say("total", litres=f"{plan.total_ml / 1000:.2f}")),
        Row(turn.say("stop_label"), stop),
        Row(turn.say("loss_label"), turn.say("loss", percent=f"{plan.loss_percent:.1f}")),
        *hydration_words.warnings(turn, plan),
        hydration_words.estimate(turn, body),
        Note(turn.say("check")),
    ]


def _withheld(turn: Turn, plan: FluidPlan) -> list[Part]:
    return [*hydration_words.warnings(turn, plan), Note(turn.say("withheld"))]


def _coach(turn: Turn) -> Say:
    return Say(turn.say("coach_word"))


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"
