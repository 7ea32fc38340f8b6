"""What did not arrive, told to whom it concerns: the coaches of a class, or the office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.turn import Answer, Occurrence, Tell, Turn
from models import alert, lost, person, school
from models.alert import Haste, Why
from models.lost import Lost
from models.outbox import Priority
from models.rules import hours

on = Feature("alerts")
ROWS = 8
NAMES = 5


@on.clock("alert.digest", at_night=True)
def digest(turn: Turn, occurrence: Occurrence) -> Answer:
    """Tell a coach what did not arrive in their classes, the office what concerns nobody else."""
    haste = Haste.BY_DAY if hours.is_daytime(turn.local_now) else Haste.NOW
    waiting = alert.of_digest(turn.db, occurrence.due_at, haste)
    kinds = [key for key in turn.texts.say if "." in key]
    mine = _mine(turn, lost.read(turn.db, waiting, kinds))
    if not mine:
        return None
    keys = {one.key for one in mine}
    alert.mark_told(turn.db, list(keys), occurrence.due_at)
    urgent = any(one.haste == Haste.NOW for one in waiting if one.key in keys)
    shown = card(turn.say("title"), [*_parts(turn, mine), Note(turn.say("please"), strong=True)])
    priority = Priority.SAFETY if urgent else Priority.NOTICE
    return Tell(turn.person, [shown], priority, key=occurrence.said_once)


def _mine(turn: Turn, found: Sequence[Lost]) -> list[Lost]:
    """Return what concerns this person's classes; for the office, what no coach will hear."""
    led = {one.key for one in school.coached_by(turn.db, turn.person)}
    if not any(held.role == school.OFFICE for held in school.roles(turn.db, turn.person)):
        return [one for one in found if one.kind and one.classes & led]
    heard = {one.key for one in school.classes(turn.db) if _has_ears(turn, one)} - led
    return [one for one in found if not one.kind or not one.classes or one.classes - heard]


def _has_ears(turn: Turn, class_: school.SchoolClass) -> bool:
    return any(coach.reachable for coach in school.coaches_of(turn.db, class_.key))


def _parts(turn: Turn, mine: Sequence[Lost]) -> Iterator[Part]:
    named = sorted((one for one in mine if one.kind), key=lambda one: (one.kind, one.why))
    groups = [list(same) for _, same in groupby(named, lambda one: (one.kind, one.why))]
    for same in groups[:ROWS]:
        yield Row(turn.say(same[0].kind), _row(turn, same))
    if len(groups) > ROWS:
        yield Note(turn.say("more", n=len(groups) - ROWS))
    for one in mine:
        if one.why is Why.REFUSED:
            yield Note(turn.say("token", since=one.at))
    if words := sum(not one.kind and one.why is not Why.REFUSED for one in mine):
        yield Note(turn.say("others", n=words))


def _row(turn: Turn, same: Sequence[Lost]) -> str:
    why, at = turn.say(same[0].why), min(one.at for one in same)
    return turn.say("row", at=at, whom=_whom(turn, same), why=why)


def _whom(turn: Turn, same: Sequence[Lost]) -> str:
    """Name a few people, count many, and say so of a group; a coach hears of their own only."""
    led = {one.key for one in school.coached_by(turn.db, turn.person)}
    people = {
        key
        for one in same
        for key, classes in one.whom.items()
        if not led or classes & led or not classes
    }
    if not people:
        return turn.say("group" if any(one.groups for one in same) else "nobody")
    if len(people) > NAMES:
        return turn.say("people", n=len(people))
    found = person.by_ids(turn.db, sorted(people))
    return turn.listed(str(one.name or turn.say("someone")) for one in found)
