"""A member's question as its coaches see it, and the two things they can do with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.cards import Note, card
from bot.messages import Flex
from bot.turn import Tell, Turn
from models import person, school
from models.consultation import Consultation
from models.person import Person

WORDS = "consult_card"
LIFE = timedelta(days=3)  # how long a question or an answer is worth delivering


@dataclass(frozen=True)
class Take:
    """A coach takes a question."""

    number: int


@dataclass(frozen=True)
class Reply:
    """A coach wants to answer a question."""

    number: int


def question_card(turn: Turn, row: Consultation, title: str) -> Flex:
    """Return the whole question under a title, in the language of the turn."""
    turn = turn.speaking_as(WORDS)
    class_ = school.class_by_id(turn.db, row.class_id)
    head = turn.say(title, member=member_name(turn, row))
    buttons = (
        turn.button("reply", Reply(row.key)),
        turn.button("take", Take(row.key)),
    )
    return card(head, [Note(row.question, strong=True)], buttons, kicker=class_.name(turn.language))


def bring(
    turn: Turn, people: Iterable[Person], row: Consultation, title: str, key: str | None = None
) -> list[Tell]:
    """Return the question for each of these people; it goes with the message it came in."""

    def say(theirs: Turn) -> Sequence[Flex]:
        return [question_card(theirs, row, title)]

    how = {"key": key, "until": turn.now + LIFE, "message_id": row.message_id}
    return turn.tell_each(people, say, **how, subject=f"consult:{row.key}")


def member_name(turn: Turn, row: Consultation) -> str:
    """Return the name of who asked, as LINE shows it."""
    asker = person.get(turn.db, row.person_id)
    return str(asker.name or turn.speaking_as(WORDS).say("nameless"))


def coach_name(turn: Turn, coach: Person, class_id: int) -> str:
    """Return how a coach (or someone of the office) is called."""
    turn = turn.speaking_as(WORDS)
    name = coach.name or turn.say("nameless_coach")
    leads = {c.key for c in school.coaches_of(turn.db, class_id)}
    return turn.say("coach", name=name) if coach.key in leads else str(name)


def in_language_of(turn: Turn, reader: Person) -> Turn:
    """Return the turn in which to speak to this reader."""
    return replace(turn, language=reader.language)
