"""What did not arrive is never kept quiet: whatever gives a message up raises an alert."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

import app
from bot.pace import Pace
from models import outbox
from models.alert import Haste
from models.outbox import Priority, RowState
from tests.alerting import KEY, alerts, refuse, whys
from tests.posting import Outbox, after, drain


@pytest.fixture
def post(world):
    return Outbox(world)


def expires(world, aiko):
    world.sim.faults.add(path="push", status=401, times=None)
    drain(world.delivery)
    after(world, hours=12)
    world.sim.faults.clear()
    world.real_seconds += 3600


def dies(world, aiko):
    refuse(world)


def stays_in_doubt(world, aiko):
    world.sim.faults.add(path="push", mode="lost")
    world.sender(Pace(base=1e6, longest=1e6)).step()
    after(world, hours=12)


def is_blocked(world, aiko):
    aiko.blocks()


ENDS = {
    "expired": expires,
    "dead": dies,
    "unknown": stays_in_doubt,
    "cancelled": is_blocked,
}


@pytest.mark.parametrize("state", ENDS)
def test_safety_that_does_not_arrive_leaves_an_alert(world, post, aiko, state):
    sent = post.post(aiko.id, KEY, Priority.SAFETY)
    ENDS[state](world, aiko)
    drain(world.delivery)
    assert sent.row.state == state
    assert [row.why for row in alerts(world) if row.haste == Haste.NOW] == [state]


@pytest.mark.parametrize(
    ("priority", "state", "why"),
    [
        (Priority.ANSWER, "dead", ["dead"]),
        (Priority.NOTICE, "dead", ["dead"]),
        (Priority.NOTICE, "expired", ["expired"]),
        (Priority.NOTICE, "unknown", ["unknown"]),
        (Priority.ANSWER, "expired", []),  # a stale answer is let go on purpose
        (Priority.BROADCAST, "dead", []),  # its author hears of it in the report
        (Priority.SAFETY, "accepted", []),
        (Priority.SAFETY, "cancelled", []),  # moved, taken back or erased: somebody wished it so
    ],
)
def test_whoever_settles_a_row_raises_its_alert_with_it(world, post, aiko, priority, state, why):
    post.post(aiko.id, KEY, priority)
    for _ in range(2):
        with world.database.write() as db:  # also code that knows nothing of alerts
            db.execute(text(f"UPDATE outbox SET state='{state}', final_at=created_at"))
    assert whys(world) == why


def test_what_is_rolled_back_raises_nothing(world, post, aiko):
    post.post(aiko.id, KEY, Priority.SAFETY)
    with pytest.raises(RuntimeError), world.database.write() as db:
        db.execute(text("UPDATE outbox SET state='dead', final_at=created_at"))
        raise RuntimeError("killed")
    assert whys(world) == []


def test_moving_what_is_spoken_of_is_no_alert(world, post, aiko):
    post.post(aiko.id, KEY, Priority.SAFETY, subject="race:1")
    with world.database.write() as db:
        assert outbox.cancel_subject(db, "race:1", world.clock.now()) == 1
    assert whys(world) == []


def test_everything_the_clock_can_make_due_has_a_name():
    routes = app.router()
    named = set(routes.texts["alerts"].say)
    due = {kind for feature in app.features() for kind in feature.clocks}
    assert due - named == {"alert.digest", "quota.warning"}
    assert {key for key in named if "." in key} <= due


def test_housekeeping_forgets_old_alerts(world, post, aiko, clock):
    from scheduler.housekeeping import keep_house

    post.post(aiko.id, KEY, Priority.SAFETY)
    refuse(world)
    keep_house(world.database, clock.now() + timedelta(days=34))
    assert whys(world) == [RowState.DEAD]
    keep_house(world.database, clock.now() + timedelta(days=36))
    assert whys(world) == []
