"""A backup was put back: the office hears what is lost and what to look at."""

from __future__ import annotations

from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.turn import Answer, Occurrence, Tell, Turn
from models import policy, restoration
from models.outbox import Priority
from models.policy import Role

on = Feature("restored")
SHOWN = {
    "unsent": ("unsent_",),
    "notices": ("notices_", "due_"),
    "broadcasts": ("broadcasts_",),
    "codes": ("codes_",),
    "requests": ("requests_",),
    "again": ("again_",),
}


@on.clock("restored.news")
def news(turn: Turn, occurrence: Occurrence) -> Answer:
    """Tell somebody of the office."""
    row = restoration.last(turn.db)
    if row is None or Role.OFFICE not in policy.roles_of(turn.db, turn.person):
        return None
    parts: list[Part | None] = [
        Note(turn.say("lost", since=turn.local(row.taken_at), until=turn.local(row.doubt_until)))
    ]
    counts = {name: row.count(*kinds) for name, kinds in SHOWN.items()}
    parts += [Row(turn.say(name), turn.say("n", n=n)) for name, n in counts.items() if n]
    parts.append(Note(turn.say("look"), strong=True))
    said = card(turn.say("title"), parts)
    return Tell(turn.person, [said], Priority.SAFETY, key=occurrence.said_once)
