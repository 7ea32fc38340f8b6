"""The bucket of answers that one person can have at once."""

from __future__ import annotations

from datetime import timedelta

from models import allowance
from models.allowance import BURST
from tests.world import START


def test_events_stamped_out_of_order_fill_nothing(database):
    key, at = "somebody", START
    with database.write() as db:
        for _ in range(BURST + 5):  # calls for help are heard all the same
            allowance.take(db, key, at)
        assert allowance.is_spent(db, key, at - timedelta(milliseconds=1))
        allowance.take(db, key, at - timedelta(milliseconds=1))
        assert allowance.is_spent(db, key, at)
        assert not allowance.is_spent(db, key, at - timedelta(days=1))
