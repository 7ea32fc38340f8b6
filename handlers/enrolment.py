"""Enrolment: from the terms and a class code to a place in the class."""

from __future__ import annotations

from bot import enrolling, invitations
from bot.messages import Say, Text
from bot.questions import Choice, ClassCode
from bot.router import Feature
from bot.turn import Answer, Ask, Tell, Turn
from models import code, enrolment, health, school
from models.code import Code
from models.invitation import STAFF
from models.school import SchoolClass

on = Feature("enrolment")

KINDS = (school.MEMBER, *STAFF)


@on.word
def enrol(turn: Turn) -> Answer:
    """Go on with what is missing."""
    return enrolling.next_step(turn)


@on.answer("terms", Choice("terms", "yes", "no"))
def terms(turn: Turn, agreed: str) -> Answer:
    """Take the consent, then the code that was typed before it."""
    if agreed == "no":
        return Text(turn.say("not_now"), (Say(turn.texts.first_word("enrol", turn.language)),))
    health.consent(turn.db, turn.person, health.TERMS, turn.now)
    typed = turn.memo.get("code", "")
    return _try(turn, typed) if typed else enrolling.next_step(turn)


@on.phrase
def paste(turn: Turn, class_code: str = "", typed_code: str = "") -> Answer:
    """Take a code as it was pasted, or typed by the QR code."""
    return _try(turn, class_code or typed_code)


@on.answer("code", ClassCode())
def given(turn: Turn, typed: str) -> Answer:
    """Take the code that was asked for."""
    return _try(turn, typed)


@on.answer("move", Choice("move", "yes", "no"))
def move(turn: Turn, answer: str) -> Answer:
    """Change the class, or stay."""
    if answer == "no":
        return Text(turn.say("stays"))
    return _join(turn, school.class_by_id(turn.db, turn.memo["class"]))


@on.word
def no_code(turn: Turn) -> Answer:
    """Say where a code is found, and offer to ask the office."""
    return Text(turn.say("no_code"), (Say(turn.texts.first_word("ask_office", turn.language)),))


@on.word
def ask_office(turn: Turn) -> Answer:
    """Tell the office that someone needs a code."""
    return [Text(turn.say("office_asked")), *_tell_office(turn, "needs_code", "")]


def _try(turn: Turn, typed: str) -> Answer:
    if not health.has_consent(turn.db, turn.person, health.TERMS):
        return enrolling.ask_terms(turn, typed)
    if code.is_locked(turn.db, turn.person.line_id, turn.now):
        return Text(turn.say("locked"), _ask_office(turn))
    row = code.find(turn.db, typed, KINDS, turn.now)
    if row is None:
        return _wrong(turn)
    return _class_code(turn, row) if row.kind == school.MEMBER else invitations.invited(turn, row)


def _wrong(turn: Turn) -> Answer:
    code.note_failure(turn.db, turn.person.line_id, turn.now)
    left = code.tries_left(turn.db, turn.person.line_id, turn.now)
    if not left:
        return Text(turn.say("locked"), _ask_office(turn))
    return enrolling.ask_code(turn, "code_wrong", left=left)


def _class_code(turn: Turn, row: Code) -> Answer:
    class_ = school.class_by_id(turn.db, row.class_id or 0)
    now_in = school.class_of(turn.db, turn.person)
    if now_in and now_in.key == class_.key:
        return enrolling.next_step(turn)
    if now_in and now_in.term_id == class_.term_id:
        return _ask_move(turn, now_in, class_)
    return _join(turn, class_)


def _ask_move(turn: Turn, now_in: SchoolClass, to: SchoolClass) -> Ask:
    names = {"old": now_in.name(turn.language), "new": to.name(turn.language)}
    taps = tuple(Say(turn.texts.lists[f"move_{a}"][turn.language][0]) for a in ("yes", "no"))
    return Ask("enrolment.move", [Text(turn.say("move", **names), taps)], {"class": to.key})


def _join(turn: Turn, class_: SchoolClass) -> Answer:
    if enrolment.join(turn.db, turn.person, class_, turn.now):
        return enrolling.next_step(turn)
    full = Text(turn.say("full", class_name=class_.name(turn.language)))
    return [full, *_tell_office(turn, "is_full", class_.code)]


def _tell_office(turn: Turn, key: str, about: str) -> list[Tell]:
    """Tell the office once a day about this person and this."""
    name = turn.person.name or "LINE"
    once = f"{key}:{about}:{turn.person.key}:{turn.today}"
    return turn.tell_each(
        school.office(turn.db), lambda t: [Text(t.say(key, name=name, about=about))], key=once
    )


def _ask_office(turn: Turn) -> tuple[Say, ...]:
    return (Say(turn.texts.first_word("ask_office", turn.language)),)
