"""The weeks before a race as a stage: a world that stands there, and what was told about races."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import col, delete, select

from bot.demo_people import line_id
from models import enrolment, race, school
from models.person import Person
from models.race import RaceFact
from models.school import Membership
from tests.world import SETTINGS, World

CAST = ("相川 愛子", "山田 亮", "山口 浩", "Emma Clarke")
FOUR_WEEKS = "2027-02-07 18:00"


def at(local):
    """Return a local time as an instant."""
    return datetime.fromisoformat(local).replace(tzinfo=SETTINGS.zone)


@pytest.fixture
def world(database, web_server):
    """The corridor four weeks before the race, an hour before the first word; a small class."""
    with database.write() as db:
        kept = select(Person.id).where(col(Person.line_id).in_([line_id("U", n) for n in CAST]))
        others = col(Membership.role) == school.MEMBER, col(Membership.person_id).not_in(kept)
        db.execute(delete(Membership).where(*others))
    made = World(database, web_server, at(FOUR_WEEKS))
    yield made
    made.close()


def stands_at(world, local):
    """Put the clock somewhere without living through what lies between."""
    world.clock.at = at(local)


def races(world):
    """Return the races by their codes."""
    with world.database.read() as db:
        return {one.code: one for one in race.of_term(db, 1)}


def runner_of(world, actor, code="goal"):
    """Return an actor in a race."""
    with world.database.read() as db:
        return race.runner(db, actor.record(), races(world)[code])


def tells(world, actor, code="goal", **facts):
    """Note what an actor told about a race."""
    with world.database.write() as db:
        for name, value in facts.items():
            fact = RaceFact(person_id=actor.record().key, race_id=races(world)[code].key, name=name)
            fact.value, fact.at = value, world.clock.now()
            race.tell(db, fact)


def enters(world, actor, answer):
    """Note whether an actor entered the goal race."""
    with world.database.write() as db:
        enrolment.enter_race(db, enrolment.mine(db, actor.record()), answer)


def hears_until(actor, clock, local):
    """Go to a local time and return what the actor heard on the way."""
    before = len(actor.hears())
    clock.goes_to(local)
    return actor.hears()[before:]


def titles(said):
    """Return the first lines of cards."""
    return [words.splitlines()[0] for words in said]
