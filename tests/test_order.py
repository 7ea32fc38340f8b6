"""LINE delivers in any order: what was said last, by LINE's own time, is what counts."""

from __future__ import annotations

import random

import pytest
from sqlmodel import select

from bot.buttons import pack
from bot.race_settings_card import Entered
from bot.race_words import TapStep
from bot.session_card import Rsvp
from handlers.mute import LeaveOut, TakeUp
from models import attendance, enrolment, health, mute, race, race_taps
from models.class_group import ClassGroup
from models.countdown import step
from models.last_word import LastWord
from scheduler.housekeeping import keep_house
from tests import race_stage
from tests.bodies import session_of
from tests.letters import Letters
from tests.posting import after
from tests.race_stage import stands_at
from tests.race_stage import world as race_world

__all__ = ["race_world"]


@pytest.fixture
def letters(world):
    return Letters(world)


def script(letters, one, found):
    """Return what somebody says, in the order in which they say it; two at one instant."""
    drunk = letters.text(one.id, "水 300")
    said = [
        tap(letters, one, LeaveOut("carbs")),
        letters.text(one.id, "日本語"),
        tap(letters, one, Rsvp(found.key, "yes")),
        drunk,
        tap(letters, one, TakeUp("carbs")),
        letters.text(one.id, "目標 3:50"),
        tap(letters, one, LeaveOut("all")),
        letters.event("unfollow", one.id),
        letters.event("follow", one.id),
        letters.text(one.id, "目標 3:45"),
        letters.text(one.id, "English"),
        tap(letters, one, TakeUp("tips")),
        letters.event("unsend", one.id, unsend={"messageId": drunk["message"]["id"]}),
        tap(letters, one, Rsvp(found.key, "no")),
        tap(letters, one, Rsvp(found.key, "maybe")),
        letters.event("unfollow", one.id),
    ]
    stamped = later_each(said)
    stamped[-3]["timestamp"] = stamped[-2]["timestamp"]  # the greater id wins
    return stamped


def tap(letters, one, data):
    return letters.event("postback", one.id, postback={"data": pack(data)})


def later_each(events):
    return [one | {"timestamp": one["timestamp"] + n * 1000} for n, one in enumerate(events)]


def state(world, one, found):
    """Return what is remembered of somebody."""
    person = one.record()
    with world.database.read() as db:
        given = attendance.rsvp_of(db, found.key, person.key)
        drinks = db.scalars(select(health.Drink).where(health.Drink.person_id == person.key)).all()
        aims = enrolment.mine(db, person).goal_seconds
        muted = frozenset(mute.of(db, person))
    return person.language, person.reachable, given and given.answer, muted, aims, len(drinks)


@pytest.mark.parametrize("seed", range(2))
def test_settings_answers_and_comings_end_the_same_in_any_order(
    world, letters, aiko, ryo, hiroshi, emma, seed
):
    found, chance, ends = session_of(world), random.Random(seed), set()
    for one in (aiko, ryo, hiroshi, emma):
        events = script(letters, one, found)
        if one is not aiko:
            chance.shuffle(events)
        for event in events:
            letters.post(event)
            world.settle()
        ends.add(state(world, one, found))
    muted = frozenset(mute.TOPICS) - {"tips"}
    assert ends == {("en", False, "maybe", muted, 3 * 3600 + 45 * 60, 0)}


@pytest.mark.parametrize("turned", [False, True])
def test_at_one_instant_silence_and_absence_win(world, letters, aiko, turned):
    group = world.group("S4")
    for kinds, who, chat in (
        (["follow", "unfollow"], aiko.id, ""),
        (["join", "leave"], None, group),
    ):
        pair = [letters.event(kind, who, chat) for kind in kinds]
        letters.post(*(reversed(pair) if turned else pair))
        world.settle()
    with world.database.read() as db:
        assert not db.get(ClassGroup, group).present
    assert not aiko.record().reachable


@pytest.mark.parametrize("turned", [False, True])
def test_a_consent_taken_back_stays_so_whichever_comes_first(world, letters, aiko, clock, turned):
    aiko.says("同意をやめる")
    clock.passes(minutes=1)
    aiko.says("健康情報に同意する")
    clock.passes(minutes=1)
    agrees, withdraws = letters.text(aiko.id, "同意する"), letters.text(aiko.id, "同意をやめる")
    withdraws["timestamp"] += 1000
    for event in (withdraws, agrees) if turned else (agrees, withdraws):
        letters.post(event)
        world.settle()
    with world.database.read() as db:
        assert not health.has_consent(db, aiko.record(), health.HEALTH)


def test_taps_about_a_race_count_by_when_they_were_tapped(race_world, aiko, ryo):
    letters, goal = Letters(race_world), race_stage.races(race_world)["goal"]
    stands_at(race_world, "2027-03-01 12:00")
    for one, turned in ((aiko, False), (ryo, True)):
        taps = [
            TapStep(goal.key, "d7_nails", "later"),
            TapStep(goal.key, "d7_nails", "cut"),
            Entered(goal.key, "no"),
            Entered(goal.key, "yes"),
        ]
        stamped = later_each([tap(letters, one, data) for data in taps])
        for event in reversed(stamped) if turned else stamped:
            letters.post(event)
            race_world.settle()
        with race_world.database.read() as db:
            runner = race.runner(db, one.record(), goal)
            told = race_taps.told(db, one.record(), runner)
        assert (told["d7_nails"], runner.entry) == ("cut", "yes")
    assert step("d7_nails").tap("cut")


def test_a_last_word_is_forgotten_with_the_events(world, aiko):
    aiko.says("English")
    keep_house(world.database, after(world, days=36))
    with world.database.read() as db:
        assert db.scalars(select(LastWord)).all() == []
