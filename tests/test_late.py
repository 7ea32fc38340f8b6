"""What is handled late: a word means the day it was typed, and a stale answer is not paid for."""

from __future__ import annotations

from datetime import datetime

import pytest

from models import attendance, session
from tests.letters import Letters
from tests.posting import Outbox, after
from tests.world import SETTINGS


@pytest.fixture
def letters(world):
    return Letters(world)


def answers(world, actor, class_id=3):
    """Return the weeks for which a person answered, with the answer."""
    with world.database.read() as db:
        coming = session.upcoming(db, [class_id], datetime(2026, 11, 20, tzinfo=SETTINGS.zone), 3)
        found = {one.week: attendance.rsvp_of(db, one.key, actor.record().key) for one in coming}
    return {week: row.answer for week, row in found.items() if row}


def at(world, local):
    world.clock.at = datetime.fromisoformat(local).replace(tzinfo=SETTINGS.zone)


def test_tomorrow_is_the_day_after_it_was_typed(world, letters, aiko):
    at(world, "2026-11-24 23:59")
    letters.post(letters.text(aiko.id, "明日休みます"))
    at(world, "2026-11-25 00:01")
    world.settle()
    assert answers(world, aiko) == {11: "no"}


def test_the_next_session_is_the_next_one_when_it_was_typed(world, letters, aiko):
    at(world, "2026-11-25 18:30")
    letters.post(letters.text(aiko.id, "休みます"))
    at(world, "2026-11-25 23:30")
    world.settle()
    assert 12 not in answers(world, aiko)


@pytest.mark.parametrize(("minutes", "many"), [(5, 1), (11, 0)])
def test_an_answer_that_waited_for_a_worker_is_not_pushed_when_stale(
    world, letters, aiko, minutes, many
):
    letters.post(letters.text(aiko.id, "今週"))
    after(world, minutes=minutes)
    world.settle()
    assert sum(entry.accepted for entry in Outbox(world).entries()) == many
