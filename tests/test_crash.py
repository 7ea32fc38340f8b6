"""Real processes killed between steps while LINE spoils half its answers: once, all the same."""

from __future__ import annotations

import os

import pytest

from tests.crash import points
from tests.crash.siege import Siege
from tests.crash.tally import Plan

KILLS = 60  # on each database, and every point at least once
LIMIT = 900  # seconds, on a machine that is many times slower than a laptop


@pytest.mark.timeout(LIMIT)
def test_nothing_is_lost_or_doubled_whoever_dies(database_url, tmp_path, record_property):
    seed = int(os.environ.get("TASUKI_CRASH_SEED", "") or int.from_bytes(os.urandom(3), "big"))
    kills = int(os.environ.get("TASUKI_CRASH_KILLS", KILLS))
    plan = Plan(database_url, tmp_path, seed, kills, everywhere=kills >= KILLS)
    tally = Siege(plan).run()
    record_property("summary", f"crash: {tally}")
    assert tally.lost == [], str(tally)
    assert tally.doubled == [], str(tally)
    assert tally.pending == {}, str(tally)
    assert tally.is_kept, f"{tally} {tally.states}"
    assert tally.kills.total() >= kills, (tmp_path / "log").read_text()[-3000:]
    assert not plan.everywhere or points.everywhere() <= tally.kills.keys(), (
        f"{tally} {tally.kills}"
    )
