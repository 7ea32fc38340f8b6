"""Binding a LINE group to a class by a coach's one-time word, and coming and going."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from bot import buttons
from bot.cards import card
from bot.messages import Postback, Text
from bot.router import Feature
from bot.turn import Answer, Turn
from models import class_group, code, policy, record, school
from models.code import BIND, Code
from models.rules.reading import word_key
from models.school import SchoolClass

on = Feature("binding")
LIFE = timedelta(hours=24)
SHAPE = re.compile(r"(?=.*[0-9])(?=.*[a-z])[a-z2-9]{4}[- ]?[a-z2-9]{4}")


@dataclass(frozen=True)
class OfClass:
    """The class whose group is to be bound."""

    class_id: int


@on.event("join")
def joined(turn: Turn) -> Answer:
    """Say who has come into the group, and ask for its coach."""
    row = class_group.set_present(turn.db, turn.chat.id, True, turn.at)
    if row.present and row.class_id:
        return Text(turn.say("back", class_name=_class(turn, row.class_id).name(turn.language)))
    return Text("\n\n".join(turn.say_in(language, "hello") for language in ("ja", "en")))


@on.event("leave")
def left(turn: Turn) -> None:
    """Note that the bot is out of the group; the binding waits for its return."""
    class_group.set_present(turn.db, turn.chat.id, False, turn.at)


@on.word
def connect(turn: Turn) -> Answer:
    """Give a coach the word that binds a group."""
    led = school.coached_by(turn.db, turn.person) or school.classes(turn.db)
    if len(led) == 1:
        return _word(turn, led[0])
    choices = [Postback(c.name(turn.language), buttons.pack(OfClass(c.key))) for c in led]
    return card(turn.say("which_class"), [], choices, filled=())


@on.button(OfClass)
def of_class(turn: Turn, tap: OfClass) -> Answer:
    """Give the word of the class chosen."""
    if not policy.leads(turn.db, turn.person, tap.class_id):
        return Text(turn.say("not_yours"))
    return _word(turn, _class(turn, tap.class_id))


@on.word
def disconnect(turn: Turn) -> Answer:
    """Let go of the group this is said in."""
    if turn.chat.is_direct:
        return Text(turn.say("in_group"))
    row = class_group.group(turn.db, turn.chat.id)
    if row is None or row.class_id is None:
        return Text(turn.say("not_bound"))
    if not policy.leads(turn.db, turn.person, row.class_id):
        return Text(turn.say("not_yours"))
    name = _class(turn, row.class_id).name(turn.language)
    _bind(turn, None, "group.unbound", row.class_id)
    return Text(turn.say("unbound", class_name=name))


@on.event("group.text")
def overheard(turn: Turn) -> Answer:
    """Take a word said in a group, with or without the bot's name before it, from staff only."""
    if not SHAPE.fullmatch(word_key(turn.text)) or not _is_staff(turn):
        return None
    if code.is_locked(turn.db, turn.line_id or "", turn.now):
        return Text(turn.say("locked"))
    row = code.find(turn.db, turn.text, (BIND,), turn.now)
    if row is None or row.class_id is None:
        code.note_failure(turn.db, turn.line_id or "", turn.now)
        return Text(turn.say("wrong"))
    return _use(turn, row, row.class_id)


def _use(turn: Turn, row: Code, class_id: int) -> Answer:
    if not policy.leads(turn.db, turn.person, class_id):
        return Text(turn.say("not_yours"))
    bound = class_group.group(turn.db, turn.chat.id)
    if bound and bound.class_id:
        held = _class(turn, bound.class_id)
        key = "bound_already" if held.key == class_id else "other_class"
        return Text(turn.say(key, class_name=held.name(held.language)))
    if not code.spend(turn.db, row, turn.now):
        return Text(turn.say("wrong"))
    _bind(turn, class_id, "group.bound", class_id)
    return Text(_greeting(turn, _class(turn, class_id)))


def _greeting(turn: Turn, class_: SchoolClass) -> str:
    """Say in the class's language what the group gets from now on."""
    weekday = turn.texts.lists["weekdays"][class_.language][class_.notice_weekday]
    known = {"weekday": weekday, "hour": class_.notice_time}
    return turn.say_in(class_.language, "bound", class_name=class_.name(class_.language), **known)


def _word(turn: Turn, class_: SchoolClass) -> Answer:
    row = Code(hash="", kind=BIND, class_id=class_.key, single=True, expires_at=turn.now + LIFE)
    made = code.issue(turn.db, row)
    name = class_.name(turn.language)
    said = [turn.say("word", class_name=name)]
    if class_group.group_of(turn.db, class_.key):
        said.append(turn.say("has_group", class_name=name))
    return [Text("\n".join(said)), Text(turn.say("line", code=f"{made[:4]}-{made[4:]}"))]


def _bind(turn: Turn, class_id: int | None, deed: str, about: int) -> None:
    class_group.bind(turn.db, turn.chat.id, class_id, turn.person.key, turn.at)
    row = record.Audit(at=turn.now, person_id=turn.person.key, deed=deed, subject=f"class:{about}")
    record.audit(turn.db, row)


def _is_staff(turn: Turn) -> bool:
    return bool(policy.roles_of(turn.db, turn.member) & policy.WHO["staff"])


def _class(turn: Turn, class_id: int) -> SchoolClass:
    return school.class_by_id(turn.db, class_id)
