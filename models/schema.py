"""The schema: migrate it, and say whether it fits this code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from models.database import Database

_FOLDER = Path(__file__).parent / "migrations"


class Fit(StrEnum):
    """How the database's schema stands to this code."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"


def migrate(database: Database) -> None:
    """Bring the schema up to this code's version."""
    with _unguarded(database) as connection:
        command.upgrade(_config(connection), "head")


def new_migration(database: Database, message: str) -> None:
    """Write a migration from the difference between the tables and the database."""
    with _unguarded(database) as connection:
        command.revision(_config(connection), message=message, autogenerate=True)


def fit(database: Database) -> Fit:
    """Say whether the database's schema is older, current or newer."""
    if database.is_sqlite and not Path(database.url.database or "").exists():
        return Fit.OLDER  # to look into a missing file would create it
    script = ScriptDirectory(str(_FOLDER))
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found == script.get_current_head():
        return Fit.CURRENT
    known = {revision.revision for revision in script.walk_revisions()}
    return Fit.OLDER if found is None or found in known else Fit.NEWER


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
        connection.execution_options(tasuki_write=True)
        with connection.begin():
            yield connection
        _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, value: str) -> None:
    raw = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.execute(f"PRAGMA foreign_keys={value}")
        raw.execute(f"PRAGMA legacy_alter_table={'ON' if value == 'OFF' else 'OFF'}")
