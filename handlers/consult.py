"""相談: a member asks, and both coaches are told at once."""

from __future__ import annotations

import re

from bot import consult_card
from bot.messages import Say, Text
from bot.questions import Choice, FreeText
from bot.router import Feature
from bot.turn import Answer, Ask, Turn
from models import consultation, policy, school
from models.consultation import Consultation
from models.person import Person

LONGEST = 1000  # characters of a question

on = Feature("consult")
check = Choice("check", "send", "rewrite")


@on.word
def ask(turn: Turn) -> Answer:
    """Ask for the question."""
    return _ask(turn)


@on.phrase
def ask_at_once(turn: Turn, text: str) -> Answer:
    """Take the question behind the waking word as typed (`text` is its normal form)."""
    question = _behind_the_word(turn)
    if question is None or len(question) > LONGEST:
        return _ask(turn)
    return _refused(turn) or _check(turn, question)


@on.answer("question", FreeText(LONGEST))
def written(turn: Turn, question: str) -> Answer:
    """Show the question back before it goes."""
    return _check(turn, question)


@on.answer("checked", check)
def checked(turn: Turn, choice: str) -> Answer:
    """Keep the question and bring it to the coaches, or let it be written again."""
    class_ = school.class_of(turn.db, turn.person)
    if choice == "rewrite" or class_ is None:
        return _ask(turn)
    row = Consultation(person_id=turn.person.key, class_id=class_.key, asked_at=turn.now)
    row.question, row.message_id = turn.memo["question"], turn.memo["message_id"]
    consultation.ask(turn.db, row)
    coaches = _reachable(school.coaches_of(turn.db, class_.key))
    office = [] if coaches else _reachable(school.office(turn.db))
    said = "sent" if coaches else "sent_to_office" if office else "sent_to_nobody"
    return [Text(turn.say(said)), *consult_card.bring(turn, coaches or office, row, "asks")]


def _ask(turn: Turn) -> Answer:
    stop = Say(turn.say("stop"))
    return _refused(turn) or Ask("consult.question", [Text(turn.say("ask"), (stop,))])


def _check(turn: Turn, question: str) -> Ask:
    offers = (*check.offers(turn), Say(turn.say("stop")))
    memo = {"question": question, "message_id": turn.message_id}
    return Ask("consult.checked", [Text(turn.say("check", question=question), offers)], memo)


def _refused(turn: Turn) -> Text | None:
    """Say why somebody without a class cannot ask."""
    if school.class_of(turn.db, turn.person) is not None:
        return None
    staff = policy.roles_of(turn.db, turn.person) & policy.WHO["staff"]
    return Text(turn.say("for_staff" if staff else "no_class"))


def _reachable(people: list[Person]) -> list[Person]:
    return [one for one in people if one.reachable]


def _behind_the_word(turn: Turn) -> str | None:
    """Return what was typed behind the waking word and a mark, as typed; None for nothing."""
    openers = [word for both in turn.texts.lists["openers"].values() for word in both]
    words = "|".join(re.escape(word) for word in sorted(openers, key=len, reverse=True))
    marks = re.escape("".join(turn.texts.lists["marks"]["ja"]))
    found = re.search(rf"(?:{words})[\s{marks}]+(.*)", turn.text, re.IGNORECASE | re.DOTALL)
    return found[1].strip() or None if found else None
