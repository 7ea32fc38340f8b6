"""Several rows in one request when one of them is stale, or the month has no room for all."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from models.outbox import OutboxRow, RowState
from tests.posting import drain
from tests.test_bundles import crowd, post

__all__ = ["crowd", "post"]  # fixtures


def test_a_bundle_whose_first_word_is_stale_waits_its_turn_for_the_rest(world, post, aiko):
    brief, lasting = post.post(aiko.id, "brief", life=timedelta(minutes=1)), post.post(aiko.id, "x")
    world.sim.faults.add(path="push", status=500)
    world.delivery.step()
    with world.database.write() as db:  # as long as a patient delivery waits
        rows = update(OutboxRow).where(col(OutboxRow.bundle).is_not(None))
        db.execute(rows.values(not_before=world.clock.now() + timedelta(minutes=5)))
    world.clock.at += timedelta(minutes=2)
    assert not world.delivery.step()
    world.clock.at += timedelta(hours=12)
    drain(world.delivery)
    assert {brief.row.state, lasting.row.state} == {RowState.UNKNOWN}


def test_a_month_with_room_for_some_refuses_the_request_but_not_everybody(world, post, crowd):
    world.sim.quota.limit = 2
    _, sent = crowd()
    drain(world.delivery)
    assert sorted(one.row.state for one in sent) == ["accepted", "accepted", "dead"]
