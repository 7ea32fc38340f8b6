"""Moving, cancelling and putting back a session: choose, say what, confirm."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from bot import change_card, change_draft
from bot.change_card import Chosen, OfClass, Picked, What
from bot.change_draft import Draft
from bot.messages import Text
from bot.moments import Moment
from bot.questions import Choice, FreeText
from bot.router import Feature
from bot.turn import Answer, Ask, Tell, Turn
from models import class_group, policy, record, school, session
from models.rules.reading import word_key
from models.session import TrainingSession

on = Feature("changes")
OFFERED = 3
NEAR = timedelta(days=21)  # as scheduler/session_changes.py: farther ones come with their notice


@on.word
def change(turn: Turn) -> Answer:
    """Ask which session is to change."""
    return _classes(turn, "menu")


@on.word
def call_off(turn: Turn) -> Answer:
    """Ask which session is to be cancelled."""
    return _classes(turn, "off")


@on.button(OfClass)
def of_class(turn: Turn, tap: OfClass) -> Answer:
    """Offer the next sessions of a class."""
    if not policy.leads(turn.db, turn.person, tap.class_id):
        return Text(turn.say("not_yours"))
    return _sessions(turn, tap.class_id, tap.what)


@on.button(Chosen)
def chosen(turn: Turn, tap: Chosen) -> Answer:
    """Go on with what was chosen for a session."""
    found = _ready(turn, tap.session)
    if isinstance(found, Text):
        return found
    if tap.what == "menu":
        return change_card.menu(turn, found)
    draft = change_draft.begin(turn, found)
    if tap.what == "on":
        return _confirm(turn, found, replace(draft, cancelled=False, reason=""))
    return change_card.ask(turn, found, draft, "reason" if tap.what == "off" else tap.what)


@on.button(Picked)
def picked(turn: Turn, tap: Picked) -> Answer:
    """Take a time from the picker."""
    found = _ready(turn, tap.session)
    if isinstance(found, Text):
        return found
    moment = change_draft.picked(turn)
    draft = change_draft.open_draft(turn, found)
    return (
        _timed(turn, found, draft, moment)
        if moment
        else change_card.ask(turn, found, draft, "time")
    )


@on.answer("time", Moment())
def time(turn: Turn, moment: datetime) -> Answer:
    """Take a typed time."""
    draft = Draft(**turn.memo)
    found = _ready(turn, draft.session)
    return found if isinstance(found, Text) else _timed(turn, found, draft, moment)


@on.answer("place", FreeText(80))
def place(turn: Turn, text: str) -> Answer:
    """Take the new place."""
    draft = replace(Draft(**turn.memo), place=" ".join(text.split()))
    found = _ready(turn, draft.session)
    return found if isinstance(found, Text) else _confirm(turn, found, draft)


@on.answer("reason", FreeText(100))
def reason(turn: Turn, text: str) -> Answer:
    """Take why a session is cancelled, if there is a reason to tell."""
    none = {word_key(w) for words in turn.texts.lists["no_reason"].values() for w in words}
    why = "" if word_key(text) in none else " ".join(text.split())
    draft = replace(Draft(**turn.memo), cancelled=True, reason=why)
    found = _ready(turn, draft.session)
    return found if isinstance(found, Text) else _confirm(turn, found, draft)


@on.answer("decision", Choice("decision", "yes", "time", "place"))
def decision(turn: Turn, value: Literal["yes", "time", "place"]) -> Answer:
    """Make the change, or go back to one part of it."""
    draft = Draft(**turn.memo)
    found = _ready(turn, draft.session)
    if isinstance(found, Text):
        return found
    return (
        _make(turn, found, draft) if value == "yes" else change_card.ask(turn, found, draft, value)
    )


def _classes(turn: Turn, what: What) -> Answer:
    led = school.coached_by(turn.db, turn.person) or school.classes(turn.db)
    if len(led) == 1:
        return _sessions(turn, led[0].key, what)
    return change_card.classes(turn, led, what)


def _sessions(turn: Turn, class_id: int, what: What) -> Answer:
    coming = session.upcoming(turn.db, [class_id], turn.now, OFFERED)
    if not coming:
        return Text(turn.say("nothing"))
    return change_card.sessions(turn, coming, what)


def _timed(turn: Turn, found: TrainingSession, draft: Draft, moment: datetime) -> Answer:
    if fault := change_draft.fault(turn, moment):
        again = change_card.ask(turn, found, draft, "time")
        return replace(again, messages=[Text(turn.say(fault, start=moment)), *again.messages])
    return _confirm(turn, found, draft.at_time(moment))


def _confirm(turn: Turn, found: TrainingSession, draft: Draft) -> Answer:
    """Show before and after, and ask for the word that makes it so."""
    if not draft.values(found):
        return Text(turn.say("same"))
    return Ask("changes.decision", [change_card.confirmation(turn, found, draft)], draft.memo)


def _make(turn: Turn, found: TrainingSession, draft: Draft) -> Answer:
    """Change the session as confirmed, unless someone changed it meanwhile."""
    if found.revision != draft.revision:
        place = found.place(turn.language)
        return Text(turn.say("meanwhile", start=found.starts_at, place=place))
    before = found.starts_at
    session.change(turn.db, found, turn.now, **draft.values(found))
    deed = "session.cancelled" if found.cancelled else "session.changed"
    people = len(school.members_of(turn.db, found.class_id))
    row = record.Audit(at=turn.now, person_id=turn.person.key, deed=deed, people=people)
    row.subject = found.subject
    record.audit(turn.db, row)
    return [Text(turn.say(_done(turn, found))), *_tell_others(turn, found, before)]


def _done(turn: Turn, found: TrainingSession) -> str:
    first = min(found.was_at or found.starts_at, found.starts_at)
    if first > turn.now + NEAR:
        return "done_far"
    return "done" if class_group.group_of(turn.db, found.class_id) else "done_no_group"


def _tell_others(turn: Turn, found: TrainingSession, before: datetime) -> list[Tell]:
    """Return word to the class's other coaches."""
    others = [p for p in school.coaches_of(turn.db, found.class_id) if p.key != turn.person.key]
    name = turn.person.name or "?"

    def say(coach: Turn) -> list[Text]:
        if found.cancelled:
            return [Text(coach.say("told_off", name=name, start=before))]
        known = {"before": before, "start": found.starts_at, "place": found.place(coach.language)}
        return [Text(coach.say("told_moved", name=name, **known))]

    return turn.tell_each(others, say, subject=found.subject)


def _ready(turn: Turn, session_id: int) -> TrainingSession | Text:
    """Return a session that may still be changed by this person, or say why not."""
    found = session.by_id(turn.db, session_id)
    if found is None or found.ends_at <= turn.now:
        return Text(turn.say("old"))
    return (
        found if policy.leads(turn.db, turn.person, found.class_id) else Text(turn.say("not_yours"))
    )
