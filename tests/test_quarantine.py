"""Quarantine: what a restored backup holds open is closed, and what is new is not taken for old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from models import broadcast, health, inbox, restoration
from models.alert import Alert
from models.broadcast import Broadcast, State
from models.inbox import Door, EventState, InboxEvent
from models.outbox import OutboxRow, Priority, RowState
from models.person import Person
from tests.posting import Outbox
from tests.safekeeping import put_back


@pytest.fixture
def post(world):
    return Outbox(world)


def spoken(post):
    """Return the plain texts that LINE took."""
    return [m["text"] for e in post.entries() if e.accepted for m in e.messages if "text" in m]


def test_what_waited_to_be_sent_is_set_aside(world, post, aiko, coach):
    letters = [
        post.post(aiko.id, "safe", Priority.SAFETY),
        post.post(aiko.id, "answer", Priority.ANSWER),
        post.post(coach.id, "notice"),
    ]
    found = put_back(world)
    assert all((one.row.state, one.row.reason) == ("unknown", "restored") for one in letters)
    assert all(one.row.messages is None for one in letters)
    assert (found["unsent_safety"], found["unsent_answer"], found["unsent_notice"]) == (1, 1, 1)
    world.settle()
    assert spoken(post) == []


def test_what_was_to_be_handled_is_set_aside_and_what_takes_away_is_done(world, aiko):
    noted = world.phones.say(aiko.id, aiko.id, "水 300")
    world.settle()
    world.phones.unsend(noted.message_id)
    world.phones.say(aiko.id, aiko.id, "水 500")
    with world.database.connect() as connection:
        at = world.clock.now()
        due = {
            "key": "clock:a.b:1:0:",
            "door": Door.CLOCK,
            "chat": "clock:a.b:1:0:",
            "happened_at": at,
        }
        inbox.record(connection, [due | {"message_id": None, "body": {}}], at)
    heard = len(aiko.hears())
    found = put_back(world)
    assert (found["events_missed"], found["notices_missed"]) == (1, 1)
    world.settle()
    with world.database.read() as db:
        assert (
            db.exec(select(health.Drink).where(health.Drink.person_id == aiko.record().key)).all()
            == []
        )
    assert len(aiko.hears()) == heard


def test_what_comes_due_in_the_doubtful_time_is_missed_and_what_comes_after_is_said(world, clock):
    clock.leaps_to("2026-11-26 12:00")
    found = put_back(world, stopped=clock.now() - timedelta(days=1))
    with world.database.read() as db:
        rows = db.exec(select(InboxEvent).where(InboxEvent.door == Door.CLOCK)).all()
        until = restoration.last(db).doubt_until
    doubtful = [row.state for row in rows if row.happened_at <= until]
    assert len(doubtful) > 3
    assert set(doubtful) == {EventState.MISSED}
    assert EventState.WAITING in {row.state for row in rows if row.happened_at > until}
    assert sum(n for kind, n in found.items() if kind.startswith("due_")) == len(doubtful)


def test_what_would_still_help_is_not_said_when_it_may_have_been(world, clock):
    ahead = world.ticker.ahead(clock.at, clock.at + timedelta(days=5))
    notice = next(one for one in ahead if one.kind == "session.notice")
    clock.at = notice.due_at + timedelta(hours=1)
    assert clock.at < notice.until
    put_back(world)
    clock.passes(minutes=1)
    with world.database.read() as db:
        found = db.exec(select(InboxEvent).where(InboxEvent.key == f"clock:{notice.key}")).one()
    assert found.state == EventState.MISSED


def test_an_event_brought_again_is_answered_by_reply_only(world, aiko, clock):
    spoken = world.phones.say(aiko.id, aiko.id, "今週")
    world.settle()
    with world.database.write() as db:  # the backup was taken before it came
        db.delete(db.exec(select(InboxEvent).where(InboxEvent.key == spoken.event_id)).one())
        for row in db.exec(select(OutboxRow)).all():
            db.delete(row)
    put_back(world)
    heard = len(aiko.hears())
    clock.at += timedelta(minutes=1)
    world.comes_again(spoken)
    assert len(aiko.hears()) == heard
    assert aiko.says("今週") != []


def test_a_key_of_the_lost_life_hides_nothing_new(world, post, aiko):
    post.post(aiko.id, "number 7")
    world.settle()
    with world.database.write() as db:
        for row in db.exec(select(OutboxRow)).all():
            db.delete(row)
    put_back(world)
    again = post.post(aiko.id, "number 7")
    world.settle()
    assert again.fate == (RowState.ACCEPTED, 200)
    assert spoken(post) == ["number 7", "number 7"]


def test_numbers_are_not_given_out_again(world):
    with world.database.read() as db:
        newest = max(one.key for one in db.exec(select(Person)))
    put_back(world)
    with world.database.write() as db:
        now = world.clock.now()
        one = Person(line_id="U" + "9" * 32, created_at=now, reachable_at=now)
        db.add(one)
        db.flush()
        assert one.key > newest + 900


def test_a_broadcast_that_waited_is_a_draft_again(world, coach):
    with world.database.write() as db:
        now = world.clock.now()
        row = broadcast.begin(db, coach.record(), now)
        assert broadcast.decide(db, row, State.HELD, now + timedelta(hours=1), now)
    assert put_back(world)["broadcasts_stopped"] == 1
    with world.database.read() as db:
        assert db.exec(select(Broadcast.state)).all() == [State.DRAFT]


def test_the_office_reads_what_is_lost_in_english_too(world, clock, office, post, aiko):
    office.says("English")
    post.post(aiko.id, "notice")
    put_back(world)
    world.settle()
    [told] = [said for said in office.hears() if said.startswith("A backup was put back")]
    assert "Messages that may or may not have gone out: 1" in told
    assert "Mon 23 Nov, 09:00" in told


def test_an_alert_that_waited_is_not_told_again_and_what_is_set_aside_now_is(
    world, clock, post, aiko
):
    post.post(aiko.id, "gone", life=timedelta(seconds=-1))
    world.settle()
    with world.database.read() as db:
        [early] = db.exec(select(Alert)).all()
    post.post(aiko.id, "waits")
    assert put_back(world)["alerts_closed"] == 1
    with world.database.read() as db:
        told = {one.key: one.told_at for one in db.exec(select(Alert))}
    assert told[early.key] == clock.now()
    assert None in told.values()


def test_nobody_else_reads_it(world, aiko, coach):
    put_back(world)
    world.settle()
    assert not [s for who in (aiko, coach) for s in who.hears() if "バックアップ" in s]
