"""Menus in words: a sample day for an aim, and the breakfast before the race."""

from __future__ import annotations

from bot import carb_card, carbs, race_words
from bot.carbs import Aim
from bot.cards import Note, Part, Row, Small
from bot.turn import Turn
from models.rules import carbs as rules


def sample_day(turn: Turn, aim: Aim) -> list[Part]:
    """Return a day of meals for an aim, a row each, with its sum and its fibre."""
    chosen = carbs.sample_day(aim)
    rows: list[Part] = [
        Row(carb_card.meal_name(turn, index), carb_card.portions(turn, meal))
        for index, meal in enumerate(chosen)
        if meal
    ]
    whole = [one for meal in chosen for one in meal]
    total = _say(turn, "day_sum", grams=carbs.grams(whole), fibre=carbs.fibre(whole))
    return [*rows, Row(_say(turn, "day_label"), total)]


def breakfast(turn: Turn, kg: float, assumed: bool) -> list[Part]:
    """Return the breakfast on race morning: by when, how much, and what for example."""
    low, high = rules.breakfast(kg)
    chosen = carbs.breakfast(kg)
    runner = carbs.runner(turn)
    parts: list[Part] = []
    if runner:
        at = race_words.local_time(turn, runner, "breakfast_at")
        parts.append(Row(_say(turn, "by_label"), _say(turn, "by", at=at)))
    grams = _say(turn, "breakfast_grams", low=low, high=high)
    what = carb_card.portions(turn, chosen)
    example = _say(turn, "suggested", foods=what, grams=carbs.grams(chosen))
    parts += [
        Row(_say(turn, "breakfast_label"), grams),
        Row(_say(turn, "example_label"), example),
        Note(_say(turn, "before_start")),
    ]
    if assumed:
        parts.append(Note(_say(turn, "assumed", kg=kg)))
    return [*parts, source(turn)]


def shopping(turn: Turn, aim: Aim) -> list[Part]:
    """Return what to have at home for the days of an aim and the morning of the race."""
    days = [one for meal in carbs.sample_day(aim) for one in meal] * aim.days
    morning = carbs.breakfast(aim.kg)
    return [
        Row(_say(turn, "shopping_label", days=aim.days), carb_card.portions(turn, tuple(days))),
        Row(_say(turn, "morning_label"), carb_card.portions(turn, morning)),
    ]


def source(turn: Turn) -> Small:
    """Return where the grams come from."""
    return Small(_say(turn, "source"))


def _say(turn: Turn, key: str, **values: object) -> str:
    return turn.speaking_as(carb_card.FEATURE).say(key, **values)
