"""Where a PostgreSQL backup is put: into an empty database, marked until it is in quarantine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, text
from sqlmodel import Session

from bot import backup_postgres
from bot.backup import BackupRefused
from models.database import Database
from models.schema import UNFINISHED

Quarantine = Callable[[Database, Callable[[Session], None]], None]
NOT_EMPTY = (
    "the database is not empty: make a new one (createdb), set DATABASE_URL to it, and keep the "
    "old one until all is well"
)


def put(
    database: Database, source: Path | None, _now: datetime, _replace: bool, quarantine: Quarantine
) -> None:
    """Mark the database, fill it in one transaction, and unmark it with the quarantine.

    While the mark stands nothing starts on it; what broke off is gone on with.
    """
    with database.engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
    if source is not None:
        if tables and UNFINISHED not in tables:
            raise BackupRefused(NOT_EMPTY)
        with database.connect() as connection:
            connection.execute(text(f"CREATE TABLE IF NOT EXISTS {UNFINISHED} ()"))
        if tables <= {UNFINISHED}:
            backup_postgres.restore(source, database.url)
    quarantine(database, _unmark)


def _unmark(db: Session) -> None:
    db.execute(text(f"DROP TABLE IF EXISTS {UNFINISHED}"))
