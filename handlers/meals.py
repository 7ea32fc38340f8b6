"""The food log: what was eaten, typed or tapped, fills the day's card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot import carb_card, carbs, food_words
from bot.carb_card import Ate, TakeBack
from bot.carbs import Aim
from bot.cards import Note
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Say, Text
from bot.turn import Answer, Ask, Turn
from models import carb, foods
from models.rules import food_reading
from models.rules.food_reading import Bite, Eaten

on = Feature("meals")


EATEN = food_words.WhatWasEaten()


@on.word
def ate(turn: Turn) -> Answer:
    """Ask what was eaten."""
    return _ask(turn)


def _ask(turn: Turn) -> Answer:
    aim = carbs.aim(turn)
    if isinstance(aim, Missing):
        return carb_card.missing(turn, aim)
    return Ask("meals.what", [Text(turn.say("ask"), EATEN.offers(turn))])


@on.answer("what", EATEN)
def what(turn: Turn, eaten: Eaten | food_words.Unknown) -> Answer:
    """Note what was asked for."""
    return (
        _unknown(turn, eaten.text) if isinstance(eaten, food_words.Unknown) else _log(turn, eaten)
    )


@on.phrase
def told(turn: Turn, foods: Eaten) -> Answer:
    """Note foods told with an amount or a verb; a bare name may be a question, so it is asked."""
    if foods.told:
        return _log(turn, foods)
    aim = carbs.aim(turn)
    if isinstance(aim, Missing):
        return carb_card.missing(turn, aim)
    said, grams = carb_card.describe(turn, foods.bites), _grams(foods.bites)
    verb = turn.say("ate_word", foods=said)
    return Text(turn.say("did_you", foods=said, grams=grams), (Say(turn.say("log_label"), verb),))


@on.phrase
def ate_something(turn: Turn, text: str) -> Answer:
    """Note what was eaten, or offer what is near when it is not in the table."""
    found = foods.names().read(text)
    if found or not food_reading.bare(text):
        return _log(turn, found) if found else _ask(turn)
    return _unknown(turn, text)


@on.button(Ate)
def tapped(turn: Turn, tap: Ate) -> Answer:
    """Note a portion that was tapped on the card of today or yesterday."""
    today = carbs.day(turn)
    if foods.load().by_id(tap.food) is None or not today - timedelta(1) <= tap.day <= today:
        return Text(turn.say("old_card"), (Say(turn.say("day_word")),))
    return _keep(turn, (Bite(tap.food, 1),), tap.day)


@on.button(TakeBack)
def take_back(turn: Turn, tap: TakeBack) -> Answer:
    """Take back what the card was about."""
    return _take_back(turn, carb.by_id(turn.db, turn.person, tap.number))


@on.word
@on.phrase
def undo(turn: Turn) -> Answer:
    """Take back what was told last, today or yesterday."""
    since = carbs.day(turn) - timedelta(1)
    return _take_back(turn, carb.latest(turn.db, turn.person, since))


@on.word
def day(turn: Turn) -> Answer:
    """Show how far the day is filled, and what the meal of this hour lacks."""
    aim = carbs.aim(turn)
    if isinstance(aim, Missing):
        return carb_card.missing(turn, aim)
    return carb_card.day_card(turn, aim, carbs.day(turn))


def _log(turn: Turn, eaten: Eaten) -> Answer:
    on_day = carbs.day(turn) - timedelta(days=1 if eaten.yesterday else 0)
    return _keep(turn, eaten.bites, on_day)


def _keep(turn: Turn, bites: Sequence[Bite], on_day: date) -> Answer:
    """Note what was eaten, unless it is more than anybody eats at once."""
    aim = carbs.aim(turn)
    if isinstance(aim, Missing):
        return carb_card.missing(turn, aim)
    grams = _grams(bites)
    if grams > carbs.MOST_AT_ONCE_G:
        said = turn.say("too_much", grams=grams, most=carbs.MOST_AT_ONCE_G)
        return Ask("meals.what", [Text(said)])
    row = carb.FoodEaten(person_id=turn.person.key, day=on_day, at=turn.at)
    row.message_id = turn.message_id
    row.eaten = [[b.food, b.amount, b.is_weight, foods.load().carbs(b)] for b in bites]
    carb.note(turn.db, turn.person, row)
    return _card(turn, aim, on_day, "noted", foods=carb_card.describe(turn, bites), grams=grams)


def _take_back(turn: Turn, row: carb.FoodEaten | None) -> Answer:
    aim = carbs.aim(turn)
    if isinstance(aim, Missing):
        return carb_card.missing(turn, aim)
    if row is None:
        return Text(turn.say("nothing_to_undo"))
    bites = [Bite(*bite[:3]) for bite in row.eaten or []]
    said, grams, on_day = carb_card.describe(turn, bites), row.grams, row.day
    carb.take_back(turn.db, row)
    return _card(turn, aim, on_day, "taken_back", foods=said, grams=grams)


def _card(turn: Turn, aim: Aim, on_day: date, key: str, **values: object) -> Answer:
    lead = [Note(turn.say(key, **values), strong=True)]
    return carb_card.day_card(turn, aim, on_day, lead)


def _unknown(turn: Turn, text: str) -> Answer:
    """Say kindly that a food is not in the table, or better left out, and ask on."""
    aim = carbs.aim(turn)
    if isinstance(aim, Missing):
        return carb_card.missing(turn, aim)
    near = food_words.near(text)
    if near and food_words.has_digits(text):
        return Ask("meals.what", [Text(turn.say("what_again"), food_words.words(turn, near))])
    if reason := food_words.left_out(text):
        said = turn.say(f"leave_out_{reason}")
    else:
        said = turn.say("near" if near else "not_in_table", text=text[:40])
    quick = food_words.words(turn, near) if near else EATEN.offers(turn)
    return Ask("meals.what", [Text(said, quick)])


def _grams(bites: Sequence[Bite]) -> float:
    return sum(foods.load().carbs(bite) for bite in bites)
