"""Who of a class has not answered and may be asked; shared by the roster and the asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.turn import Turn
from models import attendance, chase, school
from models.person import Person
from models.session import TrainingSession

MOST_A_WEEK = 2  # questions of this kind a member gets within seven days
WEEK = timedelta(days=7)
WORDS = "chase"


@dataclass(frozen=True)
class AskSilent:
    """A coach wants to ask those who have not answered for a session."""

    session: int


@dataclass(frozen=True)
class Silent:
    """Those who have not answered: who may be asked, and why others are not."""

    to_ask: tuple[Person, ...]
    asked: int
    often: int
    unreachable: int


def silent(turn: Turn, found: TrainingSession) -> Silent:
    """Sort those who have not answered for a session."""
    given = attendance.rsvps(turn.db, found.key)
    quiet = [p for p in school.members_of(turn.db, found.class_id) if p.key not in given]
    been = chase.asked(turn.db, found.key)
    fresh = [one for one in quiet if one.key not in been]
    near = [one for one in fresh if one.reachable]
    full = chase.often(turn.db, [one.key for one in near], turn.now - WEEK, MOST_A_WEEK)
    to_ask = tuple(one for one in near if one.key not in full)
    return Silent(to_ask, len(quiet) - len(fresh), len(full), len(fresh) - len(near))


def is_open(turn: Turn, found: TrainingSession) -> bool:
    """Say whether an answer for this session still means something."""
    return not found.cancelled and found.starts_at > turn.now


def name_of(turn: Turn, one: Person) -> str:
    """Return how a member is called."""
    return str(one.name or turn.speaking_as(WORDS).say("nameless"))
