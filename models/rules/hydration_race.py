"""A race too hot or too fast to drink for: the goal that would do."""

from __future__ import annotations

from models.rules.hydration import race_plan

SLOWER_BY_S, SLOWEST_S = 300, 8 * 3600


def slower_goal(
    body_kg: float, goal_seconds: int, temperature_c: float, *, factor: float | None = None
) -> int | None:
    """Return the next slower goal in steps of five minutes whose plan needs no warning, or None."""
    steps = range(goal_seconds + SLOWER_BY_S, SLOWEST_S + 1, SLOWER_BY_S)
    plans = ((goal, race_plan(body_kg, goal, temperature_c, factor=factor)) for goal in steps)
    return next((goal for goal, plan in plans if not plan.warnings), None)
