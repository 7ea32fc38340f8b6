"""Which tips fit: the week, the class, the weather, and what the member told of their body."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot import hydration
from bot.turn import Turn
from models import attendance, health, pain, session
from models.content_files import Tip, load_tips
from models.rules.pain import CAUTION_FROM
from models.rules.reading import normalise
from models.school import SchoolClass
from models.session import TrainingSession

COLD_C = 8.0  # [E]
LATELY = timedelta(days=7)  # [E] what was told longer ago has been answered by the body
HARD = 8  # an effort of which one has to recover


def ranked(turn: Turn, class_: SchoolClass, coming: TrainingSession | None, week: int) -> list[Tip]:
    """Return every tip for a class: what was told first, the curriculum's, the week's, the rest."""
    lesson = session.lesson(turn.db, coming) if coming else None
    around, told = weather(turn, coming), reported(turn)

    def rank(one: Tip) -> int:
        if told & set(one.when):
            return 0
        if lesson and one.id == lesson.tip:
            return 1
        if one.when:
            return 3 if around & set(one.when) else 6
        return 5 if not one.fits(week, class_.code) else 2 if one.weeks else 4

    for_class = (t for t in load_tips() if not t.classes or class_.code in t.classes)
    return sorted((t for t in for_class if may_read(turn, t)), key=rank)


def may_read(turn: Turn, one: Tip) -> bool:
    """Say whether amounts may be shown: in 1:1, to people whose screening allows numbers."""
    if not one.dose:
        return True
    return turn.chat.is_direct and health.may_have_numbers(turn.db, turn.person)


def with_words(text: str) -> list[Tip]:
    """Return the tips in which every word stands, in either language."""
    words = [word for word in normalise(text).replace("、", " ").split() if len(word) > 1]
    said = ((one, normalise(f"{one.ja} {one.en}")) for one in load_tips())
    return [one for one, plain in said if words and all(word in plain for word in words)]


def reported(turn: Turn) -> set[str]:
    """Return `pain` and `tired` where a member told of them lately; in a group nothing of it."""
    if not turn.chat.is_direct:
        return set()
    since = turn.at - LATELY
    hurts = any(row.level >= CAUTION_FROM for row in pain.recent(turn.db, turn.person, since))
    return ({"pain"} if hurts else set()) | ({"tired"} if _is_tired(turn) else set())


def weather(turn: Turn, coming: TrainingSession | None) -> set[str]:
    """Return `hot`, `cold` and `rain` for the session ahead."""
    if coming is None:
        return set()
    air = hydration.look_at(turn.db, coming, turn.zone).celsius
    felt = {"hot"} if air >= hydration.WARM_C else {"cold"} if air <= COLD_C else set()
    return felt | ({"rain"} if _is_called_off_for_rain(turn, coming) else set())


def _is_tired(turn: Turn) -> bool:
    last = attendance.latest_checkin(turn.db, turn.person.key)
    if last is None or last.at < turn.at - LATELY:
        return False
    told = attendance.feelings(turn.db, last.session_id, turn.person.key)
    return told.get(attendance.SLEEP) == "poor" or told.get(attendance.EFFORT, 0) >= HARD


def _is_called_off_for_rain(turn: Turn, coming: TrainingSession) -> bool:
    words: Sequence[str] = [w for each in turn.texts.lists["rain"].values() for w in each]
    reason = normalise(coming.cancelled_reason)
    return coming.cancelled and any(normalise(word) in reason for word in words)
