"""The drinks around a race: before the start, at the stations, after the finish."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import hydration_words
from bot.cards import Note, Part, Row
from bot.hydration import Body
from bot.race_numbers import RaceNumbers
from bot.turn import Turn
from models.rules import hydration as rules
from models.rules.hydration import AFTER_HIGHEST_ML_PER_H, AfterFinish

FEATURE = "race_drinks"
EARLY, LATE = timedelta(hours=4), timedelta(hours=2)  # before the start, domain 1.4
LAST = (timedelta(minutes=20), timedelta(minutes=10))


def before_parts(turn: Turn, numbers: RaceNumbers) -> list[Part]:
    """Return the drinks before the start by the hour; without numbers where none may be given."""
    drinks, start, body = numbers.before(), numbers.first_gun, numbers.body
    if drinks is None:
        assert body.missing
        words = [*hydration_words.general(turn, body.missing), loading(turn, body)]
        return [Note(one) for one in words]
    rows: list[Part] = [Row(_say(turn, "day_before_label"), _say(turn, "day_before"))]
    last = f"{_at(numbers, start - LAST[0])}〜{_at(numbers, start - LAST[1])}"
    rows += [
        Row(_at(numbers, start - EARLY), _say(turn, "early", **_between(drinks.four_hours))),
        Row(_at(numbers, start - LATE), _say(turn, "late", **_between(drinks.two_hours_if_dark))),
        Row(last, _say(turn, "last", **_between(drinks.last_minutes))),
    ]
    supposed = [] if numbers.offset_known else [Note(_say(turn, "by_the_gun"))]
    thirst = Note(hydration_words.thirst(turn), strong=True)
    return [*rows, thirst, Note(loading(turn, body)), *supposed]


def loading(turn: Turn, body: Body) -> str:
    """Say why water loading is no good, and how much more is enough to whom an amount may be told.

    Without consent or screening nobody knows whether a heart or a kidney forbids it.
    """
    most = _say(turn, "day_before_most") if body.may_hear_amounts else ""
    return _say(turn, "no_loading") + most


def after_parts(turn: Turn, pre_kg: float, post_kg: float) -> list[Part]:
    """Return drinking after a run by the scales: floor and ceiling, or why there is no number."""
    after = rules.after_finish(pre_kg, post_kg)
    if after.total_ml is None or after.ml_per_h is None:
        return [Note(_say(turn, "gained"), strong=True)]
    return [*_after_rows(turn, after), Note(_say(turn, "not_to_a_number"), strong=True)]


def _after_rows(turn: Turn, after: AfterFinish) -> list[Part]:
    assert after.total_ml is not None and after.ml_per_h is not None
    low, high = (f"{round(ml) / 1000:.2f}" for ml in after.total_ml)
    slow, fast = (int(round(ml, 3) // 5) * 5 for ml in after.ml_per_h)
    most = int(AFTER_HIGHEST_ML_PER_H)
    return [
        Row(_say(turn, "after_label"), _say(turn, "after_total", low=low, high=high)),
        Row(
            _say(turn, "hourly_label"),
            _say(turn, "after_hourly", low=slow, high=max(slow, fast), most=most),
        ),
    ]


def _at(numbers: RaceNumbers, instant: datetime) -> str:
    return f"{instant.astimezone(numbers.race.tz):%H:%M}"


def _between(ml: tuple[float, float]) -> dict[str, int]:
    return {"low": round(ml[0]), "high": int(ml[1] + 1e-9)}


def _say(turn: Turn, key: str, **values: object) -> str:
    return turn.speaking_as(FEATURE).say(key, **values)
