"""LINE delivers twice, late and in any order: the same state and the same answers all the same."""

from __future__ import annotations

import random
import threading

import pytest
from sqlmodel import select

from models.attendance import Rsvp
from models.class_group import ClassGroup
from models.health import Drink
from models.inbox import EventState, InboxEvent
from models.outbox import OutboxRow
from models.person import Person
from scheduler.housekeeping import keep_house
from tests.letters import Letters
from tests.posting import after


@pytest.fixture
def letters(probed):
    return Letters(probed)


def batch(letters, world):
    """Return a day of a few people, with times of their own."""
    group = world.group("S4")
    names = ("相川 愛子", "山田 亮", "山口 浩", "Emma Clarke")
    aiko, ryo, hiroshi, emma = (world.person(name) for name in names)
    note = letters.text(ryo.id, "note 417")
    said = letters.text(emma.id, "tasuki note 250", group)
    events = [
        letters.text(aiko.id, "note 120"),
        letters.text(hiroshi.id, "note 330"),
        letters.text(aiko.id, "水"),
        note,
        letters.event("unsend", ryo.id, unsend={"messageId": note["message"]["id"]}),
        said,
        letters.event("messageEdited", emma.id, group)
        | {"message": said["message"] | {"text": "tasuki note 260"}},
        letters.event("unfollow", hiroshi.id),
        letters.event("follow", hiroshi.id),
        letters.event("unfollow", aiko.id),
        letters.event("leave", None, group),
        letters.event("join", None, group),
    ]
    return [one | {"timestamp": one["timestamp"] + n * 1000} for n, one in enumerate(events)]


def shuffled(events, chance):
    """Return the events two or three times each, in any order, cut into any bodies."""
    copies = [
        event | {"deliveryContext": {"isRedelivery": copy > 0}}
        for event in events
        for copy in range(chance.randint(1, 3))
    ]
    chance.shuffle(copies)
    while copies:
        size = chance.randint(1, 6)
        yield copies[:size]
        copies = copies[size:]


def state(world):
    """Return what is remembered, without the order in which it came to be."""
    with world.database.read() as db:
        groups = sorted((g.line_id, g.class_id, g.present) for g in db.scalars(select(ClassGroup)))
        drinks = sorted((d.person_id, d.ml) for d in db.scalars(select(Drink)))
        people = sorted((p.line_id, p.reachable) for p in db.scalars(select(Person)))
        rsvps = sorted((r.person_id, r.session_id) for r in db.scalars(select(Rsvp)))
        events = db.scalars(select(InboxEvent.key).where(InboxEvent.door == "line"))
        return groups, drinks, people, rsvps, sorted(events)


def answers(world):
    with world.database.read() as db:
        return sorted(f"{row.occurrence} {row.recipient}" for row in db.scalars(select(OutboxRow)))


def play(world, letters, bodies, *, settle):
    for body in bodies:
        assert letters.post(*body) == 200
        if settle:
            world.settle()
    world.settle()


@pytest.mark.parametrize("seed", range(4))
def test_any_order_and_any_number_of_copies_end_the_same(probed, letters, seed):
    chance = random.Random(seed)
    events = batch(letters, probed)
    play(probed, letters, shuffled(events, chance), settle=seed % 2)
    mixed = state(probed)
    drinks, people = mixed[1], dict(mixed[2])
    assert sorted(ml for _, ml in drinks) == [120, 260, 330]  # taken back: 417; edited: 250
    assert people[probed.person("山口 浩").id]
    assert not people[probed.person("相川 愛子").id]
    assert len(mixed[4]) == len(events)
    assert len(answers(probed)) == len(set(answers(probed)))
    play(probed, letters, shuffled(events, chance), settle=True)
    assert state(probed) == mixed


def test_fifty_copies_at_once_are_one(probed, letters):
    ryo = probed.person("山田 亮")
    event = letters.text(ryo.id, "note 417")
    statuses = []
    doors = [Letters(probed) for _ in range(10)]
    lanes = [
        threading.Thread(
            target=lambda door=door: statuses.extend(door.post(event) for _ in "12345")
        )
        for door in doors
    ]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    probed.settle()
    assert statuses == [200] * 50
    assert len(letters.rows()) == 1
    assert ryo.hears() == ["417 ml、書きました。"]


def test_a_redelivery_after_a_day_says_nothing_again(probed, letters):
    ryo = probed.person("山田 亮")
    event = letters.text(ryo.id, "note 417")
    letters.post(event)
    probed.settle()
    after(probed, hours=25)
    letters.post(event | {"deliveryContext": {"isRedelivery": True}})
    probed.settle()
    assert ryo.hears() == ["417 ml、書きました。"]


@pytest.mark.parametrize("days", [31, 40])
def test_what_somebody_recorded_and_posts_again_after_weeks_has_no_effect(probed, letters, days):
    """After 31 days its id is still known; after 40 it is forgotten, and the event too old."""
    ryo = probed.person("山田 亮")
    event = letters.text(ryo.id, "note 417")
    letters.post(event)
    probed.settle()
    after(probed, days=days)
    keep_house(probed.database, probed.clock.now())
    before = state(probed)[:-1]
    assert letters.post(event) == 200
    probed.settle()
    assert state(probed)[:-1] == before
    assert ryo.hears() == ["417 ml、書きました。"]
    assert {row.state for row in letters.rows()} <= {EventState.DONE, EventState.IGNORED}
