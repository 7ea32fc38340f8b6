"""The month's messages: how many are used, left and spoken for; and a warning in time."""

from __future__ import annotations

from bot.cards import Bar, Note, Part, Row, Small, card
from bot.feature import Feature
from bot.messages import Flex, Text
from bot.turn import Answer, Occurrence, Tell, Turn
from models import billing, policy, quota
from models.outbox import Priority
from models.policy import Role
from models.quota import Month

on = Feature("quota")


@on.word
def show(turn: Turn) -> Answer:
    """Show the month as it stands."""
    return _card(turn, quota.month(turn.db, turn.now))


@on.clock("quota.warning")
def warn(turn: Turn, occurrence: Occurrence) -> Answer:
    """Tell the office that the month runs low, or that LINE refused what was to be said."""
    if Role.OFFICE not in policy.roles_of(turn.db, turn.person):
        return None
    month = quota.month(turn.db, turn.now)
    if occurrence.label == "spent":
        said = turn.say("spent", n=month.unsent)
    else:
        known = {"most": month.most, "used": month.used, "left": month.left}
        said = turn.say("warning", percent=occurrence.label, reserve=month.reserve, **known)
    # Tried before all else: once the month is spent only a few words may still go through.
    return Tell(turn.person, [Text(said)], Priority.SAFETY, key=occurrence.said_once)


def _card(turn: Turn, month: Month) -> Flex:
    title = turn.say("title", month=turn.now.astimezone(billing.JAPAN).month)
    parts: list[Part | None] = [
        Row(turn.say("plan"), _plan(turn, month)),
        _row(turn, month, "used"),
    ]
    if month.most and month.left is not None:
        parts += [
            Bar(turn.say("bar"), min(1.0, month.used / month.most)),
            _row(turn, month, "left"),
        ]
    parts += [_row(turn, month, name) for name in ("waiting", "forecast", "race_week")]
    if month.most is not None:
        parts += [_row(turn, month, name) for name in ("reserve", "free")]
    if month.unsent:
        parts.append(Row(turn.say("unsent"), turn.say("requests", n=month.unsent)))
    if month.most is not None and month.forecast > month.most:
        parts.append(Note(turn.say("over"), strong=True))
    return card(title, [*parts, Small(turn.say("about"))])


def _plan(turn: Turn, month: Month) -> str:
    if not month.known:
        return turn.say("unknown")
    return turn.say("unlimited") if month.most is None else turn.say("a_month", n=month.most)


def _row(turn: Turn, month: Month, name: str) -> Row:
    return Row(turn.say(name), turn.say("messages", n=getattr(month, name)))
