"""What a person left out, in words: for the settings and for the feature that changes it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.turn import Turn
from models import mute

WORDS = "mute"


def names(turn: Turn, topics: Iterable[str]) -> str:
    """Return topics by name, in the order in which they are always listed."""
    turn, wanted = turn.speaking_as(WORDS), set(topics)
    said = [turn.say(f"name_{topic}") for topic in mute.TOPICS if topic in wanted]
    return turn.listed(said)
