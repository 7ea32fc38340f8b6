"""Who comes: one tap or a sentence, in 1:1 and in the group, changeable until the deadline."""

from __future__ import annotations

from datetime import date, timedelta

from bot import last_words, questions, session_card, which_session
from bot.messages import Say, Text
from bot.router import Feature
from bot.session_card import Rsvp
from bot.turn import Answer, Ask, Said, Tell, Turn
from bot.which_session import Choice
from models import attendance, class_group, dialog, notice, school, session
from models.rules.reading import word_key
from models.school import SchoolClass
from models.session import TrainingSession

on = Feature("rsvp")
PAUSE = timedelta(minutes=10)  # a group hears of the counts, or how to answer, at most this often
REASON = "rsvp.reason"
LONGEST_REASON = 200


@on.button(Rsvp)
def tapped(turn: Turn, tap: Rsvp) -> Answer:
    """Take an answer tapped on a card, wherever the card hangs."""
    found = session.by_id(turn.db, tap.session)
    if found is None:
        return Text(turn.say("unknown")) if turn.chat.is_direct else None
    return _answer(turn, found, tap.answer)


@on.word
@on.phrase
def coming(turn: Turn, day: date | None = None) -> Answer:
    """Take 「参加します」 and "I'll be there on Wednesday"."""
    return _said(turn, "yes", day)


@on.word
@on.phrase
def absent(turn: Turn, day: date | None = None, text: str = "") -> Answer:
    """Take 「明日休みます」 and 「欠席 風邪です」."""
    return _said(turn, "no", day, text or "")


@on.word
@on.phrase
def unsure(turn: Turn, day: date | None = None) -> Answer:
    """Take 「未定です」."""
    return _said(turn, "maybe", day)


@on.answer("reason", questions.FreeText(LONGEST_REASON, optional=True))
def reason(turn: Turn, text: str) -> Answer:
    """Keep why someone does not come, if they care to say."""
    plain = {word_key(w) for words in turn.texts.lists["no_reason"].values() for w in words}
    if word_key(text) in plain:
        return Text(turn.say("no_reason"))
    kept = _keep_reason(turn, turn.memo["session"], text)
    return Text(turn.say("reason_kept" if kept else "reason_late"))


@on.answer("that_one", questions.Choice("that_one", "yes", "no"))
def that_one(turn: Turn, said: str) -> Answer:
    """Take yes or no to the one session that may be meant."""
    found = session.by_id(turn.db, turn.memo["session"])
    if found is None or said == "no":
        return Text(turn.say("not_that_one"))
    return _answer(turn, found, turn.memo["choice"])


def _said(turn: Turn, choice: Choice, day: date | None, why: str = "") -> Answer:
    """Find the session meant: the one on that day, else the next; other days are asked about."""
    class_ = _class(turn)
    if class_ is None:
        return Text(turn.say("staff")) if turn.chat.is_direct else _guide(turn, None)
    coming_up = session.next_of(turn.db, class_.key, turn.at)
    if coming_up is None:
        return Text(turn.say("no_session"))
    if meant := which_session.other_days(turn, day, coming_up):
        reason = word_key(why) not in {"", meant.said}
        return which_session.ask(turn, class_.key, choice, meant, day, with_next=reason)
    found = which_session.on(turn, class_.key, day) if day else coming_up
    if found is None:
        return Text(turn.say("no_session_then", day=day, start=coming_up.starts_at))
    return _answer(turn, found, choice, why)


def _class(turn: Turn) -> SchoolClass | None:
    """Return the class whose session is meant: in a group, the group's."""
    if turn.chat.is_direct:
        return school.class_of(turn.db, turn.person)
    bound = class_group.group(turn.db, turn.chat.id)
    return school.class_by_id(turn.db, bound.class_id) if bound and bound.class_id else None


def _answer(turn: Turn, found: TrainingSession, choice: Choice, why: str = "") -> Answer:
    mine = turn.member and school.membership(turn.db, turn.member, found.class_id)
    if not mine:
        return _not_theirs(turn, found)
    if closed := _closed(turn, found):
        return Text(closed) if turn.chat.is_direct else None
    before = attendance.rsvp_of(turn.db, found.key, turn.person.key)
    earlier = before.answer if before else None
    if not _keep(turn, found, choice):
        return None
    told = _late(turn, found, choice, why) if choice != earlier else []
    if turn.chat.is_direct:
        said = _received(turn, found, choice, told=bool(told))
        return [_in_private(turn, found, choice, said, why), *told]
    return [*_in_group(turn, found), *told]


