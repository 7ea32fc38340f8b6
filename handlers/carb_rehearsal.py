"""Rehearsing the race's food: the evening before, and how it went, by one tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot import carb_card, carb_menu, carbs
from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.hydration import Missing
from bot.messages import Text
from bot.turn import Answer, Occurrence, Turn
from models import carb, health, mute, school, session
from models.carb import CarbRehearsal
from models.rules import carbs as rules
from models.session import TrainingSession

on = Feature("carb_rehearsal")
BEFORE = timedelta(hours=3)
OUTCOMES = (carb.TRIED, carb.UPSET, carb.NOT_TRIED)


@dataclass(frozen=True)
class Went:
    """A member says how the rehearsal at a session went."""

    session: int
    outcome: str


@on.clock("session.rehearsal", topic=mute.CARBS)
def remind(turn: Turn, occurrence: Occurrence) -> Answer:
    """Suggest the race's breakfast and gels for tomorrow's session."""
    found = session.by_id(turn.db, occurrence.subject)
    if found is None or found.cancelled or found.revision != occurrence.revision:
        return None
    known = carbs.body(turn)
    if known is Missing.DOCTOR:
        return None
    parts = [Note(_lead(turn, found), strong=True), *_amounts(turn, known), Note(turn.say("how"))]
    taps = [turn.button(f"{outcome}_label", Went(found.key, outcome)) for outcome in OUTCOMES]
    return card(turn.say("title"), parts, taps, kicker=turn.say("kicker"))


@on.button(Went)
def went(turn: Turn, tapped: Went) -> Answer:
    """Keep how it went; the newest tap counts."""
    found, class_ = session.by_id(turn.db, tapped.session), school.class_of(turn.db, turn.person)
    if found is None or class_ is None or found.class_id != class_.key:
        return Text(turn.say("not_yours"))
    if tapped.outcome not in OUTCOMES:
        return Text(turn.say("not_yours"))
    if tapped.outcome != carb.NOT_TRIED and turn.at < found.starts_at:
        return Text(turn.say("not_yet"))
    if health.has_consent(turn.db, turn.person, health.HEALTH):
        row = CarbRehearsal(person_id=turn.person.key, session_id=found.key, at=turn.at)
        row.outcome = tapped.outcome
        health.keep(turn.db, turn.person, row)
    return Text(turn.say(tapped.outcome))


def _lead(turn: Turn, found: TrainingSession) -> str:
    lesson = session.lesson(turn.db, found)
    theme = lesson.words("theme", turn.language) if lesson else turn.say("session")
    by = found.starts_at - BEFORE
    return turn.say("lead", start=found.starts_at, theme=theme, by=by)


def _amounts(turn: Turn, known: tuple[float, bool] | Missing) -> list[Part]:
    """Return the breakfast of the race for this body; words where no number may be told."""
    if isinstance(known, Missing):
        return [Note(turn.say("in_words"))]
    kg, assumed = known
    low, high = rules.breakfast(kg)
    example = carb_card.portions(turn, carbs.breakfast(kg))
    grams = turn.say("grams", low=low, high=high)
    rows: list[Part] = [
        Row(turn.say("meal_label"), grams),
        Row(turn.say("example_label"), example),
        Row(turn.say("gel_label"), turn.say("gel", minute=rules.FIRST_GEL_MIN)),
    ]
    notes = [Note(turn.say("assumed", kg=kg))] if assumed else []
    return [*rows, *notes, carb_menu.source(turn)]
