"""Answering 相談: the first coach to take a question has it; the answer goes back through us."""

from __future__ import annotations

from datetime import timedelta

from bot import buttons, consult_card
from bot.cards import Note, card
from bot.consult_card import Reply, Take, coach_name, in_language_of, member_name
from bot.messages import Postback, Say, Text
from bot.questions import Choice, FreeText
from bot.router import Feature
from bot.turn import Answer, Ask, Occurrence, Tell, Turn
from models import consultation, person, policy, school
from models.consultation import Consultation, ConsultationAnswer

LONGEST = 1000  # characters of an answer
GLANCE = 60  # characters of a question where it is only named
LISTED = 5
HANDOVER = timedelta(hours=12)  # a question taken this long ago may be taken over

on = Feature("consult_answers")
check = Choice("check", "send", "rewrite")


@on.button(Take)
def take(turn: Turn, tapped: Take) -> Answer:
    """Give the question to the coach who taps first."""
    held = _claim(turn, tapped.number)
    if isinstance(held, Text):
        return held
    row, told = held
    said = turn.say("taken" if told else "mine_already", member=member_name(turn, row))
    return [Text(said, (turn.button("reply", Reply(row.key)),)), *told]


@on.button(Reply)
def reply(turn: Turn, tapped: Reply) -> Answer:
    """Take the question, if need be, and ask for the answer."""
    held = _claim(turn, tapped.number)
    if isinstance(held, Text):
        return held
    row, told = held
    prompt = turn.say("write", member=member_name(turn, row), question=row.question)
    ask = Ask("consult_answers.answer", [Text(prompt, (_stop(turn),))], {"number": row.key})
    return [ask, *told]


@on.answer("answer", FreeText(LONGEST))
def written(turn: Turn, answer: str) -> Answer:
    """Show the answer back before it goes."""
    row = consultation.by_id(turn.db, turn.memo["number"])
    if row is None:
        return Text(turn.say("gone"))
    if refused := _refused(turn, row):
        return refused
    memo = {"number": row.key, "answer": answer, "message_id": turn.message_id}
    said = turn.say("check", member=member_name(turn, row), answer=answer)
    offers = (*check.offers(turn), _stop(turn))
    return Ask("consult_answers.checked", [Text(said, offers)], memo)


@on.answer("checked", check)
def checked(turn: Turn, choice: str) -> Answer:
    """Bring the answer to the member; whether the coach still may is looked up anew."""
    row = consultation.by_id(turn.db, turn.memo["number"])
    if row is None:
        return Text(turn.say("gone"))
    if refused := _refused(turn, row):
        return refused
    return reply(turn, Reply(row.key)) if choice == "rewrite" else _bring_answer(turn, row)


@on.word
def questions(turn: Turn) -> Answer:
    """List the questions that wait for an answer in the classes one looks after."""
    classes = [c.key for c in school.classes(turn.db) if _leads(turn, c.key)]
    rows = consultation.open_for(turn.db, classes)
    if not rows:
        return Text(turn.say("none_open"))
    shown = list(enumerate(rows[:LISTED], 1))
    notes = [Note(_glance(turn, place, row), strong=True) for place, row in shown]
    if len(rows) > LISTED:
        notes.append(Note(turn.say("more_open", n=len(rows) - LISTED)))
    taps = [
        Postback(
            turn.say("reply_to", place=place, member=member_name(turn, row)),
            buttons.pack(Reply(row.key)),
        )
        for place, row in shown
    ]
    return card(turn.say("open", n=len(rows)), notes, taps)


@on.clock("consult.chase")
def chase(turn: Turn, occurrence: Occurrence) -> Answer:
    """Remind a coach, or the office, of a question that nobody has answered."""
    row = consultation.by_id(turn.db, occurrence.subject)
    waits = row is not None and not consultation.is_answered(turn.db, row.key)
    if row is None or not waits or not _leads(turn, row.class_id):
        return None
    title = "waits_a_day" if occurrence.label.startswith("office") else "waits"
    key = f"consult.chase:{row.key}:{title}"
    return consult_card.bring(turn, [turn.person], row, title, key=key)


