"""This week: the next session of my class, with its menu in this class's paces."""

from __future__ import annotations

from bot.messages import Text
from bot.router import Feature
from bot.turn import Answer, Turn
from models import school, session

on = Feature("week")


@on.word
def this_week(turn: Turn) -> Answer:
    """Show the next session."""
    class_ = school.class_of(turn.db, turn.person)
    if class_ is None:
        return Text(turn.say("no_class"))
    found = session.next_of(turn.db, class_.key, turn.now)
    if found is None:
        return Text(turn.say("no_session"))
    return Text(turn.say("when", when=found.starts_at))