def _keep(turn: Turn, found: TrainingSession, choice: Choice) -> bool:
    whose = {"session_id": found.key, "person_id": turn.person.key}
    given = attendance.Rsvp(**whose, answer=choice, at=turn.at, message_id=turn.message_id)
    return last_words.is_last(turn, f"rsvp:{found.key}") and attendance.answer(turn.db, given)


def _keep_reason(turn: Turn, session_id: int, text: str) -> bool:
    whose = {"session_id": session_id, "person_id": turn.person.key}
    given = attendance.RsvpReason(**whose, text=text[:LONGEST_REASON], message_id=turn.message_id)
    return attendance.give_reason(turn.db, given)


def _closed(turn: Turn, found: TrainingSession) -> str:
    """Say why there is nothing to answer any more; nothing when there is."""
    if found.cancelled:
        return turn.say("cancelled", start=found.starts_at)
    return turn.say("over", start=found.starts_at) if found.ends_at <= turn.at else ""


def _received(turn: Turn, found: TrainingSession, choice: Choice, *, told: bool) -> str:
    until = notice.answer_by(found, school.class_by_id(turn.db, found.class_id))
    rest = turn.say("until", until=until) if turn.at <= until else ""
    rest = turn.say("late") if told else rest
    return "\n".join(part for part in (turn.say(choice, start=found.starts_at), rest) if part)


def _in_private(turn: Turn, found: TrainingSession, choice: Choice, said: str, why: str) -> Said:
    """Answer, and ask someone who does not come why, unless another question is open."""
    asked = dialog.open_question(turn.db, turn.chat.id, turn.line_id or "", turn.now)
    if asked and asked.question == REASON:
        dialog.close(turn.db, turn.chat.id, turn.line_id or "")
    if choice == "no" and why:
        _keep_reason(turn, found.key, why)
    elif choice == "no" and (asked is None or asked.question == REASON):
        return _ask_reason(turn, said, found)
    return Text(said)


def _ask_reason(turn: Turn, said: str, found: TrainingSession) -> Ask:
    nothing = Say(turn.texts.lists["no_reason"][turn.language][0])
    words = Text(f"{said}\n\n{turn.say('ask_reason')}", (nothing,))
    return Ask(REASON, [words], {"session": found.key})


def _in_group(turn: Turn, found: TrainingSession) -> list[Said]:
    """Show the counts by a free reply, at most once a pause; nobody is answered alone."""
    if not notice.may_tally(turn.db, found.key, turn.now, PAUSE):
        return []
    return [session_card.tally(turn, found)]


def _late(turn: Turn, found: TrainingSession, choice: Choice, why: str) -> list[Tell]:
    """Return word to the coaches when the answer changed after the deadline."""
    class_ = school.class_by_id(turn.db, found.class_id)
    if turn.at <= notice.answer_by(found, class_):
        return []

    def say(coach: Turn) -> list[Text]:
        answer = session_card.name_answer(coach, choice)
        known = {"name": turn.person.name or "?", "start": found.starts_at, "answer": answer}
        said = [coach.say("late_change", **known)]
        return [Text("\n".join([*said, *([coach.say("late_because", reason=why)] if why else [])]))]

    coaches = school.coaches_of(turn.db, found.class_id)
    return turn.tell_each(coaches, say, subject=found.subject, until=found.ends_at)


def _not_theirs(turn: Turn, found: TrainingSession) -> Answer:
    if not turn.chat.is_direct:
        return _guide(turn, found)
    if turn.member and school.class_of(turn.db, turn.member):
        return Text(turn.say("other_class"))
    roles = school.roles(turn.db, turn.member) if turn.member else []
    return Text(turn.say("staff" if roles else "guide"))


def _guide(turn: Turn, found: TrainingSession | None) -> Answer:
    """Show a group how to answer, once a pause; its coaches need no showing."""
    if found is None or (turn.member and school.coached_by(turn.db, turn.member)):
        return None
    if not notice.may_guide(turn.db, found.key, turn.now, PAUSE):
        return None
    link = f"\nhttps://line.me/R/ti/p/{turn.bot_id}" if turn.bot_id else ""
    return Text(turn.say("guide") + link)
