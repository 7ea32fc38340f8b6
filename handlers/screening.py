"""Consent to health data, and the five questions that decide whether numbers are safe to give."""

from __future__ import annotations

from bot import enrolling, last_words
from bot.messages import Say, Text
from bot.questions import Choice
from bot.router import Feature
from bot.turn import Answer, Turn
from models import health, school
from models.health import HEALTH, SCREENING, ScreeningAnswer

on = Feature("screening")


@on.word
def health_check(turn: Turn) -> Answer:
    """Ask what is not answered yet, or say that all is and offer to answer anew."""
    if refused := _not_for(turn):
        return refused
    if not health.has_consent(turn.db, turn.person, HEALTH):
        return enrolling.ask_health(turn)
    if enrolling.unanswered(turn):
        return enrolling.ask_screening(turn)
    free = health.may_have_numbers(turn.db, turn.person)
    return Text(
        turn.say("answered_free" if free else "answered_doctor"),
        (Say(turn.texts.first_word("redo", turn.language)),),
    )


@on.word
def redo(turn: Turn) -> Answer:
    """Ask all five again; each old answer stands until the new one."""
    if refused := _not_for(turn):
        return refused
    if not health.has_consent(turn.db, turn.person, HEALTH):
        return enrolling.ask_health(turn)
    return enrolling.ask_screening(turn, list(SCREENING))


@on.word
def consent_on(turn: Turn) -> Answer:
    """Ask for the consent, unless it was given."""
    if refused := _not_for(turn):
        return refused
    if health.has_consent(turn.db, turn.person, HEALTH):
        return Text(turn.say("consented_already"))
    return enrolling.ask_health(turn)


@on.answer("consent", Choice("consent", "yes", "no"))
def consent(turn: Turn, answer: str) -> Answer:
    """Take the consent, or leave it."""
    if not last_words.is_last(turn, "consent:health"):
        return enrolling.next_step(turn)  # it was taken back, or given, since
    if answer == "yes":
        health.consent(turn.db, turn.person, HEALTH, turn.now)
    elif not health.has_consent(turn.db, turn.person, HEALTH):
        health.decline(turn.db, turn.person, HEALTH, turn.now)
    return enrolling.next_step(turn)


@on.answer("screening", Choice("answer", "yes", "no"))
def screening(turn: Turn, answer: str) -> Answer:
    """Keep one answer and ask the next question."""
    if not health.has_consent(turn.db, turn.person, HEALTH):
        return enrolling.ask_health(turn)
    name, *rest = [n for n in turn.memo["waiting"] if n in SCREENING]
    row = ScreeningAnswer(person_id=turn.person.key, question=name, message_id=turn.message_id)
    row.answer = answer == "yes"
    health.keep(turn.db, turn.person, row)
    return enrolling.ask_screening(turn, rest) if rest else enrolling.next_step(turn)


def _not_for(turn: Turn) -> Text | None:
    member = school.class_of(turn.db, turn.person)
    return None if member else Text(turn.say("members_only"))
