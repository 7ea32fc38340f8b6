"""Whether a turn is the last word about a matter, whatever the order in which LINE delivers."""

from __future__ import annotations

from bot.turn import Turn
from models import last_word


def is_last(turn: Turn, about: str) -> bool:
    """Note that this person spoke about a matter; False when they did so again since."""
    event = str(turn.event.get("webhookEventId") or "")
    return last_word.is_last(turn.db, turn.person, about, turn.at, event)
