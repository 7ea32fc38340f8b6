"""Who looks after a person, and the alarm that calls them without saying what was written."""

from __future__ import annotations

from bot.messages import Text
from bot.turn import Tell, Turn
from models import school
from models.outbox import Priority
from models.person import Person

WORDS = "safety"


def coaches(turn: Turn) -> list[Person]:
    """Return who looks after the person speaking: the class's coaches, else the office."""
    if turn.member is None or not school.roles(turn.db, turn.member):
        return []
    joined = school.class_of(turn.db, turn.member)
    classes = [joined] if joined else school.coached_by(turn.db, turn.member)
    found = [c for class_ in classes for c in school.coaches_of(turn.db, class_.key)]
    others = {one.key: one for one in found if one.key != turn.member.key and one.reachable}
    if others:
        return list(others.values())
    return [o for o in school.office(turn.db) if o.key != turn.member.key and o.reachable]


def alarm(turn: Turn, told: list[Person]) -> list[Tell]:
    """Tell the coaches who needs them, not what was written; once an hour at most."""
    if not told:
        return []
    return turn.speaking_as(WORDS).tell_each(
        told,
        lambda t: [Text(t.say("alarm", name=turn.person.name or t.say("someone"), at=turn.at))],
        priority=Priority.SAFETY,
        key=f"emergency:{turn.person.key}:{turn.local(turn.at):%Y%m%d%H}",
    )
