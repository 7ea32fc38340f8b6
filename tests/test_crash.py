"""Real processes killed between steps while LINE spoils half its answers: once, all the same."""

from __future__ import annotations

import os

import pytest

from tests.crash.siege import Siege
from tests.crash.tally import Plan

KILLS = 18  # on each database: the promise is thirty in one run
POINTS = 11  # of 13: which ones a run reaches is left to chance


@pytest.mark.timeout(120)
def test_nothing_is_lost_or_doubled_whoever_dies(database_url, tmp_path, record_property):
    seed = int(os.environ.get("TASUKI_CRASH_SEED", "") or int.from_bytes(os.urandom(3), "big"))
    tally = Siege(Plan(database_url, tmp_path, seed, KILLS)).run()
    record_property("summary", f"crash: {tally}")
    assert tally.kills.total() >= KILLS, (tmp_path / "log").read_text()[-3000:]
    assert len(tally.kills) >= POINTS, f"{tally} {tally.kills}"
    assert (tally.lost, tally.doubled) == ([], []), str(tally)
    assert tally.unfinished == [], str(tally)
    assert tally.bodies_a_key == 1
