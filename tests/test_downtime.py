"""Nothing ran, or the clock was wrong: what still helps is said once and by day, or is missed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot import occurrences
from bot.pace import Pace
from bot.turn import Tell
from models.inbox import EventState, InboxEvent
from models.outbox import OutboxRow
from models.rules import hours
from tests.race_stage import at, stands_at, world
from tests.world import SETTINGS

__all__ = ["world"]

MISSED = "missed"
NOTICE = "session.notice"
# what is due and until when it helps: a notice to the group on Monday 19:30, until Wednesday 19:00;
# nails on 28 Feb 19:00, for 72 hours; carbohydrate on 6 Mar 18:30, for 5 hours; what must be known
# on 6 Mar 15:00, for 14 hours; on race day a word at 05:10, for 2 hours, and one at 08:00, for one.
OUTAGES = [
    # stopped,             runs again,            what,                when it is said
    ("2027-02-08 19:29:55", "2027-02-08 19:30:05", NOTICE, "2027-02-08 19:30:05"),
    ("2027-02-08 19:00:00", "2027-02-08 20:00:00", NOTICE, "2027-02-08 20:00:00"),
    ("2027-02-08 19:29:00", "2027-02-08 21:10:00", NOTICE, "2027-02-08 21:10:00"),
    ("2027-02-08 16:00:00", "2027-02-09 00:00:00", NOTICE, "2027-02-09 08:00:00"),
    ("2027-02-08 10:00:00", "2027-02-11 10:00:00", NOTICE, MISSED),
    ("2027-02-28 18:59:55", "2027-02-28 19:00:05", "d7_nails", "2027-02-28 19:00:05"),
    ("2027-02-28 18:30:00", "2027-02-28 19:30:00", "d7_nails", "2027-02-28 19:30:00"),
    ("2027-02-28 18:00:00", "2027-03-01 02:00:00", "d7_nails", "2027-03-01 08:00:00"),
    ("2027-02-28 10:00:00", "2027-03-03 10:00:00", "d7_nails", "2027-03-03 10:00:00"),
    ("2027-02-28 18:59:00", "2027-03-04 10:00:00", "d7_nails", MISSED),
    ("2027-03-06 18:00:00", "2027-03-06 19:00:00", "carb_d1_evening", "2027-03-06 19:00:00"),
    ("2027-03-06 18:00:00", "2027-03-06 22:00:00", "carb_d1_evening", MISSED),
    ("2027-03-06 14:00:00", "2027-03-06 22:00:00", "d1_must_know", "2027-03-06 22:00:00"),
    ("2027-03-05 12:00:00", "2027-03-08 12:00:00", "d1_must_know", MISSED),
    ("2027-03-07 05:00:00", "2027-03-07 06:00:00", "d0_wake", "2027-03-07 06:00:00"),
    ("2027-03-07 07:30:00", "2027-03-07 08:30:00", "d0_start", "2027-03-07 08:30:00"),
    ("2027-03-07 03:00:00", "2027-03-07 11:00:00", "d0_start", MISSED),
]


def state(world, what):
    """Return what became of an occurrence."""
    with world.database.read() as db:
        rows = db.scalars(select(InboxEvent).where(InboxEvent.door == "clock")).all()
    return {row.state for row in rows if is_it(row.body, what, world)}


def is_it(body, what, world):
    if what == NOTICE:
        return body["kind"] == NOTICE and body["chat"] == world.group("S4")
    return body["label"] == what


def said(world, actor, what):
    """Return when LINE accepted the words about it for aiko or her group, by her local clock."""
    chat = actor.in_group("S4").chat if what == NOTICE else actor.id
    with world.database.read() as db:
        rows = db.scalars(select(OutboxRow).where(OutboxRow.recipient == chat)).all()
    mine = "notice:" if what == NOTICE else f":{what}"
    keys = {str(row.bundle or row.id) for row in rows if mine in row.occurrence}
    accepted = [one for one in world.sim.ledger.entries if one.accepted and one.retry_key in keys]
    return [datetime.fromisoformat(one.at).astimezone(SETTINGS.zone) for one in accepted]


def tick(world):
    world.ticker.plan(world.clock.at)
    world.settle()


def lives(world, until, step=timedelta(hours=3)):
    """Live on, looking at what is due once a step, and at eight each morning."""
    while world.clock.at < until:
        morning = hours.daytime(world.clock.at.astimezone(SETTINGS.zone))
        stops = {min(world.clock.at + step, until), morning} - {world.clock.at}
        world.clock.at = min(one for one in stops if one > world.clock.at)
        tick(world)


@pytest.mark.parametrize(("stopped", "again", "what", "when"), OUTAGES)
def test_what_came_due_while_nothing_ran(world, aiko, stopped, again, what, when):
    stands_at(world, stopped)
    tick(world)
    assert said(world, aiko, what) == []
    stands_at(world, again)
    tick(world)
    lives(world, at(again) + timedelta(hours=12))
    heard = said(world, aiko, what)
    assert [f"{one:%Y-%m-%d %H:%M:%S}" for one in heard] == ([] if when == MISSED else [when])
    assert state(world, what) == {EventState.MISSED if when == MISSED else EventState.DONE}


STEPS = [timedelta(seconds=1), timedelta(seconds=60), timedelta(hours=1), timedelta(days=1)]


@pytest.mark.parametrize("step", [*STEPS, *(-one for one in STEPS)], ids=str)
def test_the_wall_clock_steps_across_a_due_time_and_back(world, aiko, step):
    stands_at(world, "2027-02-28 18:50:00")
    tick(world)
    stands_at(world, "2027-02-28 19:00:00.5" if step < timedelta() else "2027-02-28 18:59:59.5")
    tick(world)
    for jump in (step, -step):
        world.clock.at += jump
        tick(world)
        lives(world, world.clock.at + timedelta(minutes=1))
    lives(world, at("2027-03-01 20:00:00"), timedelta(hours=8))
    assert len(said(world, aiko, "d7_nails")) == 1


def test_what_only_a_clock_that_ran_ahead_missed_is_said_at_its_hour(world, aiko):
    stands_at(world, "2027-03-06 18:00:00")
    tick(world)
    world.clock.at += timedelta(days=1)
    tick(world)
    assert state(world, "carb_d1_evening") == {EventState.MISSED}
    world.clock.at -= timedelta(days=1)
    tick(world)
    assert state(world, "carb_d1_evening") == set()
    stands_at(world, "2027-03-06 18:30:00")
    tick(world)
    assert said(world, aiko, "carb_d1_evening") == [at("2027-03-06 18:30:00")]


@pytest.mark.parametrize(
    ("due", "what", "when"),
    [
        ("2027-02-28 19:00:00", "d7_nails", "2027-03-01 08:00:00"),
        ("2027-03-06 18:30:00", "carb_d1_evening", MISSED),
        ("2027-03-06 15:00:00", "d1_must_know", "2027-03-06 23:30:00"),  # safety sleeps never
    ],
)
def test_what_line_would_not_take_in_the_evening_waits_for_the_morning(
    world, aiko, due, what, when
):
    world.delivery = world.sender(Pace(base=30.0))
    stands_at(world, due)
    world.sim.faults.add(status=500, times=None)
    tick(world)
    night = at(due).replace(hour=23)
    lives(world, night, timedelta(hours=2))
    assert said(world, aiko, what) == []
    world.sim.faults.clear()
    lives(world, night + timedelta(minutes=30))
    lives(world, night + timedelta(hours=10))
    heard = [f"{one:%Y-%m-%d %H:%M:%S}" for one in said(world, aiko, what)]
    assert heard == ([] if when == MISSED else [when])


@pytest.mark.parametrize(
    ("now", "until", "night", "ends"),
    [
        ("2027-03-01 08:30:00", None, False, "2027-03-01 20:30:00"),
        ("2027-03-01 18:00:00", None, True, "2027-03-02 16:45:00"),  # after 10 h 45 min of night
        ("2027-03-01 18:00:00", "2027-03-02 06:00:00", False, "2027-03-01 21:15:00"),
        ("2027-03-01 18:00:00", "2027-03-02 12:00:00", True, "2027-03-02 12:00:00"),
    ],
)
def test_the_night_shortens_only_what_helps_no_longer_in_the_morning(now, until, night, ends):
    tell = occurrences._by_day(Tell("C1", [], until=until and at(until)), at(now))
    assert (tell.night is not None, tell.until) == (night, at(ends))
