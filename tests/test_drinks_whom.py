"""Whom a session's reminder to drink is for: heat, length and the body decide."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot import hydration
from tests import bodies
from tests.alerting import told
from tests.test_session_drinks import BEFORE, coming, nudges
from tests.test_sweat import takes_test
from tests.world import SETTINGS

__all__ = ["coming"]  # a fixture


@pytest.mark.parametrize(
    ("minutes", "kg", "reminded"),
    [
        (60, 60.0, False),
        (65, 60.0, False),  # loses a little over 1 % without a sip
        (89, 50.0, False),  # the light and slow drink too much rather than too little
        (89, 60.0, False),
        (90, 50.0, True),  # a long run: everybody carries a drink
        (90, None, True),
        (89, None, False),  # of whom we know no weight it is the length that counts
    ],
)
def test_in_cool_air_the_body_and_the_length_decide(world, aiko, clock, minutes, kg, reminded):
    bodies.lasts(world, minutes)
    if kg is None:
        bodies.consents(world, aiko, given=False)
    else:
        bodies.weighs(world, aiko, kg)
    clock.goes_to("2026-11-25 18:59")
    assert len(nudges(aiko)) == int(reminded)


def test_whose_sweat_test_says_more_than_two_percent_is_reminded_sooner(world, aiko, clock):
    bodies.lasts(world, 80)
    takes_test(aiko, "60", "58.6", "8", "11", run=("走り終わった", "60分", "200", "なし", "なし"))
    clock.goes_to(BEFORE)
    assert len(nudges(aiko)) == 1
    assert "(推定)" not in nudges(aiko)[0]


@pytest.mark.parametrize(("minutes", "missed"), [(65, 0), (95, 1)])
def test_after_a_stop_only_what_was_for_everybody_is_missed(world, coach, clock, minutes, missed):
    bodies.lasts(world, minutes)
    clock.goes_to("2026-11-25 16:00")
    world.clock.at += timedelta(hours=4)  # nothing runs
    world.ticker.plan(world.clock.at)
    world.settle()
    clock.passes(hours=13)
    assert len([said for said in told(coach) if "練習前の水分" in said]) == missed


def test_who_trained_through_a_summer_is_used_to_more(world, clock):
    session_ = bodies.session_of(world, week=11)
    with world.database.read() as db:
        for celsius, is_hot in ((18.0, False), (19.0, False), (21.0, True)):
            november = session_.model_copy(update={"temperature": celsius})
            ahead = hydration.look_at(db, november, SETTINGS.zone)
            assert hydration.is_hot(ahead, SETTINGS.zone) is is_hot
