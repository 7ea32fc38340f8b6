"""The coach's side of check-in: the code to read out, and the list to tick."""

from __future__ import annotations

from dataclasses import dataclass

from bot import attendance_words, buttons
from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.messages import MAX_MESSAGES, Flex, Postback, Say, Text
from bot.turn import Answer, Turn
from models import attendance, policy, school, session
from models.person import Person
from models.session import TrainingSession

on = Feature("rollcall")
NAMES_A_CARD = 20
LONGEST_NAME = 30  # signs of a name on a button


@dataclass(frozen=True)
class Tick:
    """Someone is at a session, or is not after all."""

    session: int
    person: int
    here: bool


@on.word
def day_code(turn: Turn) -> Answer:
    """Show the code to read out, for each class whose session is on."""
    classes = attendance_words.classes_of(turn)
    found = attendance_words.open_now(turn, classes)[:MAX_MESSAGES]
    if not found:
        return Text(attendance_words.when_open(turn, classes))
    return [_code_card(turn, one) for one in found]


@on.word
def roll_call(turn: Turn) -> Answer:
    """Show the list of each class whose session is on."""
    classes = attendance_words.classes_of(turn)
    found = attendance_words.open_now(turn, classes)
    if not found:
        return Text(attendance_words.when_open(turn, classes))
    cards = [one for each in found for one in _lists(turn, each)]
    return cards[:MAX_MESSAGES] or Text(turn.say("nobody"))


@on.button(Tick)
def tick(turn: Turn, tapped: Tick) -> Answer:
    """Note or take back that a member is there."""
    found = session.by_id(turn.db, tapped.session)
    if found is None or not policy.leads(turn.db, turn.person, found.class_id):
        return Text(turn.say("not_your_class"))
    members = {p.key: p for p in school.members_of(turn.db, found.class_id)}
    member = members.get(tapped.person)
    if member is None:
        return Text(turn.say("not_in_class"))
    if found not in attendance_words.open_now(turn, [school.class_by_id(turn.db, found.class_id)]):
        return Text(turn.say("closed"))
    return _ticked(turn, found, member, here=tapped.here)


def _ticked(turn: Turn, found: TrainingSession, member: Person, *, here: bool) -> Text:
    if here:
        me, them = turn.person.key, member.key
        row = attendance.Checkin(session_id=found.key, person_id=them, at=turn.at, by_person_id=me)
        attendance.check_in(turn.db, row)
    else:
        attendance.undo_check_in(turn.db, found.key, member.key)
    there = len(attendance.checkins(turn.db, found.key))
    words = turn.say("here" if here else "not_here", name=member.name, there=there)
    other = Tick(found.key, member.key, not here)
    undo = turn.button("undo_label", other)
    return Text(words, (undo, Say(turn.say("list_word"))))


def _code_card(turn: Turn, one: TrainingSession) -> Flex:
    class_ = school.class_by_id(turn.db, one.class_id)
    until = one.ends_at + attendance.MARGIN
    parts = [Note(turn.say("read_out", until=until))]
    title = turn.say("code", code=attendance_words.day_code(turn, one))
    roll_call = Say(turn.say("list_word"))
    return card(title, parts, [roll_call], kicker=class_.name(turn.language))


def _lists(turn: Turn, one: TrainingSession) -> list[Flex]:
    members = school.members_of(turn.db, one.class_id)
    starts = range(0, len(members), NAMES_A_CARD)
    return [_list_card(turn, one, members, start) for start in starts]


def _list_card(turn: Turn, one: TrainingSession, members: list[Person], start: int) -> Flex:
    there = attendance.checkins(turn.db, one.key)
    shown = members[start : start + NAMES_A_CARD]
    class_ = school.class_by_id(turn.db, one.class_id)
    taps = [_tick_button(turn, one, p, here=p.key in there) for p in shown]
    total = turn.say("total", there=len(there), all=len(members))
    parts: list[Part] = [Row(turn.say("total_label"), total), Note(turn.say("how"))]
    ticked = [i for i, p in enumerate(shown) if p.key in there]
    title = turn.say("title", when=one.starts_at)
    return card(title, parts, taps, kicker=class_.name(turn.language), filled=ticked)


def _tick_button(turn: Turn, one: TrainingSession, member: Person, *, here: bool) -> Postback:
    name = str(member.name)[:LONGEST_NAME]
    label = turn.say("name_here" if here else "name", name=name)
    return Postback(label, buttons.pack(Tick(one.key, member.key, not here)))
