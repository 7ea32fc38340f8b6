"""Having all tables to oneself for a migration, while others work on the database."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from models.database import BusyError
from models.tables import metadata

WAIT_MS = 700  # before PostgreSQL finds a deadlock, and less than a webhook waits
_CANCELLED, _DEADLOCK = "57014", "40P01"
_PRIMARY = 0xFF  # of SQLite's codes: the rest says more exactly why


def hold_tables(connection: Connection) -> None:
    """Take our tables at once before changing them; BusyError when somebody works on one.

    Taken one by one while others work, each side may end up waiting for the other. SQLite has one
    writer at a time anyway.
    """
    ours = {*metadata.tables, "alembic_version"}
    names = sorted(ours.intersection(inspect(connection).get_table_names()))
    if connection.dialect.name == "sqlite" or not names:
        return
    connection.execute(text(f"SET LOCAL statement_timeout = '{WAIT_MS}ms'"))
    try:
        connection.execute(text(f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE"))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in {_CANCELLED, _DEADLOCK}:
            raise BusyError("somebody works on a table") from error
        raise
    connection.execute(text("SET LOCAL statement_timeout = 0"))


def in_the_way(error: DBAPIError) -> bool:
    """Say whether it failed only because others work on the database at this moment."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return bool(code & _PRIMARY == sqlite3.SQLITE_BUSY)
    return getattr(error.orig, "sqlstate", None) == _DEADLOCK
