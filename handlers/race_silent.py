"""Who did not answer when it mattered: one list for each coach and deadline."""

from __future__ import annotations

from collections.abc import Iterable

from bot.cards import Note, Part, Row, card
from bot.feature import Feature
from bot.turn import Answer, Occurrence, Tell, Turn
from models import countdown, person, race, race_calendar, race_taps, school
from models.countdown import Step
from models.outbox import Priority
from models.person import Person
from models.race import Race
from models.race_runner import RaceRunner
from models.school import SchoolClass

on = Feature("race_silent")


@on.clock("race.silent")
def silent(turn: Turn, occurrence: Occurrence) -> Answer:
    """Name the runners without an answer, class by class; nothing where all have answered."""
    found, step = race.by_id(turn.db, occurrence.subject), countdown.step(occurrence.label)
    if found is None or step is None or found.cancelled or found.revision != occurrence.revision:
        return None
    rows: list[Part] = []
    for class_ in _classes(turn, found):
        names = [_name(turn, one) for one in _silent(turn, found, step, class_)]
        if names:
            between = turn.texts.lists["between"][turn.language][0]
            rows.append(Row(class_.name(turn.language), between.join(names)))
    if not rows:
        return None
    asked = turn.say("asked", step=step.title(turn.language), at=occurrence.due_at)
    title = turn.say("title")
    kicker = found.name(turn.language)
    shown = card(title, [Note(asked), *rows, Note(turn.say("please"), strong=True)], kicker=kicker)
    key, until = occurrence.said_once, occurrence.until
    return Tell(turn.person, [shown], Priority.SAFETY, key, found.subject, until)


def _classes(turn: Turn, found: Race) -> list[SchoolClass]:
    """Return the classes this coach leads; for the office, those whose coaches hear nothing."""
    mine = {one.key for one in school.coached_by(turn.db, turn.person)}
    is_office = any(held.role == school.OFFICE for held in school.roles(turn.db, turn.person))
    return [
        one
        for one in school.classes(turn.db)
        if one.term_id == found.term_id
        and (one.key in mine or (is_office and not _has_ears(turn, one)))
    ]


def _has_ears(turn: Turn, class_: SchoolClass) -> bool:
    return any(coach.reachable for coach in school.coaches_of(turn.db, class_.key))


def _silent(turn: Turn, found: Race, step: Step, class_: SchoolClass) -> list[Person]:
    members = {one.key: one for one in school.members_of(turn.db, class_.key)}
    answered = race_taps.who_answered(turn.db, found, step.id, list(members))
    asked = _asked(turn, found, step, [key for key in members if key not in answered])
    return person.by_ids(turn.db, [one.person_id for one in asked])


def _asked(turn: Turn, found: Race, step: Step, people: list[int]) -> Iterable[RaceRunner]:
    """Return those who run and were asked: also who blocked us, whatever LINE said."""
    for runner in race.runners(turn.db, found, people):
        at = race_calendar.due(step, runner, turn.zone)
        if runner.runs and race_calendar.is_for(step, runner, at):
            who = person.get(turn.db, runner.person_id)
            if step.holds(race_taps.told(turn.db, who, runner)):
                yield runner


def _name(turn: Turn, one: Person) -> str:
    name = one.name or turn.say("someone")
    return name if one.reachable else turn.say("unreachable", name=name)
