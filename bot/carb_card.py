"""The day's card of carbohydrate: how far it is filled, and what this meal still lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot import buttons, carbs, hydration_words
from bot.carbs import Aim
from bot.cards import Bar, Line, Note, Part, Row, Small, card
from bot.hydration import Missing
from bot.messages import Flex, Postback, Say, Text
from bot.turn import Turn
from models import carb, foods
from models.rules.food_reading import CARBS, Bite
from models.rules.meals import Portions

FEATURE = "carb_card"
USUAL = ("rice_ball", "banana", "udon", "mochi", "castella", "sports_drink")
OFFERED = 6


@dataclass(frozen=True)
class Ate:
    """A member ate a portion of a food on the day of the card."""

    food: str
    day: date


@dataclass(frozen=True)
class TakeBack:
    """A member takes back what was told under a number."""

    number: int


def missing(turn: Turn, what: Missing) -> Text:
    """Say how to eat without a number, and why there is none."""
    key = "doctor" if what is Missing.DOCTOR else f"without_{what}"
    lines = [] if what is Missing.DOCTOR else [_say(turn, "general")]
    return Text("\n".join([*lines, _say(turn, key)]), hydration_words.mend(turn, what))


def day_card(turn: Turn, aim: Aim, day: date, lead: Sequence[Part] = ()) -> Flex:
    """Return the card of a day: the bar, the meal of this hour, and a tap for each usual food."""
    told = carb.of_day(turn.db, turn.person, day)
    total = sum(row.grams for row in told)
    label = _say(turn, "bar", eaten=total, target=aim.low)
    bites = [Bite(*bite[:3]) for row in told for bite in row.eaten or []]
    parts: list[Part] = [*lead, Bar(label, total / aim.low)]
    if bites:
        parts.append(Row(_say(turn, "eaten_label"), describe(turn, bites)))
    parts += [*_advice(turn, aim, day, total), *around(turn, aim, day)]
    number = told[-1].id if told else None
    title = _say(turn, "title", day=day)
    taps = _taps(turn, aim, day, total, number)
    return card(title, parts, taps, kicker=_say(turn, "kicker"), filled=())


def around(turn: Turn, aim: Aim, day: date) -> list[Part]:
    """Say what the aim rests on, and on which days it holds."""
    runner = carbs.runner(turn)
    loading = runner is not None and day in carbs.loading_days(runner.race, aim.days)
    parts: list[Part] = []
    if not loading:
        parts.append(Note(_say(turn, "no_loading_day")))
    if aim.assumed:
        parts.append(Note(_say(turn, "assumed", kg=aim.kg)))
    return [*parts, Small(_say(turn, "source"))]


def describe(turn: Turn, bites: Iterable[Bite]) -> str:
    """Return what was eaten in words, each food once."""
    summed: Counter[tuple[str, bool]] = Counter()
    for bite in bites:
        summed[bite.food, bite.is_weight] += bite.amount  # type: ignore[assignment]
    said = [_one(turn, food, amount, weight) for (food, weight), amount in summed.items()]
    return ("、" if turn.language == "ja" else ", ").join(said)


def portions(turn: Turn, chosen: Portions) -> str:
    """Return portions of foods in words."""
    return describe(turn, [Bite(food, count) for food, count in chosen])


def meal_name(turn: Turn, index: int) -> str:
    """Return what the meal at this place of the day is called."""
    return _say(turn, f"meal_{foods.load().meals()[index].id}")


def _one(turn: Turn, food: str, amount: float, is_weight: bool) -> str:
    known = foods.load().by_id(food)
    if known is None:
        return _say(turn, "pure", grams=amount) if food == CARBS else food
    if is_weight:
        return _say(turn, "weighed", food=known.name(turn.language), grams=amount)
    return known.words(turn.language, amount)


def _advice(turn: Turn, aim: Aim, day: date, total: float) -> list[Part]:
    """Say what is still missing, or that it is enough."""
    if total > aim.ceiling:
        return [Note(_say(turn, "enough"), strong=True)]
    if total >= aim.low:
        return [Note(_say(turn, "reached"), strong=True)]
    if day != carbs.day(turn):
        return []
    index, chosen = carbs.next_meal(turn, aim, total)
    last = index == len(foods.load().meals()) - 1
    rest = aim.low - total - carbs.grams(chosen)
    parts: list[Part] = []
    if chosen:
        grams, what = carbs.grams(chosen), portions(turn, chosen)
        said = _say(turn, "suggested", foods=what, grams=grams)
        parts.append(Row(meal_name(turn, index), said))
    if last and rest > 0.1 * aim.low:
        parts.append(Note(_say(turn, "no_need")))
    return parts


def _taps(turn: Turn, aim: Aim, day: date, total: float, number: int | None) -> list[Line]:
    """Return the foods of this hour to tap, two a line, and the way back."""
    lines: list[Line] = []
    if total <= aim.ceiling:
        taps = [_tap(turn, food, day) for food in _usual_now(turn)]
        lines = [(taps[i], taps[i + 1]) for i in range(0, OFFERED, 2)]
    more = Say(_say(turn, "other_label"), _say(turn, "other_word"))
    if number is None:
        return [*lines, more]
    own = turn.speaking_as(FEATURE)
    return [*lines, (more, own.button("take_back_label", TakeBack(number)))]


def _tap(turn: Turn, food: foods.Food, day: date) -> Postback:
    label = _say(turn, "tap", food=food.words(turn.language, 1), grams=food.portion_g)
    return Postback(label, buttons.pack(Ate(food.id, day)))


def _usual_now(turn: Turn) -> list[foods.Food]:
    """Return six foods for the meal of this hour."""
    table = foods.load()
    meal = table.meals()[table.meal_at(turn.local(turn.at).time())]
    names = [offer.food for offer in (*meal.main, *meal.more)]
    found = [table.by_id(name) for name in dict.fromkeys([*names, *USUAL])]
    return [food for food in found if food][:OFFERED]


def _say(turn: Turn, key: str, **values: object) -> str:
    return turn.speaking_as(FEATURE).say(key, **values)