def _leads(turn: Turn, class_id: int) -> bool:
    return policy.leads(turn.db, turn.person, class_id)


def _refused(turn: Turn, row: Consultation) -> Text | None:
    """Refuse coaches of other classes, and all but the one who has it for its first hours."""
    if not _leads(turn, row.class_id):
        return Text(turn.say("not_your_class"))
    if row.taken_by in {None, turn.person.key} or _may_take_over(turn, row):
        return None
    holder = _name_of(turn, row, row.taken_by)
    return Text(turn.say("with_other", member=member_name(turn, row), coach=holder))


def _may_take_over(turn: Turn, row: Consultation) -> bool:
    """Say whether the one who has it is no coach of the class any more, or had time enough."""
    holder = person.get(turn.db, row.taken_by or 0)
    still_leads = policy.leads(turn.db, holder, row.class_id)
    answered = consultation.is_answered(turn.db, row.key)
    waited = row.taken_at is not None and turn.now - row.taken_at >= HANDOVER
    return not still_leads or (waited and not answered)


def _claim(turn: Turn, number: int) -> Text | tuple[Consultation, list[Tell]]:
    """Return the question, now this coach's, and the word about it to others; or a refusal."""
    row = consultation.by_id(turn.db, number)
    if row is None:
        return Text(turn.say("gone"))
    if refused := _refused(turn, row):
        return refused
    if row.taken_by == turn.person.key:
        return row, []
    if not consultation.take(turn.db, number, turn.person.key, row.taken_by, turn.now):
        return _claim(turn, number)  # another coach was quicker: look again
    others = [c for c in school.coaches_of(turn.db, row.class_id) if c.key != turn.person.key]
    told = [_note(turn, other, row, "other_took") for other in others]
    return row, [*told, _note(turn, person.get(turn.db, row.person_id), row, "read")]


def _note(turn: Turn, reader: person.Person, row: Consultation, key: str) -> Tell:
    theirs = in_language_of(turn, reader)
    coach = coach_name(theirs, turn.person, row.class_id)
    said = theirs.say(key, coach=coach, member=member_name(theirs, row))
    return Tell(reader, [Text(said)], subject=f"consult:{row.key}")


def _bring_answer(turn: Turn, row: Consultation) -> Answer:
    """Keep the answer and send it in a frame of the member's language."""
    given = ConsultationAnswer(
        consultation_id=row.key, person_id=turn.person.key, answered_at=turn.now
    )
    given.answer, given.message_id = turn.memo["answer"], turn.memo["message_id"]
    consultation.answer(turn.db, given)
    member, name = person.get(turn.db, row.person_id), member_name(turn, row)
    if not member.reachable:
        return Text(turn.say("out_of_reach", member=name))
    theirs = in_language_of(turn, member)
    coach = coach_name(theirs, turn.person, row.class_id)
    said = theirs.say("answer", coach=coach, question=_short(row.question), answer=given.answer)
    message = Text(said, (Say(theirs.say("ask_more")),))
    told = Tell(
        member,
        [message],
        subject=f"consult:{row.key}",
        until=turn.now + consult_card.LIFE,
        message_id=given.message_id,
    )
    return [Text(turn.say("answered", member=name)), told]


def _glance(turn: Turn, place: int, row: Consultation) -> str:
    said = turn.say(
        "glance",
        place=place,
        at=row.asked_at,
        member=member_name(turn, row),
        question=_short(row.question),
    )
    if row.taken_by is None:
        return said
    return said + "\n" + turn.say("with", coach=_name_of(turn, row, row.taken_by))


def _name_of(turn: Turn, row: Consultation, person_id: int | None) -> str:
    return coach_name(turn, person.get(turn.db, person_id or 0), row.class_id)


def _short(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= GLANCE else line[:GLANCE] + "…"


def _stop(turn: Turn) -> Say:
    return Say(turn.say("stop"))
