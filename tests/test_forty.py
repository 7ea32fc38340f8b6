"""A class of forty lives from week 20 to two days after the race."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import datetime

import pytest
from sqlmodel import select

import scheduler.planner
from models import enrolment
from models.inbox import EventState, InboxEvent
from models.outbox import OutboxRow, RowState
from models.rules import hours
from tests import forty
from tests.actor import words
from tests.world import SETTINGS

FROM = datetime(2027, 1, 25, 9, 0, tzinfo=SETTINGS.zone)  # Monday of week 20
TO = "2027-03-09 21:00"
RACE_DAY = datetime(2027, 3, 7, tzinfo=SETTINGS.zone).date()
RACE_WEEK = RACE_DAY.isocalendar()[:2]
MOST_A_WEEK = 4  # pushes that people want (product.md, rules of conversation)
AMOUNT = re.compile(r"\d\s?(?:mL|g\b|g/)")
ALWAYS = {
    *("d25_guide", "d21_shoes", "d14_taper", "d7_nails", "d5_heat", "d4_pickup", "d2_kit"),
    *("d1_must_know", "d0_wake", "d0_start", "d0_evening"),
}
SAFETY = ("d1_must_know", "d0_evening", "d1_after", "d2_after")


@pytest.mark.timeout(900)
def test_a_class_of_forty_comes_through(world, monkeypatch):
    monkeypatch.setattr(scheduler.planner, "AHEAD", (forty.NIGHT,))
    runners = forty.gather(world, FROM)
    forty.live(world, runners, TO)
    rows = rows_of(world)
    nothing_is_left(world, rows)
    every_step_comes_once(runners, rows)
    nobody_is_woken(rows)
    nobody_is_flooded(world, runners)
    who_sees_a_doctor_gets_no_numbers(runners)
    the_coaches_hear_who_was_silent(world, runners, rows)


def rows_of(world):
    with world.database.read() as db:
        return list(db.exec(select(OutboxRow)))


def nothing_is_left(world, rows):
    with world.database.read() as db:
        events = list(db.exec(select(InboxEvent)))
    missed = [e.key for e in events if e.state == EventState.MISSED and e.happened_at > FROM]
    assert missed == []
    assert {e.state for e in events} <= {EventState.DONE, EventState.MISSED}
    assert {row.state for row in rows} <= {RowState.ACCEPTED, RowState.CANCELLED}
    keys = [e.retry_key for e in world.sim.ledger.entries if e.accepted and e.retry_key]
    assert len(keys) == len(set(keys))


def steps_of(rows, runner):
    """Return the countdown's steps that were sent to someone, one entry a time."""
    mine = [row for row in rows if row.recipient == runner.actor.id]
    return [r.occurrence.split(":")[3] for r in mine if r.occurrence.startswith("race.s")]


def every_step_comes_once(runners, rows):
    for one in runners:
        steps = Counter(steps_of(rows, one))
        assert set(steps.values()) <= {1}, (one.number, steps)
        if one.entered == enrolment.YES:
            assert set(steps) >= ALWAYS, (one.number, ALWAYS - set(steps))
        else:
            assert sum(steps.values()) <= 1, (one.number, steps)


def nobody_is_woken(rows):
    for row in (r for r in rows if r.occurrence.startswith("race.")):
        at = row.created_at.astimezone(SETTINGS.zone)
        morning = at.date() == RACE_DAY and at.hour >= 5
        assert hours.is_daytime(at) or morning, (row.occurrence, at)


def nobody_is_flooded(world, runners):
    pushed = defaultdict(Counter)
    for entry in world.sim.ledger.entries:
        if entry.accepted and entry.path.endswith(("/push", "/multicast")):
            at = datetime.fromisoformat(entry.at).astimezone(SETTINGS.zone)
            to = entry.to if isinstance(entry.to, list) else [entry.to]
            pushed[at.isocalendar()[:2]].update(to)
    for week, counts in pushed.items():
        mine = Counter(counts[one.actor.id] for one in runners)
        print(week, sorted(mine.items()))
        if week != RACE_WEEK:
            assert max(mine) <= MOST_A_WEEK, (week, mine)


def who_sees_a_doctor_gets_no_numbers(runners):
    for one in (r for r in runners if r.sees_doctor):
        said = [words(bubble["message"]) for bubble in one.actor.shown()]
        assert said
        assert [text for text in said if AMOUNT.search(text)] == [], one.number


def the_coaches_hear_who_was_silent(world, runners, rows):
    coach = world.person("西岡 遥")
    digests = [
        r for r in rows if r.occurrence.startswith("race.silent") and r.recipient == coach.id
    ]
    assert sorted(r.occurrence.split(":")[3] for r in digests) == sorted(SAFETY)
    heard = "\n".join(said for said in coach.hears() if "返事のない方がいます" in said)
    for one in runners:
        name = one.given["name"]
        if one.entered == enrolment.YES and one.taps == 0.0:
            assert name in heard
        if one.taps == 1.0:
            assert name not in heard, name
