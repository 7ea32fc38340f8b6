"""The last days before the race: it moves, runners enter, give up and change their own hours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from sqlmodel import select

from bot.buttons import pack
from bot.race_settings_card import Entered
from models import race_changes
from models.school import Membership
from tests import race_enumerator
from tests.lives import drawn, kind, opens
from tests.race_stage import at, tells
from tests.test_state_machine import NOW, Life

__all__ = ["kind", "opens"]

BEGINS = at("2027-03-03 07:00")  # four days before the race; the last session is this evening
pytestmark = pytest.mark.timeout(900)  # a busy machine lives slowly
LIVES = {"sqlite": 8, "postgresql": 3}
RUNNERS = st.integers(0, 2)
HOURS = [("start", "0"), ("start", "25"), ("breakfast", "05:30"), ("breakfast", "06:45")]


class RaceLife(Life):
    """Whatever happens to a school, and to its race."""

    @rule(by=st.sampled_from([timedelta(hours=-1), timedelta(minutes=30), timedelta(days=1)]))
    def the_race_moves(self, by):
        with self.life.world.database.write() as db:
            one = race_enumerator.goal(db)
            race_changes.change(db, one, self.life.world.clock.at, starts_at=one.starts_at + by)

    @rule(who=RUNNERS, answer=st.sampled_from(["yes", "no", "not_yet"]), now=NOW)
    def somebody_enters_or_does_not(self, who, answer, now):
        with self.life.world.database.read() as db:
            data = pack(Entered(race_enumerator.goal(db).key, answer))
        one = self.life.cast[who].id
        self.life.post(self.life.letters.event("postback", one, postback={"data": data}))
        self.work_if(now)

    @rule(who=RUNNERS, told=st.sampled_from(HOURS))
    def somebody_tells_their_hours(self, who, told):
        tells(self.life.world, self.life.cast[who], **dict([told]))

    @rule(hours=st.sampled_from([6, 14]))
    def the_day_goes_on(self, hours):
        for _ in range(hours):
            self.life.passes(timedelta(hours=1))
            self.life.work()


def test_any_last_days_before_a_race_keep_the_promises(kind, opens):
    run_state_machine_as_test(
        type("RaceLife", (RaceLife,), {"opens": opens}), settings=drawn(LIVES[kind])
    )


def test_the_second_reading_knows_every_step_of_the_goal_race(world):
    """Nobody has told anything: each step is due once, and the day before at 15:00 what must be."""
    with world.database.read() as db:
        found = {key: when for when, key in race_enumerator.due(db, at("2027-03-01 00:00").tzinfo)}
        members = len(db.exec(select(Membership).where(Membership.role == "member")).all())
    assert len(found) == len(race_enumerator.STEPS) * members
    at_three = datetime.fromisoformat("2027-03-06T15:00+09:00")
    must_know = {when for key, when in found.items() if ":d1_must_know:" in key}
    assert must_know == {at_three}
