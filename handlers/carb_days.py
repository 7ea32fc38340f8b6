"""The reminders of the carb days: shopping, each day's start and evening, and race breakfast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot import carb_card, carb_menu, carbs, hydration_words
from bot.carbs import Aim
from bot.cards import Note, Part, card
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Message, Text
from bot.turn import Answer, Occurrence, Turn
from models import carb, countdown, mute, race
from models.countdown import Step
from models.race import Race

on = Feature("carb_days")


@dataclass(frozen=True)
class Plan:
    """A runner chooses on how many days to load up for a race; 0: not for this one."""

    race: int
    days: int


@dataclass(frozen=True)
class Breakfast:
    """A runner says on race morning whether breakfast went down."""

    race: int
    eaten: bool


@dataclass(frozen=True)
class Understood:
    """A runner has read a reminder that wants nothing more of them."""

    race: int


@on.clock("race.carbs", topic=mute.CARBS)
def remind(turn: Turn, occurrence: Occurrence) -> Answer:
    """Say what this step of the countdown is about, unless the runner loads up otherwise."""
    found, step = race.by_id(turn.db, occurrence.subject), countdown.step(occurrence.label)
    if found is None or step is None or found.revision != occurrence.revision:
        return None
    if carb.leaves_out(turn.db, turn.person, found.key) and step.days > 0:
        return None
    aim = carbs.aim(turn)
    if isinstance(aim, Missing):
        return _in_words(turn, found, step, aim)
    if step.days > aim.days and step.id != SHOPPING:
        return None
    return STEPS[step.id](turn, found, aim)


@on.button(Plan)
def plan(turn: Turn, tapped: Plan) -> Answer:
    """Keep on how many days to load up, and let the later reminders follow."""
    missing, runner = carbs.body(turn), carbs.runner(turn)
    if isinstance(missing, Missing):
        return carb_card.missing(turn, missing)
    if runner is None or runner.race.key != tapped.race or tapped.days not in (0, 1, 2):
        return Text(turn.say("old_race"))
    row = carb.CarbWish(person_id=turn.person.key, at=turn.at, days=tapped.days)
    row.race_id = tapped.race
    carb.keep_wish(turn.db, turn.person, row)
    said = Text(turn.say(f"plan_{tapped.days}"))
    aim = carbs.aim(turn)
    if tapped.days == 0 or isinstance(aim, Missing):
        return said
    rows = [*carb_menu.shopping(turn, aim), carb_menu.source(turn)]
    return [said, card(turn.say("shopping_title"), rows, kicker=turn.say("kicker"))]


@on.button(Breakfast)
def breakfast(turn: Turn, tapped: Breakfast) -> Answer:
    """Take it kindly, and help whom nerves keep from eating."""
    return Text(turn.say("breakfast_eaten" if tapped.eaten else "breakfast_hard"))


@on.button(Understood)
def understood(turn: Turn, _tapped: Understood) -> Answer:
    """Take the tap."""
    return Text(turn.say("understood"))


def _in_words(turn: Turn, found: Race, step: Step, missing: Missing) -> Message | None:
    """Say the step without a number: once for whom a doctor guides, else on three of the days."""
    if step.id not in (SHOPPING, "carb_d1_morning", "carb_d0"):
        return None
    if missing is Missing.DOCTOR and step.id != SHOPPING:
        return None
    said = carb_card.missing(turn, missing).text
    lead = [] if missing is Missing.DOCTOR else [Note(turn.say(f"words_{step.days}"), strong=True)]
    taps = [turn.button("understood_label", Understood(found.key))]
    quick = hydration_words.mend(turn, missing)
    title = step.title(turn.language)
    return card(title, [*lead, Note(said)], taps, kicker=turn.say("kicker"), quick=quick)


def _shopping(turn: Turn, found: Race, aim: Aim) -> Message:
    days = carbs.loading_days(found, aim.days)
    lead = Note(turn.say("shopping", first=days[0], low=aim.low, n=aim.days), strong=True)
    parts: list[Part] = [lead, *carb_menu.shopping(turn, aim), Note(turn.say("leave_out"))]
    taps = [turn.button(f"plan_label_{n}", Plan(found.key, n)) for n in (2, 1, 0)]
    parts.append(carb_menu.source(turn))
    filled = {0 if aim.days == 2 else 1}
    title = turn.say("shopping_title")
    return card(title, parts, taps, kicker=turn.say("kicker"), filled=filled)


def _morning(turn: Turn, found: Race, aim: Aim) -> Message:
    day = _day(turn, found)
    nth = turn.say("only_day") if aim.days == 1 else turn.say(f"day_{(found.day - day).days}")
    lead = turn.say("morning", nth=nth, low=aim.low, high=aim.high)
    return carb_card.day_card(turn, aim, day, [Note(lead, strong=True), Note(turn.say("start"))])


def _evening(turn: Turn, found: Race, aim: Aim) -> Message:
    day = _day(turn, found)
    eaten = carb.eaten_g(turn.db, turn.person, day)
    key = "evening" if eaten else "evening_unnoted"
    return carb_card.day_card(turn, aim, day, [Note(turn.say(key, grams=eaten), strong=True)])


def _breakfast(turn: Turn, found: Race, aim: Aim) -> Message:
    parts = carb_menu.breakfast(turn, aim.kg, aim.assumed)
    taps = [
        turn.button("ate_label", Breakfast(found.key, True)),
        turn.button("hard_label", Breakfast(found.key, False)),
    ]
    return card(turn.say("breakfast_title"), parts, taps, kicker=turn.say("kicker"))


def _day(turn: Turn, found: Race) -> date:
    """Return the day of loading it is: never race day itself."""
    return min(carbs.day(turn), found.day - timedelta(days=1))


SHOPPING = "carb_d3"
STEPS: dict[str, Callable[[Turn, Race, Aim], Message]] = {
    SHOPPING: _shopping,
    "carb_d2_morning": _morning,
    "carb_d2_evening": _evening,
    "carb_d1_morning": _morning,
    "carb_d1_evening": _evening,
    "carb_d0": _breakfast,
}
