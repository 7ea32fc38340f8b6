"""What runners type at the steps of a sweat test: weights, times, amounts, pace, air."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answers import forms, millilitres, number
from bot.hydration import LIKELY_KMH
from bot.messages import Say
from bot.questions import Expected, Number
from bot.turn import Turn
from models import foods, sweat
from models.rules.hydration import BODY_LIMITS_KG
from models.rules.hydration_sweat import DRINK_MAX_ML_PER_H
from models.rules.hydration_sweat import HOURS_LIMITS as RUN_HOURS
from models.rules.reading import normalise, word_key

MINUTES_LIMITS = (RUN_HOURS[0] * 60, RUN_HOURS[1] * 60)
MOST_FOOD_G, MOST_URINE_ML = 1500, 3000  # [E] more is a slip of the finger
CELSIUS_LIMITS = (0, 45)
PACE_LIMITS_S = (150, 1200)  # a km
_CLOCK = re.compile(r"([0-5])(?:時間|h|hours?|:)\s*(?:([0-5]?[0-9])(?:分|m|mins?|minutes?)?|(半))?")
_PACE = re.compile(
    r"(?:きろ)?([0-9]{1,2})(?::|分|')\s*([0-5]?[0-9])?(?:秒|\")?\s*(?:/\s*(?:km|きろ))?"
)


@dataclass(frozen=True)
class RunMinutes:
    """How long was run: 75, 「1時間15分」, 1:15, 1.5 h."""

    open_ended: bool = False

    def read(self, turn: Turn) -> float | None:
        """Read it in minutes, within what a test may last."""
        minutes = _minutes(turn)
        return minutes if minutes and MINUTES_LIMITS[0] <= minutes <= MINUTES_LIMITS[1] else None

    def keeps(self, turn: Turn) -> bool:
        """Keep a bare number at the question: four digits are no check-in code here."""
        return number(turn.library, turn.text) is not None

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return the usual lengths."""
        return tuple(Say(turn.say("minutes_label", minutes=m)) for m in (60, 75, 90))


@dataclass(frozen=True)
class Amount:
    """An amount of which there may have been none."""

    name: str
    most: int
    usual: tuple[int, ...]
    unit: str = "mL"
    open_ended: bool = False

    def read(self, turn: Turn) -> float | None:
        """Read the amount; words for nothing are 0."""
        if _says(turn, "none") or _says(turn, f"none_{self.name}"):
            return 0.0
        grams = self.unit == "g"  # two gels are not two grams
        found = (
            number(turn.library, turn.text, "g") if grams else millilitres(turn.library, turn.text)
        )
        return float(found) if found is not None and found <= self.highest(turn) else None

    def keeps(self, turn: Turn) -> bool:
        """Keep a bare number at the question, and food told by the piece where grams are asked."""
        eaten = self.unit == "g" and foods.names().read(normalise(turn.text)) is not None
        return eaten or number(turn.library, turn.text) is not None

    def highest(self, turn: Turn) -> float:
        """Return the most that is believed; for a drink it grows with the time run."""
        if self.name != sweat.DRUNK:
            return self.most
        return DRINK_MAX_ML_PER_H * float(turn.memo.get(sweat.MINUTES, 60)) / 60

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return nothing, and the usual amounts."""
        none = turn.texts.lists[f"none_{self.name}"][turn.language][0]
        return (Say(none), *(Say(f"{one} {self.unit}") for one in self.usual))


@dataclass(frozen=True)
class Air:
    """The air in °C; someone who does not know it gets the month's."""

    open_ended: bool = False

    def read(self, turn: Turn) -> float | None:
        """Read the temperature, or the one that was suggested."""
        if _says(turn, "unknown"):
            return float(turn.memo["usual"])
        value = turn.number(*CELSIUS_LIMITS, "degrees")
        return None if value is None else float(value)

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return a few temperatures, and not knowing."""
        usual = round(float(turn.memo.get("usual", 10)))
        near = [usual + step for step in (-4, 0, 4) if usual + step >= 0]
        unknown = turn.texts.lists["unknown"][turn.language][0]
        return (*(Say(f"{one} °C") for one in near), Say(unknown))


@dataclass(frozen=True)
class Distance:
    """How far was run: km, or a pace such as 5:30."""

    open_ended: bool = False

    def read(self, turn: Turn) -> float | None:
        """Read it in km, at a speed that is running or walking."""
        minutes = float(turn.memo.get(sweat.MINUTES, 60))
        km = _km(turn, minutes)
        likely = km is not None and LIKELY_KMH[0] <= km / minutes * 60 <= LIKELY_KMH[1]
        return km if likely else None

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """A distance is typed, so nothing is offered."""
        return ()


KG = Number(*BODY_LIMITS_KG, unit="kg")
EXPECTED: dict[str, Expected] = {
    sweat.BEFORE: KG,
    sweat.MINUTES: RunMinutes(),
    sweat.DRUNK: Amount(sweat.DRUNK, 10_000, (200, 300, 500, 750)),
    sweat.FOOD: Amount(sweat.FOOD, MOST_FOOD_G, (40, 80), "g"),
    sweat.URINE: Amount(sweat.URINE, MOST_URINE_ML, (150, 300)),
    sweat.AFTER: KG,
    sweat.CELSIUS: Air(),
    sweat.KM: Distance(),
}


def _minutes(turn: Turn) -> float | None:
    if match := _CLOCK.fullmatch(word_key(turn.text)):
        return int(match[1]) * 60 + (30 if match[3] else int(match[2] or 0))
    found = number(turn.library, turn.text, "minutes")
    return None if found is None else float(found)


def _km(turn: Turn, minutes: float) -> float | None:
    if match := _PACE.fullmatch(word_key(turn.text)):
        pace = int(match[1]) * 60 + int(match[2] or 0)
        low, high = PACE_LIMITS_S
        return minutes * 60 / pace if low <= pace <= high else None
    found = number(turn.library, turn.text, "km")
    return float(found) if found else None


def _says(turn: Turn, name: str) -> bool:
    """Whether the text is one of the words of a list, however politely."""
    lists = turn.texts.lists.get(name, {})
    known = {word_key(word) for words in lists.values() for word in words}
    return any(form in known for form in forms(turn.library, turn.text))
