"""What a result is called, and what it predicts: for those who tell it and those who show it."""

from __future__ import annotations

from bot.turn import Turn
from models.rules import pace
from models.rules.pace import HALF_KM, MARATHON_KM, Prediction
from models.rules.result import clock

WORDS = "results"
EXAMPLE_PACE_S = 330  # the example of a time has to be one that somebody runs


def distance(turn: Turn, km: float) -> str:
    """Return a distance as runners name it."""
    say = turn.speaking_as(WORDS).say
    named = {HALF_KM: "half", MARATHON_KM: "full"}.get(km)
    return say(named) if named else say("km", km=f"{km:g}")


def facts(turn: Turn, km: float) -> dict[str, str]:
    """Return what a question about a time needs: the distance, and a time as an example."""
    return {"distance": distance(turn, km), "example": clock(int(km * EXAMPLE_PACE_S))}


def predicted(km: float, seconds: int) -> Prediction | None:
    """Return what a result predicts for the marathon; None for distances that predict nothing."""
    return pace.predict(km, seconds) if km in (10.0, HALF_KM) else None
