"""What a send costs, in words: the same in every preview and every refusal."""

from __future__ import annotations

from bot.turn import Turn
from models.quota import Allowed, Refused


def cost(turn: Turn, verdict: Allowed | Refused, people: int) -> str:
    """Say how many people it reaches, what it costs, what is left and what race week needs."""
    said, month = turn.speaking_as("quota"), verdict.month
    known = {"people": people, "cost": verdict.cost}
    if month.left is None:
        lines = [said.say("cost_unlimited", used=month.used, **known)]
    else:
        lines = [said.say("cost", left=month.left, reserve=month.reserve, **known)]
    if month.race_week:
        lines.append(said.say("cost_race_week", race_week=month.race_week))
    return "\n".join(lines)


def refusal(turn: Turn, verdict: Refused) -> str:
    """Say why it cannot be sent, with the numbers."""
    month = verdict.month
    return turn.speaking_as("quota").say(
        "refused",
        cost=verdict.cost,
        free=month.free,
        left=month.left,
        waiting=month.waiting,
        reserve=month.reserve,
    )
