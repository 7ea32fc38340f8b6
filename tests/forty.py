"""A class of forty before its race: who they are, what they tap, and how the weeks go by."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select, update

from bot.demo_people import line_id
from bot.demo_school import _enrol
from models import enrolment, school
from models.person import Person
from tests.actor import Actor, actions
from tests.world import SETTINGS, World

SIZE = 40
CLASS = "S4"
CONDITIONS = ("organs", "medicines", "eating")
NIGHT = timedelta(hours=12)


class Runner:
    """One of the forty: `taps` is how often a reminder is answered, `entered` the race entry."""

    def __init__(self, actor: Actor, number: int) -> None:
        self.actor, self.number = actor, number
        self.taps = (1.0, 0.6, 0.0)[number % 3]
        self.entered = {0: enrolment.NO, 5: enrolment.NOT_YET}.get(number % 10, enrolment.YES)
        self.sees_doctor = number % 8 == 3
        self.has_consent = number % 7 != 6 or self.sees_doctor
        self.seen = 0

    @property
    def given(self) -> dict[str, Any]:
        """Return what the demo's way of enrolling wants to know."""
        known: dict[str, Any] = {"name": f"走者 {self.number:02}", "health": self.has_consent}
        known["language"] = "en" if self.number % 10 == 4 else "ja"
        if self.sees_doctor:
            return known | {"condition": CONDITIONS[self.number % 3]}
        return known | ({"kg": 48 + self.number} if self.number % 4 else {})

    def new_bubbles(self) -> list[dict[str, Any]]:
        """Return what came since the last look."""
        shown = self.actor.shown()
        new, self.seen = shown[self.seen :], len(shown)
        return new


def gather(world: World, now: datetime) -> list[Runner]:
    """Let forty be in the class, and nobody else of the school be reachable but coaches."""
    runners = [Runner(Actor(world, line_id("U", f"走者 {n:02}")), n) for n in range(SIZE)]
    world.clock.at = now
    with world.database.write() as db:
        silent = update(Person).where(col(Person.id).in_(_members(db)))
        db.execute(silent.values(reachable=False))
        class_ = next(c for c in school.classes(db) if c.code == CLASS)
        for one in runners:
            _enrol(db, one.given, school.MEMBER, class_, now)
        for one in runners:
            person = db.exec(select(Person).where(Person.line_id == one.actor.id)).one()
            held = enrolment.mine(db, person)
            enrolment.aim(db, held, 4 * 3600 - 1 - one.number)
            enrolment.enter_race(db, held, one.entered)
    for one in runners:
        given = one.given
        world.sim.add_user(one.actor.id, given["name"], given["language"], friend=True)
    return runners


def _members(db: Any) -> list[int]:
    held = select(school.Membership.person_id).where(school.Membership.role == school.MEMBER)
    return list(db.exec(held))


def live(world: World, runners: list[Runner], until: str) -> None:
    """Let time pass due instant by due instant; who taps, taps soon after."""
    chance = random.Random(7)
    end = datetime.fromisoformat(until).replace(tzinfo=SETTINGS.zone)
    while world.clock.at < end:
        due = world.clock.next()
        world.clock.at = min(due or world.clock.at + NIGHT, end)
        world.ticker.plan(world.clock.at)
        world.settle()
        for one in runners:
            answer(one, chance)


def answer(one: Runner, chance: random.Random) -> None:
    """Tap one of the buttons of each new bubble, as often as this runner does."""
    for bubble in one.new_bubbles():
        found = [a for a in actions(bubble["message"]) if a["type"] == "postback"]
        if found and chance.random() < one.taps:
            one.actor.sends_data(chance.choice(found[:3])["data"])
            one.new_bubbles()  # an answer's own buttons are not tapped on and on
