"""The drill: live, back up, live on, lose all, put the backup back; nothing is said twice."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot import deletions
from bot.backup import take
from bot.pace import Pace
from bot.restore import Order, put_back
from models import code, school
from models.inbox import EventState, InboxEvent
from models.outbox import OutboxRow, RowState
from models.person import by_line_id
from tests import safekeeping
from tests.actor import words

empty, folder, tools = safekeeping.empty, safekeeping.folder, safekeeping.tools
PAID = ("/push", "/multicast")


@pytest.fixture
def file(world, tmp_path):
    """The record of deletions, on another disk so to speak."""
    path = tmp_path / "deletions"
    world.runs_on(world.database, deletions=str(path))
    deletions.copy(world.database, path)
    return path


def told(world, since=0, until=None):
    """Return what LINE was given to push: to whom, and what, as often as it took it.

    Digests of what did not arrive are left out: what is in doubt anew is named anew.
    """
    return Counter(
        (to, json.dumps(entry.messages, sort_keys=True))
        for entry in world.sim.ledger.entries[since:until]
        if entry.accepted and entry.path.endswith(PAID)
        if not words(entry.messages[0]).startswith("届いていないかもしれない連絡")
        for to in ([entry.to] if isinstance(entry.to, str) else entry.to)
    )


def states(world, table, **of):
    with world.database.read() as db:
        rows = db.exec(select(table)).all()
    return Counter(row.state for row in rows if all(getattr(row, k) == v for k, v in of.items()))


def by_id(world, actor):
    with world.database.read() as db:
        return by_line_id(db, actor.id)


def live(world, clock):
    """Go on to where LINE is out of reach and much waits."""
    clock.goes_to("2026-11-24 15:00")
    world.delivery = world.sender(Pace(base=3600.0, longest=3600.0))
    world.sim.faults.add(path="push", status=500, when="after", times=None)
    world.sim.faults.add(path="multicast", status=500, when="after", times=None)
    clock.goes_to("2026-11-25 18:30")


@pytest.mark.timeout(600)
def test_the_drill(world, file, folder, empty, aiko, ryo, office):
    live(world, world.clock)
    ryo.says("退会")
    spent, invitation = ryo.button("すべて消す")["data"], issue_invitation(world)
    waiting = states(world, OutboxRow)[RowState.PENDING]
    assert waiting > 5
    made = take(world.database, folder, world.clock.now())
    live_on(world, aiko, ryo, spent)

    row = put_back(replace(world.parts, database=empty), Order(made))
    world.runs_on(empty, deletions=str(file))
    assert by_id(world, ryo) is None
    assert ryo.id.encode() not in b"".join(map(bytes_of, files_of(world)))
    assert (row.found["again_person"], row.count("unsent_")) == (1, waiting)

    resumed = len(world.sim.ledger.entries)
    due = world.ticker.ahead(world.clock.at, world.clock.at + timedelta(hours=24))
    world.clock.passes(hours=24)
    assert told(world, 0, resumed) & told(world, resumed) == Counter()
    nothing_old_is_used(world, ryo, spent, invitation)
    the_school_goes_on(world, due, aiko, office)
    everything_is_accounted_for(world)


def live_on(world, aiko, ryo, spent):
    """What the backup does not know: letters go out, somebody is deleted, an hour of silence."""
    mark = len(world.sim.ledger.entries)
    world.sim.faults.clear()
    world.clock.goes_to("2026-11-26 13:00")
    assert ryo.sends_data(spent)[0].startswith("すべて消しました。")
    assert aiko.says("水 300")
    assert len(told(world, mark)) > 5
    world.clock.leaps_to("2026-11-26 14:00")


def issue_invitation(world):
    with world.database.write() as db:
        until = world.clock.now().replace(month=12)
        row = code.Code(hash="", kind=school.OFFICE, single=True, expires_at=until)
        return code.issue(db, row)


def nothing_old_is_used(world, ryo, spent, invitation):
    assert "すべて消しました" not in ryo.sends_data(spent)[0]
    with world.database.read() as db:
        assert code.find(db, invitation, (school.OFFICE,), world.clock.now()) is None


def files_of(world):
    name = Path(world.database.url.database)
    return name.parent.glob(f"{name.name}*") if world.database.is_sqlite else []


def bytes_of(path):
    return path.read_bytes()


def the_school_goes_on(world, due, aiko, office):
    assert aiko.says("水 300")[0].startswith("300")
    with world.database.read() as db:
        done = set(db.exec(select(InboxEvent.key).where(InboxEvent.state == EventState.DONE)))
    assert len(due) > 1
    assert {f"clock:{one.key}" for one in due if one.kind != "alert.digest"} <= done
    assert any(said.startswith("データをバックアップから戻しました") for said in office.hears())


def everything_is_accounted_for(world):
    assert not states(world, OutboxRow)[RowState.PENDING]
    assert not states(world, InboxEvent)[EventState.WAITING]
    with world.database.read() as db:
        reasons = {
            row.reason for row in db.exec(select(OutboxRow)) if row.state == RowState.UNKNOWN
        }
    assert "restored" in reasons
