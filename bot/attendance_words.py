"""What members and coaches both hear about checking in: when it is open, and the count."""

from __future__ import annotations

from bot.turn import Turn
from models import attendance, code, school, session
from models.school import SchoolClass
from models.session import TrainingSession

WORDS = "attendance_words"


def day_code(turn: Turn, one: TrainingSession) -> str:
    """Return the code that is read out at a session."""
    return code.of_day(one.key, turn.local(one.starts_at).date())


def open_now(turn: Turn, classes: list[SchoolClass]) -> list[TrainingSession]:
    """Return the sessions of some classes at which one can check in when this was said."""
    return attendance.open_sessions(turn.db, [class_.key for class_ in classes], turn.at)


def when_open(turn: Turn, classes: list[SchoolClass]) -> str:
    """Say when one can check in next."""
    say = turn.speaking_as(WORDS).say
    keys = [class_.key for class_ in classes]
    coming = [s for s in session.upcoming(turn.db, keys, turn.now, 5) if not s.cancelled]
    if not coming:
        return say("never_open")
    start, end = coming[0].starts_at - attendance.MARGIN, coming[0].ends_at + attendance.MARGIN
    return say("opens", start=start, end=end)


def count(turn: Turn, person_id: int, class_: SchoolClass) -> dict[str, int]:
    """Return how many sessions of the term someone was at, and how many there are."""
    been = attendance.attended_in_term(turn.db, person_id, class_.term_id)
    return {"been": been, "all": session.count(turn.db, class_.key)}


def classes_of(turn: Turn) -> list[SchoolClass]:
    """Return the classes someone coaches."""
    return school.coached_by(turn.db, turn.person)
