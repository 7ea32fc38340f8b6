"""The correction: one card to a class whose session was moved, cancelled or put back."""

from __future__ import annotations

from bot import session_card
from bot.cards import Note, Part, Row
from bot.router import Feature
from bot.turn import Answer, Occurrence, Turn
from models import session
from models.session import TrainingSession

on = Feature("corrections")


@on.clock("session.changed", at_night=True)
def correct(turn: Turn, occurrence: Occurrence) -> Answer:
    """Say once what changed; a plan that is again the one the class knows needs no word."""
    found = session.by_id(turn.db, occurrence.subject)
    if found is None or found.revision != occurrence.revision:
        return None
    if not session.tell_change(turn.db, found):
        return None
    return session_card.notice_card(turn, found, _what_changed(turn, found))


def _what_changed(turn: Turn, found: TrainingSession) -> list[Part]:
    if found.cancelled:
        return []
    moved = found.was_at != found.starts_at
    key = "restored" if found.was_cancelled else "moved" if moved else "place"
    return [Note(turn.say(key), strong=True), *_before(turn, found)]


def _before(turn: Turn, found: TrainingSession) -> list[Part]:
    """Return what was planned before, unless that was to stay at home."""
    if found.was_cancelled or found.was_at is None:
        return []
    same_place = found.was_place_ja == found.place_ja
    place = found.place(turn.language) if same_place else found.was_place_ja
    said = turn.say("before_span", start=found.was_at, place=place)
    return [Row(turn.say("before"), said)]
