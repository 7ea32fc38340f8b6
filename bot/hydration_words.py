"""The words around every amount to drink: floor and ceiling, thirst first, and what is missing."""

from __future__ import annotations

from bot import hydration
from bot.cards import Note, Part, Row
from bot.hydration import Ahead, Body, Missing
from bot.messages import Say
from bot.turn import Turn
from models.rules.hydration import FluidPlan, FluidWarning

FEATURE = "hydration_words"


def mend(turn: Turn, missing: Missing | None) -> tuple[Say, ...]:
    """Return the tap that gives what is missing, if a tap can."""
    words = turn.library[FEATURE].lists.get(f"mend_{missing}", {})
    return tuple(Say(word) for word in words.get(turn.language, []))


def limits(turn: Turn, plan: FluidPlan | None) -> list[str]:
    """Return floor and ceiling in mL/h and the rule of thirst: they stand by every number."""
    if plan is None or not plan.offered:
        said = _say(turn, "limits_for_all", cap=hydration.ceiling(None))
    else:
        said = _say(turn, "limits", floor=plan.floor, cap=plan.cap)
    return [said, _say(turn, "thirst")]


def amounts(turn: Turn, body: Body, ahead: Ahead) -> list[Part]:
    """Return the numbers for a body at a session, or the general words and what is missing."""
    if body.missing:
        return [Note(words) for words in general(turn, body.missing)]
    plan = hydration.plan(turn.db, body, ahead)
    thirst = Note(_say(turn, "thirst"), strong=True)
    if plan is None:
        return [Note(_say(turn, "by_thirst")), thirst]
    if not plan.offered:
        return [*warnings(turn, plan), thirst]
    return [*numbers(turn, body, plan), *warnings(turn, plan), estimate(turn, body)]


def estimate(turn: Turn, body: Body) -> Note:
    """Return how sure the sweat is: estimated, or measured."""
    return Note(_say(turn, "estimate" if body.factor is None else "measured"))


def numbers(turn: Turn, body: Body, plan: FluidPlan) -> list[Part]:
    """Return aim, floor and ceiling with the rule of thirst."""
    aim = "aim" if body.factor is None else "aim_measured"
    between = _say(turn, "limits_row", floor=plan.floor, cap=plan.cap)
    return [
        Row(_say(turn, "aim_label"), _say(turn, aim, ml=plan.aim)),
        Row(_say(turn, "limits_label"), between),
        Note(_say(turn, "thirst"), strong=True),
    ]


def warnings(turn: Turn, plan: FluidPlan) -> list[Part]:
    """Return what has to be said beside a plan, or instead of it."""
    said = [w for w in FluidWarning if w in plan.warnings]
    if FluidWarning.WITHHELD in said:
        said.remove(FluidWarning.SLOW_DOWN)  # the stronger word holds
    if FluidWarning.REFUSED in said:
        said.remove(FluidWarning.EAH_WARNING)
    return [Note(_say(turn, f"warning_{warning}"), strong=True) for warning in said]


def general(turn: Turn, missing: Missing) -> list[str]:
    """Return drinking in words without numbers, and why there are none."""
    return [_say(turn, "general"), _say(turn, "thirst"), _say(turn, f"missing_{missing}")]


def thirst(turn: Turn) -> str:
    """Return the rule that stands by every number."""
    return _say(turn, "thirst")


def has_enough(turn: Turn, body: Body, ahead: Ahead | None) -> bool:
    """Say whether another glass would take what was noted lately over the ceiling."""
    cap = hydration.ceiling(hydration.plan(turn.db, body, ahead))
    return hydration.drunk(turn)[1] + hydration.GLASS_ML > cap


def enough(turn: Turn) -> Part:
    """Say that no more is needed for now."""
    return Note(_say(turn, "enough"), strong=True)


def air(turn: Turn, celsius: float, *, is_normal: bool) -> Row:
    """Return the temperature, marked where it is only the month's normal one."""
    key = "celsius_normal" if is_normal else "celsius"
    return Row(_say(turn, "air_label"), _say(turn, key, celsius=f"{celsius:.0f}"))


def _say(turn: Turn, key: str, **values: object) -> str:
    return turn.speaking_as(FEATURE).say(key, **values)
