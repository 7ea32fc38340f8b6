"""The schema: migrate it, and say whether it fits this code."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import DBAPIError

from models.database import INTAKE_WAIT, BusyError, Database
from models.holding import hold_tables, in_the_way

UNFINISHED = "tasuki_restoring"  # a table that stands while PostgreSQL is given a backup
PATIENCE, PAUSE = 60.0, 0.5  # seconds to wait for a moment at which nobody works, and between two
_FOLDER = Path(__file__).parent / "migrations"


class Fit(StrEnum):
    """How the database's schema stands to this code."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    UNFINISHED = "unfinished"  # a backup is being put back, or that broke off


def migrate(database: Database) -> None:
    """Bring the schema up to this code's version, while old processes work on.

    BusyError when they leave no moment for it in a minute; nothing is changed then.
    """
    with database.engine.connect() as connection:
        if fit_of(_revision(connection)) is Fit.CURRENT:
            return  # nobody is held up for nothing
    until = time.monotonic() + PATIENCE
    while not _upgraded(database):
        if time.monotonic() > until:
            raise BusyError("others work on the tables without a pause")
        time.sleep(PAUSE)


def _upgraded(database: Database) -> bool:
    try:
        with database.turn(INTAKE_WAIT), _unguarded(database) as connection:
            hold_tables(connection)
            command.upgrade(_config(connection), "head")
    except BusyError:
        return False
    except DBAPIError as error:
        if in_the_way(error):
            return False
        raise
    return True


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def new_migration(database: Database, message: str) -> None:
    """Write a migration from the difference between the tables and the database."""
    with _unguarded(database) as connection:
        command.revision(_config(connection), message=message, autogenerate=True)


def fit(database: Database) -> Fit:
    """Say whether the database's schema is older, current or newer."""
    if database.is_sqlite and not Path(database.url.database or "").exists():
        return Fit.OLDER  # to look into a missing file would create it
    with database.engine.connect() as connection:
        if inspect(connection).has_table(UNFINISHED):
            return Fit.UNFINISHED
        found = _revision(connection)
    return fit_of(found) or Fit.OLDER


def fit_of(revision: str | None) -> Fit | None:
    """Say how a revision stands to this code; None where there is none."""
    script = ScriptDirectory(str(_FOLDER))
    if revision is None or revision == script.get_current_head():
        return Fit.CURRENT if revision else None
    known = {one.revision for one in script.walk_revisions()}
    return Fit.OLDER if revision in known else Fit.NEWER


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _unguarded(database: Database) -> Iterator[Connection]:
    """Give a transaction in which SQLite's foreign keys are off.

    Batch mode rebuilds a table; with foreign keys on, dropping a parent deletes its children, and
    without the old way to rename a trigger that names the table refuses it.
    """
    with database.engine.connect() as connection:
        _foreign_keys(connection, "OFF")
        connection.execution_options(tasuki_write=INTAKE_WAIT)
        try:
            with connection.begin():
                yield connection
        finally:
            _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, value: str) -> None:
    raw = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.execute(f"PRAGMA foreign_keys={value}")
        raw.execute(f"PRAGMA legacy_alter_table={'ON' if value == 'OFF' else 'OFF'}")
