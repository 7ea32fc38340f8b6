"""The card of one session, wherever it is shown: theme, menu in the class's paces, answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.cards import Line, Note, Part, Row, card
from bot.messages import Flex, Link
from bot.session_menu import in_brief, with_paces
from bot.turn import Turn
from models import attendance, notice, school, session
from models.attendance import Tally
from models.school import SchoolClass
from models.session import Lesson, TrainingSession

ANSWERS: tuple[Literal["yes", "no", "maybe"], ...] = ("yes", "no", "maybe")


@dataclass(frozen=True)
class Rsvp:
    """A tap on one of the answers for a session."""

    session: int
    answer: Literal["yes", "no", "maybe"]


def show(
    turn: Turn,
    found: TrainingSession,
    *,
    lead: Sequence[Part] = (),
    tail: Sequence[Part] = (),
    buttons: Sequence[Line] | None = None,
    counted: bool = False,
) -> Flex:
    """Return the card of a session in the language of the turn.

    In 1:1 a member sees their own answer; `lead` stands above and `tail` below, `buttons` replace
    the answers.
    """
    words = turn.speaking_as("session_card")
    class_ = school.class_by_id(turn.db, found.class_id)
    lesson = session.lesson(turn.db, found)
    rest = _cancelled(words, found) if found.cancelled else _rows(words, found, class_, lesson)
    known = [_mine(words, found), _count(words, found) if counted else None]
    return card(
        _title(words, found, lesson),
        [part for part in (*lead, *rest, *tail, *known) if part is not None],
        _buttons(words, found) if buttons is None else buttons,
        kicker=_kicker(words, found, class_, lesson),
    )


def tally_of(turn: Turn, found: TrainingSession) -> Tally:
    """Count the answers of the class's members for a session."""
    members = [one.key for one in school.members_of(turn.db, found.class_id)]
    return attendance.tally(turn.db, found.key, members)


def tally(turn: Turn, found: TrainingSession) -> Flex:
    """Return the small card that says how many come: counts only, no names."""
    words = turn.speaking_as("session_card")
    title = words.say("tally_title", start=found.starts_at)
    counts = Note(_counts(words, found), strong=True)
    return card(title, [counts, Note(words.say("tally_more"))])


def theme(turn: Turn, found: TrainingSession) -> str:
    """Return what a session is about, in the language of the turn."""
    return _theme(turn.speaking_as("session_card"), session.lesson(turn.db, found))


def name_answer(turn: Turn, answer: str) -> str:
    """Return an answer the way its button says it."""
    return turn.speaking_as("session_card").say(answer)


def answers(turn: Turn, found: TrainingSession) -> Line:
    """Return the three answers side by side."""
    words = turn.speaking_as("session_card")
    return tuple(words.button(answer, Rsvp(found.key, answer)) for answer in ANSWERS)


def _title(words: Turn, found: TrainingSession, lesson: Lesson | None) -> str:
    named = _theme(words, lesson)
    return words.say("cancelled_title", theme=named) if found.cancelled else named


def _theme(words: Turn, lesson: Lesson | None) -> str:
    return lesson.words("theme", words.language) if lesson else words.say("untitled")


def _kicker(words: Turn, found: TrainingSession, class_: SchoolClass, lesson: Lesson | None) -> str:
    known = {
        "class_name": class_.name(words.language),
        "week": found.week,
        "weeks": session.count(words.db, found.class_id),
    }
    if lesson is None:
        return words.say("kicker_plain", **known)
    return words.say("kicker", phase=lesson.words("phase", words.language), **known)


def _rows(
    words: Turn, found: TrainingSession, class_: SchoolClass, lesson: Lesson | None
) -> list[Part]:
    said = {
        "when": words.say("span", start=found.starts_at, end=found.ends_at),
        "where": found.place(words.language),
    }
    if lesson:
        menu = lesson.words("menu", words.language)
        said["menu"] = with_paces(words, menu, class_.goal_seconds)
        said["bring"] = lesson.words("bring", words.language)
        said["tip"] = in_brief(lesson.tip, words.language)
    return [Row(words.say(label), value) for label, value in said.items() if value]


def _cancelled(words: Turn, found: TrainingSession) -> list[Part]:
    if reason := found.cancelled_reason:
        return [Note(words.say("cancelled_because", start=found.starts_at, reason=reason), True)]
    return [Note(words.say("cancelled", start=found.starts_at), True)]


def _mine(words: Turn, found: TrainingSession) -> Part | None:
    """Return the reader's own answer: in 1:1 only, a group sees nothing of one person."""
    if not words.chat.is_direct or words.member is None or found.cancelled:
        return None
    mine = attendance.rsvp_of(words.db, found.key, words.member.key)
    return Note(words.say(f"mine_{mine.answer}"), strong=True) if mine else None


def _count(words: Turn, found: TrainingSession) -> Part:
    return Row(words.say("count"), _counts(words, found))


def _counts(words: Turn, found: TrainingSession) -> str:
    said = tally_of(words, found)
    return words.say("tally", yes=said.yes, no=said.no, maybe=said.maybe, silent=said.silent)


def _buttons(words: Turn, found: TrainingSession) -> list[Line]:
    lines: list[Line] = []
    if not found.cancelled and found.ends_at > words.now:
        lines.append(answers(words, found))
    return [*lines, *map_link(words, found)]


def map_link(turn: Turn, found: TrainingSession) -> list[Line]:
    """Return the way to the place, if it is known and the session takes place."""
    if found.cancelled or not found.map_url.startswith("https://"):
        return []
    return [Link(turn.speaking_as("session_card").say("map"), found.map_url)]


def notice_card(turn: Turn, found: TrainingSession, lead: Sequence[Part] = ()) -> Flex:
    """Return what the class's group sees of a session, with the coach's words."""
    words = turn.speaking_as("session_card")
    class_ = school.class_by_id(turn.db, found.class_id)
    comment = notice.comment(turn.db, found.key)
    said = [Note(words.say("from_coach", comment=comment), strong=True)] if comment else []
    return show(turn, found, lead=[*lead, *said], tail=_until(words, found, class_))


def _until(words: Turn, found: TrainingSession, class_: SchoolClass) -> list[Part]:
    until = notice.answer_by(found, class_)
    if found.cancelled or until <= words.now:
        return []
    return [Note(words.say("deadline", until=until))]
