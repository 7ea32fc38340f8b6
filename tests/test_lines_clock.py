"""LINE's clock, as the dates of its answers tell it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.lines_clock import REMEMBERED, LinesClock

AT = datetime(2026, 11, 18, 10, 26, 40, tzinfo=UTC).timestamp()
DATE = "Wed, 18 Nov 2026 10:26:40 GMT"


@pytest.mark.parametrize("ahead", [-30.0, -0.5, 0.0, 12.0])
def test_the_difference_is_seen(ahead):
    clock = LinesClock(now=lambda: AT + 0.5 + ahead)
    assert clock.skew is None
    clock.saw(DATE)
    assert clock.skew == ahead


@pytest.mark.parametrize("date", ["", "soon", "Wed, 99 Nov 2026 10:26:40 GMT", "Wed, 18", "5"])
def test_what_is_no_date_says_nothing(date):
    clock = LinesClock(now=lambda: AT + 9.5)
    clock.saw(DATE)
    clock.saw(date)
    assert clock.skew == 9.0


def test_what_was_seen_long_ago_says_nothing():
    ticks = [0.0]
    clock = LinesClock(now=lambda: AT + 0.5, ticks=lambda: ticks[0])
    clock.saw(DATE)
    ticks[0] = REMEMBERED
    assert clock.skew == 0.0
    ticks[0] += 1
    assert clock.skew is None


def test_every_answer_of_line_is_looked_at(world):
    world.line.clock = LinesClock()
    assert world.line.bot_info() is not None
    assert abs(world.line.clock.skew) < 5  # the simulator's date is this machine's
    assert world.delivery.clock_skew == world.line.clock.skew
