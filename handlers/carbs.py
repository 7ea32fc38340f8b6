"""Carb loading: how many grams for whom, on one day or two, as Japanese foods."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot import carb_card, carb_menu, carbs
from bot.carbs import Aim
from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Message, Say, Text
from bot.questions import Number
from bot.turn import Answer, Ask, Turn
from models import carb, health
from models.rules import carbs as rules
from models.rules.hydration import BODY_LIMITS_KG
from models.rules.reading import word_key

on = Feature("carbs")


@dataclass(frozen=True)
class LoadFor:
    """A member chooses on how many days to load up."""

    days: int


class WeightOrNot:
    """A weight in kg, or a word for keeping it to oneself."""

    open_ended = False
    number = Number(*BODY_LIMITS_KG)

    def read(self, turn: Turn) -> Decimal | str | None:
        """Read the weight, or that it is not told."""
        words = turn.texts.lists["keep_it"].values()
        if word_key(turn.text) in {word_key(word) for each in words for word in each}:
            return "no"
        return self.number.read(turn)

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return the tap that does without."""
        return (Say(turn.texts.lists["keep_it"][turn.language][0]),)


WEIGHT = WeightOrNot()


@on.word
@on.phrase
def advice(turn: Turn) -> Answer:
    """Say how to load up; the weight is asked for once, and need not be told."""
    aim = carbs.aim(turn)
    if isinstance(aim, Missing):
        return carb_card.missing(turn, aim)
    chosen = carb.wish(turn.db, turn.person)
    if aim.assumed and not (chosen and chosen.weight_asked):
        _keep(turn, asked=True)
        asked = Text(turn.say("ask_weight", kg=carbs.DEFAULT_KG), WEIGHT.offers(turn))
        return Ask("carbs.weight", [asked])
    return _cards(turn, aim)


@on.answer("weight", WEIGHT)
def weight(turn: Turn, told: Decimal | str) -> Answer:
    """Keep the weight if it was told, and go on either way."""
    if isinstance(told, Decimal) and health.has_consent(turn.db, turn.person, health.HEALTH):
        row = health.BodyWeight(person_id=turn.person.key, at=turn.at)
        row.message_id, row.kg = turn.message_id, round(float(told), 1)
        health.keep(turn.db, turn.person, row)
    aim = carbs.aim(turn)
    return carb_card.missing(turn, aim) if isinstance(aim, Missing) else _cards(turn, aim)


@on.word
def two_days(turn: Turn) -> Answer:
    """Load up on the two days before."""
    return _choose(turn, 2)


@on.word
def one_day(turn: Turn) -> Answer:
    """Load up on the day before only."""
    return _choose(turn, 1)


@on.button(LoadFor)
def load_for(turn: Turn, tapped: LoadFor) -> Answer:
    """Take the choice."""
    return _choose(turn, 1 if tapped.days == 1 else 2)


@on.word
def sample(turn: Turn) -> Answer:
    """Show a sample day."""
    aim = carbs.aim(turn)
    return carb_card.missing(turn, aim) if isinstance(aim, Missing) else _sample(turn, aim)


def _choose(turn: Turn, days: int) -> Answer:
    missing = carbs.body(turn)
    if isinstance(missing, Missing):
        return carb_card.missing(turn, missing)
    _keep(turn, days)
    aim = carbs.aim(turn)
    assert isinstance(aim, Aim)
    return [Text(turn.say(f"chosen_{days}")), *_cards(turn, aim)]


def _keep(turn: Turn, days: int | None = None, *, asked: bool = False) -> None:
    """Keep a choice; without a message, for taking back a word does not take back a choice."""
    row = carb.CarbWish(person_id=turn.person.key, at=turn.at, days=days, weight_asked=asked)
    carb.keep_wish(turn.db, turn.person, row)


def _cards(turn: Turn, aim: Aim) -> list[Message]:
    return [_overview(turn, aim), _sample(turn, aim)]


def _overview(turn: Turn, aim: Aim) -> Message:
    """Return the grams and the days, the breakfast, and the cautions."""
    low, high = rules.breakfast(aim.kg)
    morning = carb_card.portions(turn, carbs.breakfast(aim.kg))
    parts: list[Part | None] = [
        *_when(turn, aim),
        Row(turn.say("weight_label"), _times(turn, aim)),
        Row(turn.say("race_morning"), turn.say("morning", low=low, high=high, foods=morning)),
        Note(turn.say("assumed", kg=aim.kg)) if aim.assumed else None,
        Note(turn.say("gain")),
        Note(turn.say("cautions")),
        Note(turn.say("fodmap")),
    ]
    taps = [turn.button(f"label_{n}", LoadFor(n)) for n in (2, 1)]
    more = [Say(turn.say(key)) for key in ("log_word", "fuel_word")]
    title = turn.say(f"title_{aim.days}")
    chosen = {0 if aim.days == 2 else 1}
    return card(title, parts, [*taps, tuple(more)], kicker=turn.say("kicker"), filled=chosen)


def _when(turn: Turn, aim: Aim) -> list[Part]:
    """Return the days of loading with the grams of each."""
    runner = carbs.runner(turn)
    grams = turn.say("one" if aim.low == aim.high else "range", low=aim.low, high=aim.high)
    if runner is None:
        return [Row(turn.say("daily"), grams)]
    days = carbs.loading_days(runner.race, aim.days)
    return [Row(turn.when(day, "day"), grams) for day in days]


def _times(turn: Turn, aim: Aim) -> str:
    key = "times_one" if aim.low == aim.high else "times_range"
    return turn.say(key, kg=aim.kg, low=aim.low / aim.kg, high=aim.high / aim.kg)


def _sample(turn: Turn, aim: Aim) -> Message:
    parts = [*carb_menu.sample_day(turn, aim), Note(turn.say("swap")), carb_menu.source(turn)]
    return card(turn.say("sample_title"), parts, kicker=turn.say("kicker"))
