"""Check-in: the day's code within the session's time, then pain and sleep in one tap each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot import attendance_words, pain_words, sweat_words
from bot.feature import Feature
from bot.messages import Say, Text
from bot.questions import Choice, Number, Scale
from bot.turn import Answer, Ask, Said, Turn
from models import attendance, code, health, school
from models.rules.pain import CAUTION_FROM
from models.school import SchoolClass
from models.session import TrainingSession

on = Feature("checkin")
CODE = Number(1000, 9999)


@dataclass(frozen=True)
class Soreness(Scale):
    """Pain from 0 to 10; four digits are the day's code, sent once more."""

    def keeps(self, turn: Turn) -> bool:
        """Keep a number at the question, but for a code: that they are in is said again."""
        return super().keeps(turn) and CODE.read(turn) is None


PAIN = Soreness()
SLEEP = Choice("sleep", "well", "fair", "poor")


@on.word
def check_in(turn: Turn) -> Answer:
    """Ask for the day's code, or say when one can check in."""
    here = _here(turn)
    if isinstance(here, Text):
        return here
    return Ask("checkin.code", [Text(turn.say("which_code"))])


@on.phrase
def with_code(turn: Turn, code: str) -> Answer:
    """Check in with the code that was typed."""
    return _try(turn, code)


@on.answer("code", CODE)
def code_told(turn: Turn, number: Decimal) -> Answer:
    """Check in with the code that was asked for."""
    return _try(turn, f"{number}")


@on.answer("pain", PAIN)
def pain(turn: Turn, level: int) -> Answer:
    """Keep the pain, say what the table says from 3 on, and ask about sleep."""
    hurt = pain_words.note(turn, level, None, None)
    said: list[Said] = pain_words.respond(turn, hurt) if level >= CAUTION_FROM else []
    asked = Text(turn.say("how_slept"), SLEEP.offers(turn))
    return [*said, Ask("checkin.sleep", [asked], turn.memo | {"level": level})]


@on.answer("sleep", SLEEP)
def sleep(turn: Turn, slept: str) -> Answer:
    """Keep how it was slept and wish a good session."""
    if health.has_consent(turn.db, turn.person, health.HEALTH):
        ids = {"session_id": turn.memo["session"], "person_id": turn.person.key}
        row = attendance.Feeling(**ids, kind=attendance.SLEEP, at=turn.at, value=slept)
        row.message_id = turn.message_id
        health.keep(turn.db, turn.person, row)
    careful = turn.memo["level"] >= CAUTION_FROM or slept == "poor"
    if careful:
        return Text(turn.say("take_it_easy"))
    return sweat_words.offered_before(turn, turn.say("have_fun"), turn.memo["session"])


@dataclass(frozen=True)
class Here:
    """The class of whoever checks in, and its session that is on."""

    class_: SchoolClass
    session: TrainingSession


def _here(turn: Turn, preface: str = "") -> Here | Text:
    """Return where someone can check in now, or why they cannot."""
    class_ = school.class_of(turn.db, turn.person)
    if class_ is None:
        return Text(turn.say("no_class"), (Say(turn.say("roll_call_word")),))
    found = attendance_words.open_now(turn, [class_])
    if not found:
        return Text(f"{preface}\n{attendance_words.when_open(turn, [class_])}".strip())
    if attendance.checkin_of(turn.db, found[0].key, turn.person.key):
        return Text(turn.say("already", **attendance_words.count(turn, turn.person.key, class_)))
    return Here(class_, found[0])


def _try(turn: Turn, typed: str) -> Answer:
    here = _here(turn, turn.say("read_as_code"))
    if isinstance(here, Text):
        return here
    if code.is_locked(turn.db, turn.person.line_id, turn.now):
        return Text(turn.say("locked"))
    if typed != attendance_words.day_code(turn, here.session):
        return _wrong(turn, typed)
    return _note(turn, here)


def _wrong(turn: Turn, typed: str) -> Text:
    code.note_failure(turn.db, turn.person.line_id, turn.now)
    others = attendance_words.open_now(turn, school.classes(turn.db))
    theirs = any(typed == attendance_words.day_code(turn, one) for one in others)
    return Text(turn.say("other_class" if theirs else "wrong_code"))


def _note(turn: Turn, here: Here) -> Answer:
    me, number = turn.person.key, here.session.key
    row = attendance.Checkin(session_id=number, person_id=me, at=turn.at, by_person_id=me)
    row.message_id = turn.message_id
    attendance.check_in(turn.db, row)
    words = turn.say("checked_in", **attendance_words.count(turn, me, here.class_))
    if not health.has_consent(turn.db, turn.person, health.HEALTH):
        return Text(f"{words}\n{turn.say('have_fun')}")
    asked = Text(f"{words}\n{turn.say('how_sore')}", PAIN.offers(turn))
    return Ask("checkin.pain", [asked], {"session": number})
