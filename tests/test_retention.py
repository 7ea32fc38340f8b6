"""Retention: what is past its period is gone, and nothing before its time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from models import dialog
from models.inbox import InboxEvent
from models.message import MessageState
from models.outbox import OutboxRow
from scheduler import housekeeping, planner
from scheduler.housekeeping import keep_house
from tests.letters import Letters
from tests.posting import Outbox, after


@pytest.fixture
def letters(world):
    return Letters(world)


def all_of(world, table):
    with world.database.read() as db:
        return list(db.scalars(select(table)))


def keep(world, **later):
    keep_house(world.database, after(world, **later))


def test_what_was_said_goes_after_seven_days(world, letters, aiko):
    letters.post(letters.text(aiko.id, "今週"))
    world.settle()
    keep(world, days=6, hours=23)
    assert letters.rows()[0].body is not None
    keep(world, hours=2)
    (row,) = letters.rows()
    assert (row.body, row.fault) == (None, None)


def test_an_event_is_known_for_35_days(world, letters, aiko):
    event = letters.text(aiko.id, "今週")
    letters.post(event)
    world.settle()
    keep(world, days=34)
    letters.post(event)
    assert (len(letters.rows()), len(all_of(world, MessageState))) == (1, 1)
    keep(world, days=2)
    assert (letters.rows(), all_of(world, MessageState)) == ([], [])


def test_what_waits_is_never_dropped(world, letters, aiko):
    letters.post(letters.text(aiko.id, "今週"))
    waiting = Outbox(world).post(
        aiko.id, "later", not_before=world.clock.now() + timedelta(days=99)
    )
    keep(world, days=60)
    assert letters.rows()[0].body is not None
    assert waiting.row.messages


def test_final_rows_go_and_their_words_went_before(world, aiko):
    sent = Outbox(world).post(aiko.id, "sent")
    world.settle()
    assert sent.row.messages is None
    keep(world, days=36)
    assert all_of(world, OutboxRow) == []


def test_a_question_is_forgotten_after_two_days(world, aiko):
    now = world.clock.now()
    with world.database.write() as db:
        dialog.ask(db, aiko.id, aiko.id, "x.y", {"a": 1}, now)
    with world.database.read() as db:
        assert dialog.open_question(db, aiko.id, aiko.id, now + timedelta(hours=23))
        assert not dialog.open_question(db, aiko.id, aiko.id, now + timedelta(hours=25))
    keep(world, days=2, seconds=1)
    assert all_of(world, dialog.Dialog) == []


def clock_keys(world):
    with world.database.read() as db:
        return set(db.scalars(select(InboxEvent.key).where(InboxEvent.door == "clock")))


def test_a_key_of_the_clock_goes_when_it_can_no_longer_be_planned(world):
    world.clock.passes(days=1)
    before = clock_keys(world)
    keep(world, days=33)
    assert before and clock_keys(world) == before
    keep(world, days=3)
    assert not clock_keys(world)
    world.ticker.plan(world.clock.now())
    assert clock_keys(world) and not clock_keys(world) & before


def test_a_key_is_known_for_longer_than_the_planner_looks_back():
    assert housekeeping.EVENT_IDS > planner.LOOK_BACK > planner.CATCH_UP
