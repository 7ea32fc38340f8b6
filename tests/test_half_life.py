"""The days around the half marathon: the rehearsal of the race's food is due in them as well."""

from __future__ import annotations

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.lives import drawn, kind, opens
from tests.race_stage import at
from tests.test_state_machine import Life

__all__ = ["kind", "opens"]

BEGINS = at("2027-01-16 12:00")  # the day before the half marathon
pytestmark = pytest.mark.timeout(900)  # a busy machine lives slowly
LIVES = {"sqlite": 4, "postgresql": 1}


def test_any_days_around_the_half_marathon_keep_the_promises(kind, opens):
    run_state_machine_as_test(
        type("HalfLife", (Life,), {"opens": opens}), settings=drawn(LIVES[kind])
    )
