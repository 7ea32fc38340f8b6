"""Housekeeping: what is no longer needed is not kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from bot import deletions
from models import afterlife, alert, broadcast_lists, erasure, retention, stored_file
from models.database import Database

BODIES = timedelta(days=7)
EVENT_IDS = timedelta(days=35)
FINISHED_ROWS = timedelta(days=35)
SPENT = timedelta(days=1)


def keep_house(database: Database, now: datetime, file: Path | None = None) -> None:
    """Drop old bodies, event ids, spent questions, tokens, failures and files.

    Deletions that a crash kept from their file are copied to it.
    """
    deletions.copy(database, file)
    with database.write() as db:
        retention.drop_bodies(db, now - BODIES)
        retention.drop_events(db, now - EVENT_IDS)
        retention.drop_rows(db, now - FINISHED_ROWS)
        alert.drop_old(db, now - FINISHED_ROWS)
        retention.drop_spent(db, now - SPENT)
        erasure.forget_strangers(db)
        stored_file.drop_expired(db, now)
        broadcast_lists.tidy(db, now)
    for drop in (afterlife.forget_unfollowed, afterlife.drop_health, afterlife.drop_attendance):
        with database.write() as db:
            drop(db, now)
