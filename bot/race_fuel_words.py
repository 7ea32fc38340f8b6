"""The cards about drinking and gels in a race: how much in all, and what at each station."""

from __future__ import annotations

from bot import hydration_words
from bot.cards import Note, Part, Row, Small, card
from bot.messages import Flex
from bot.race_numbers import RaceNumbers
from bot.turn import Turn
from models.rules import carbs, hydration_race, timetable
from models.rules.carbs import Gel
from models.rules.goal import clock
from models.rules.hydration import FluidPlan
from models.rules.timetable import Stop

FEATURE = "race_fuel_words"


def withheld(numbers: RaceNumbers) -> bool:
    """Say whether drinking cannot protect this goal, so that the goal is not planned either."""
    plan = numbers.fluid()
    return plan is not None and not plan.offered


def cards(turn: Turn, numbers: RaceNumbers) -> list[Flex]:
    """Return the drinks, then what to take at each station."""
    plan = numbers.fluid()
    drinks = card(_say(turn, "title"), drinks_in_all(turn, numbers, plan))
    if plan is not None and not plan.offered:
        return [drinks]
    at = stops(numbers, plan)
    if plan is None and not any(stop.gels for stop in at):
        return [drinks]
    middle = (len(at) + 1) // 2
    halves = (at[:middle], at[middle:])
    return [drinks, *(_stations(turn, numbers, half, plan) for half in halves if half)]


def drinks_in_all(turn: Turn, numbers: RaceNumbers, plan: FluidPlan | None) -> list[Part]:
    """Return air, aim, floor and ceiling, total and warnings; or why there are none."""
    air = hydration_words.air(turn, numbers.celsius, is_normal=numbers.is_normal)
    if plan is None:
        assert numbers.body.missing
        general = hydration_words.general(turn, numbers.body.missing)
        return [air, *(Note(words) for words in general)]
    if not plan.offered:
        return [air, *hydration_words.warnings(turn, plan), *_instead(turn, numbers)]
    stop = _say(turn, "stop", ml=round(plan.per_stop_ml), stations=len(numbers.stations))
    return [
        air,
        *hydration_words.numbers(turn, numbers.body, plan),
        Row(_say(turn, "total_label"), _say(turn, "total", litres=f"{plan.total_ml / 1000:.2f}")),
        Row(_say(turn, "stop_label"), stop),
        Row(_say(turn, "loss_label"), _say(turn, "loss", percent=f"{plan.loss_percent:.1f}")),
        *hydration_words.warnings(turn, plan),
        *_slower(turn, numbers, plan),
        hydration_words.estimate(turn, numbers.body),
    ]


def stops(numbers: RaceNumbers, plan: FluidPlan | None) -> tuple[Stop, ...]:
    """Return what to take at each station."""
    ml = plan.per_stop_ml if plan else 0.0
    return timetable.stops(numbers.stations, numbers.pace, ml, gels(numbers, plan))


def gels(numbers: RaceNumbers, plan: FluidPlan | None) -> tuple[Gel, ...]:
    """Return the gels that the sports drink leaves open; none before the screening is done."""
    if not numbers.body.may_hear_amounts:
        return ()
    ml = plan.per_stop_ml if plan else 0.0
    drink = timetable.sports_ml_per_h(numbers.stations, ml, numbers.goal / 3600)
    target = carbs.in_race(numbers.wished or numbers.goal)
    return carbs.gels(numbers.goal, target, drink, numbers.course.sports_percent)


def _stations(
    turn: Turn, numbers: RaceNumbers, part: tuple[Stop, ...], plan: FluidPlan | None
) -> Flex:
    rows: list[Part] = [
        Row(f"{stop.km:g} km", f"{_hours(stop.seconds)}　{_take(turn, stop)}") for stop in part
    ]
    title = _say(turn, "stations", first=f"{part[0].km:g}", last=f"{part[-1].km:g}")
    notes: list[Part] = [Small(_say(turn, "source", year=numbers.course.stations_year))]
    if numbers.wished is None or numbers.goal > carbs.IN_RACE[-1][0]:
        notes.insert(0, Note(_say(turn, "walk")))
    if plan is None:
        notes.insert(0, Note(_say(turn, "by_thirst")))
    return card(title, [*rows, *notes])


def _hours(seconds: int) -> str:
    """Write a time as h:mm, short enough for a line on a phone."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"


def _take(turn: Turn, stop: Stop) -> str:
    drink = _say(turn, "sports" if stop.sports else "water")
    amount = _say(turn, "amount", drink=drink, ml=stop.ml) if stop.ml else drink
    return _say(turn, "with_gel", drink=amount) if stop.gels else amount


def _slower(turn: Turn, numbers: RaceNumbers, plan: FluidPlan) -> list[Part]:
    """Name a goal that drinking can protect, where this one needs a warning."""
    return _instead(turn, numbers) if plan.warnings else []


def _instead(turn: Turn, numbers: RaceNumbers) -> list[Part]:
    body = numbers.body
    goal = hydration_race.slower_goal(body.kg, numbers.goal, numbers.celsius, factor=body.factor)
    if goal is None:
        return [Note(_say(turn, "coach"))]
    return [Note(_say(turn, "slower", goal=clock(goal)))]


def _say(turn: Turn, key: str, **values: object) -> str:
    return turn.speaking_as(FEATURE).say(key, **values)
