"""Fuel in the race: gels, the breakfast before it, and caffeine with its limits."""

from __future__ import annotations

from bot import carb_card, carb_menu, carbs
from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Say
from bot.turn import Answer, Turn
from models.rules import carbs as rules
from models.rules import pace

on = Feature("fuel")
SPORTS_DRINK_PERCENT = 6.2  # the label of the usual drink
# [E] mL of sports drink an hour that go with a goal in seconds, as in the worked examples
DRINK_ML_PER_H = ((14400, 250.0), (18000, 150.0))
DRINK_OTHERWISE_ML_PER_H = 100.0


@on.word
@on.phrase
def gels(turn: Turn) -> Answer:
    """Say how much to take in the race, and when."""
    known = carbs.body(turn)
    if isinstance(known, Missing):
        return carb_card.missing(turn, known)
    goal = carbs.goal(turn)
    low, high = pace.GOAL_LIMITS_S
    fits = goal is not None and low <= goal <= high
    parts = _timetable(turn, goal) if goal and fits else [Note(turn.say("no_goal"))]
    parts += [Note(turn.say("with_water"), strong=True), Note(turn.say("rehearse"))]
    more = [Say(turn.say("plan_word")), Say(turn.say("caffeine_word"))]
    return card(turn.say("gels_title"), parts, [tuple(more)], kicker=turn.say("kicker"), filled=())


@on.word
@on.phrase
def caffeine(turn: Turn) -> Answer:
    """Say the most caffeine, and who does without."""
    known = carbs.body(turn)
    if isinstance(known, Missing):
        return carb_card.missing(turn, known)
    kg, assumed = known
    single = rules.caffeine_mg(kg)
    most = turn.say("at_once", mg=single, day=rules.CAFFEINE_DAY_MG)
    parts: list[Part] = [
        Row(turn.say("most_label"), most),
        Row(turn.say("when_label"), turn.say("an_hour_before")),
        Note(turn.say("not_for"), strong=True),
    ]
    if assumed:
        parts.append(Note(turn.say("assumed", kg=kg)))
    return card(turn.say("caffeine_title"), parts, kicker=turn.say("kicker"))


@on.word
@on.phrase
def breakfast(turn: Turn) -> Answer:
    """Say what to eat on race morning, and when."""
    known = carbs.body(turn)
    if isinstance(known, Missing):
        return carb_card.missing(turn, known)
    return card(turn.say("breakfast_title"), carb_menu.breakfast(turn, *known))


def _timetable(turn: Turn, goal: int) -> list[Part]:
    target = rules.in_race(goal)
    drink = next((ml for limit, ml in DRINK_ML_PER_H if goal <= limit), DRINK_OTHERWISE_ML_PER_H)
    found = rules.gels(goal, target, drink, SPORTS_DRINK_PERCENT)
    rows = [turn.say("gel", minute=gel.minute, km=gel.km) for gel in found]
    hourly = turn.say("hourly", grams=target, ml=drink)
    return [
        Row(turn.say("target_label"), hourly),
        Row(turn.say("gel_label", n=len(found)), turn.say("comma").join(rows)),
    ]
