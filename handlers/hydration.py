"""Drinking: how much for this session, and a nudge two hours before it."""

from __future__ import annotations

from dataclasses import dataclass

from bot import hydration, hydration_words
from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.hydration import Ahead, Body
from bot.messages import Button, Say, Text
from bot.turn import Answer, Occurrence, Tell, Turn
from models import attendance, health, school, session
from models.session import TrainingSession

on = Feature("hydration")


@dataclass(frozen=True)
class Drank:
    """A member drank the glass the reminder of a session spoke of."""

    session: int


@dataclass(frozen=True)
class NotNow:
    """A member does not want to drink before a session."""

    session: int


@on.word
def advice(turn: Turn) -> Answer:
    """Say how much to drink at the running or next session."""
    body = hydration.body_of(turn.db, turn.person)
    ahead = hydration.ahead(turn.db, turn.person, turn.now, turn.zone)
    if ahead is None:
        return Text(turn.say("no_session"))
    theme = ahead.lesson.words("theme", turn.language) if ahead.lesson else ""
    menu = turn.say("menu", theme=theme, minutes=ahead.minutes)
    air = hydration_words.air(turn, ahead.celsius, is_normal=ahead.is_normal)
    parts = [Row(turn.say("menu_label"), menu), air, *_amounts(turn, body, ahead)]
    title = turn.say("title", when=ahead.session.starts_at)
    note = Say(turn.say("note_label"), turn.say("note_word"))
    quick = hydration_words.mend(turn, body.missing)
    return card(title, parts, [note], kicker=turn.say("kicker"), quick=quick)


@on.clock("session.drink", topic="practice")
def nudge(turn: Turn, occurrence: Occurrence) -> Answer:
    """Remind whom thirst may not serve and who did not say no, two hours before; ask one tap."""
    found = session.by_id(turn.db, occurrence.subject)
    if found is None or found.cancelled or found.revision != occurrence.revision:
        return None
    rsvp = attendance.rsvp_of(turn.db, found.key, turn.person.key)
    if rsvp is not None and rsvp.answer == attendance.NO:
        return None
    body = hydration.body_of(turn.db, turn.person)
    ahead = hydration.look_at(turn.db, found, turn.zone)
    if not hydration.is_worth_a_reminder(turn.db, body, ahead, turn.zone):
        return None
    lead = turn.say("nudge", start=found.starts_at, minutes=ahead.minutes)
    parts = [Note(lead), *_amounts(turn, body, ahead)]
    shown = card(turn.say("nudge_title"), parts, _taps(turn, body, ahead))
    key = f"session.drink:{found.key}:{found.starts_at:%Y%m%dT%H%M}"  # another place: no new nudge
    return Tell(turn.person, [shown], key=key, subject=found.subject, until=occurrence.until)


@on.button(Drank)
def drank(turn: Turn, tapped: Drank) -> Answer:
    """Note the glass that was drunk at a reminder."""
    found, class_ = session.by_id(turn.db, tapped.session), school.class_of(turn.db, turn.person)
    if found is None or class_ is None or found.class_id != class_.key:
        return Text(turn.say("not_your_session"))
    if turn.at > found.ends_at:
        return Text(turn.say("session_over"))
    body = hydration.body_of(turn.db, turn.person)
    if body.missing:
        return Text(turn.say("good_unnoted"))
    if health.drank_before(turn.db, turn.person, found.key):
        return Text(turn.say("noted_before"))
    return Text(_note(turn, body, found))


@on.button(NotNow)
def not_now(turn: Turn, _tapped: NotNow) -> Answer:
    """Take it kindly that someone does not want to drink."""
    return Text(turn.say("not_now"))


def _note(turn: Turn, body: Body, found: TrainingSession) -> str:
    glass = health.Drink(person_id=turn.person.key, at=turn.at, session_id=found.key)
    glass.ml = hydration.GLASS_ML
    health.keep(turn.db, turn.person, glass)
    plan = hydration.plan(turn.db, body, hydration.look_at(turn.db, found, turn.zone))
    lines = [turn.say("good", ml=glass.ml), *hydration_words.limits(turn, plan)]
    return "\n".join(lines)


def _amounts(turn: Turn, body: Body, ahead: Ahead) -> list[Part]:
    """Return the amounts; someone near the ceiling is told to pause first."""
    said = hydration_words.amounts(turn, body, ahead)
    pause = hydration_words.has_enough(turn, body, ahead)
    return [hydration_words.enough(turn), *said] if pause else said


def _taps(turn: Turn, body: Body, ahead: Ahead) -> list[Button]:
    not_now = NotNow(ahead.session.key)
    if hydration_words.has_enough(turn, body, ahead):
        return [turn.button("understood_label", not_now)]
    label = "drank_label" if body.missing else "drank_glass_label"
    return [
        turn.button(label, Drank(ahead.session.key)),
        turn.button("not_now_label", not_now),
    ]
