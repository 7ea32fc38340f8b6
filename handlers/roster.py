"""Who comes, who does not, who is silent: for the coaches of the class and the office, in 1:1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import chasing, session_card
from bot.buttons import pack
from bot.cards import Part, Row, card
from bot.chasing import AskSilent
from bot.messages import MAX_MESSAGES, Flex, Postback, Text
from bot.router import Feature
from bot.turn import Answer, Occurrence, Turn
from models import attendance, chase, person, policy, school, session
from models.attendance import MAYBE, NO, YES
from models.person import Person
from models.school import SchoolClass
from models.session import TrainingSession

on = Feature("roster")
SILENT = "silent"
LONGEST = 60  # signs of a reason: forty of them stay within LINE's 30 kB a card


@dataclass(frozen=True)
class Roster:
    """A tap for the roster of a class's next session."""

    class_id: int


@on.word
def roster(turn: Turn) -> Answer:
    """Show the roster of each class one coaches; the office chooses; a member sees their own."""
    if not policy.roles_of(turn.db, turn.person) & policy.WHO["staff"]:
        return _own(turn)
    mine = school.coached_by(turn.db, turn.person)
    if 0 < len(mine) <= MAX_MESSAGES:
        return [_next(turn, class_) for class_ in mine]
    asked = mine or school.classes(turn.db)
    choices = [Postback(one.name(turn.language), pack(Roster(one.key))) for one in asked]
    return card(turn.say("which"), [], choices, filled=()) if choices else Text(turn.say("none"))


@on.button(Roster)
def of_class(turn: Turn, tap: Roster) -> Answer:
    """Show the roster of the class that was tapped, to those who lead it now."""
    if not policy.leads(turn.db, turn.person, tap.class_id):
        return Text(turn.say("not_yours"))
    return _next(turn, school.class_by_id(turn.db, tap.class_id))


@on.clock("session.roster")
def at_the_deadline(turn: Turn, occurrence: Occurrence) -> Answer:
    """Bring the roster to the coaches when the time to answer is over."""
    found = session.by_id(turn.db, occurrence.subject)
    if found is None or found.cancelled or found.revision != occurrence.revision:
        return None
    leads = policy.leads(turn.db, turn.person, found.class_id)
    return _card(turn, school.class_by_id(turn.db, found.class_id), found) if leads else None


def _own(turn: Turn) -> Text | Flex:
    """Return a member's next session with the answers; who else comes is the coaches' business."""
    class_ = school.class_of(turn.db, turn.person)
    found = session.next_of(turn.db, class_.key, turn.now) if class_ else None
    return session_card.notice_card(turn, found) if found else Text(turn.say("none"))


def _next(turn: Turn, class_: SchoolClass) -> Text | Flex:
    found = session.next_of(turn.db, class_.key, turn.now)
    if found is None:
        return Text(turn.say("no_session", name=class_.name(turn.language)))
    return _card(turn, class_, found)


def _card(turn: Turn, class_: SchoolClass, found: TrainingSession) -> Flex:
    members = school.members_of(turn.db, class_.key)
    title = turn.say("cancelled" if found.cancelled else "title", start=found.starts_at)
    parts = _parts(turn, found, members) if members else [Row(turn.say("members"), "0")]
    return card(title, parts, _ask(turn, found), kicker=class_.name(turn.language))


def _ask(turn: Turn, found: TrainingSession) -> list[Postback]:
    """Offer to ask the silent, where that is still of use."""
    done = chase.of(turn.db, found.key, found.revision)
    if done or not chasing.is_open(turn, found) or not chasing.silent(turn, found).to_ask:
        return []
    return [turn.button("ask_silent", AskSilent(found.key))]


def _parts(turn: Turn, found: TrainingSession, members: Sequence[Person]) -> list[Part]:
    """Return a row an answer, with the names of those who gave it."""
    given = attendance.rsvps(turn.db, found.key)
    by_answer: dict[str, list[Person]] = {answer: [] for answer in (YES, NO, MAYBE, SILENT)}
    for one in members:
        said = given.get(one.key)
        by_answer[said.answer if said else SILENT].append(one)
    names = _names(turn, found, members)
    rows = {answer: [names[one.key] for one in people] for answer, people in by_answer.items()}
    return [
        Row(turn.say(answer, count=len(said)), turn.listed(said) or "–")
        for answer, said in rows.items()
    ] + _asked(turn, found)


def _asked(turn: Turn, found: TrainingSession) -> list[Part]:
    """Say who asked the silent, when, and how many have answered since."""
    done = chase.of(turn.db, found.key, found.revision)
    if done is None:
        return []
    asked, answered = chase.asked(turn.db, found.key), attendance.rsvps(turn.db, found.key)
    coach = person.get(turn.db, done.by_person_id).name if done.by_person_id else None
    known = {"at": done.goes_at, "coach": coach or turn.say("nameless")}
    waits = done.goes_at > turn.now
    counts = {"n": len(asked), "back": len(asked & set(answered))}
    said = turn.say("asks_later", **known) if waits else turn.say("asked", **known, **counts)
    return [Row(turn.say("asked_label"), said)]


def _names(turn: Turn, found: TrainingSession, members: Sequence[Person]) -> dict[int, str]:
    """Return how each is named: newcomers marked, and why someone does not come."""
    keys = [one.key for one in members]
    first, reasons = attendance.newcomers(turn.db, keys), attendance.reasons(turn.db, found.key)
    asked = chase.asked(turn.db, found.key) - set(attendance.rsvps(turn.db, found.key))
    marks = (("first", first), ("was_asked", asked))
    return {
        one.key: _name(turn, one, [mark for mark, people in marks if one.key in people], reasons)
        for one in members
    }


def _name(turn: Turn, one: Person, marks: Sequence[str], reasons: Mapping[int, str]) -> str:
    remarks = [turn.say(mark) for mark in marks]
    remarks += [_short(reasons[one.key])] if one.key in reasons else []
    name = one.name or turn.say("nameless")
    return turn.say("remark", name=name, remark=turn.listed(remarks)) if remarks else name


def _short(reason: str) -> str:
    """Return a reason as it fits a card of forty names."""
    return reason if len(reason) <= LONGEST else reason[: LONGEST - 1] + "…"
