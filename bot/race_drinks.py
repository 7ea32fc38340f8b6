"""The drinks around a race: before the start, at the stations, after the finish."""

from __future__ import annotations

from bot.cards import Note, Part, Row
from bot.turn import Turn
from models.rules import hydration as rules
from models.rules.hydration import AFTER_HIGHEST_ML_PER_H, AfterFinish

FEATURE = "race_drinks"


def after_parts(turn: Turn, pre_kg: float, post_kg: float) -> list[Part]:
    """Return drinking after a run by the scales: floor and ceiling, or why there is no number."""
    after = rules.after_finish(pre_kg, post_kg)
    if after.total_ml is None or after.ml_per_h is None:
        return [Note(_say(turn, "gained"), strong=True)]
    return [*_after_rows(turn, after), Note(_say(turn, "not_to_a_number"), strong=True)]


def _after_rows(turn: Turn, after: AfterFinish) -> list[Part]:
    assert after.total_ml is not None and after.ml_per_h is not None
    low, high = (f"{round(ml) / 1000:.2f}" for ml in after.total_ml)
    slow, fast = (int(ml // 5) * 5 for ml in after.ml_per_h)
    most = int(AFTER_HIGHEST_ML_PER_H)
    return [
        Row(_say(turn, "after_label"), _say(turn, "after_total", low=low, high=high)),
        Row(
            _say(turn, "hourly_label"),
            _say(turn, "after_hourly", low=slow, high=max(slow, fast), most=most),
        ),
    ]


def _say(turn: Turn, key: str, **values: object) -> str:
    return turn.speaking_as(FEATURE).say(key, **values)
