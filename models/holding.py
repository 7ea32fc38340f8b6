"""Having all tables to oneself for a migration, while others work on the database."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

_WAIT = 700  # ms: before PostgreSQL finds a deadlock, and less than a webhook waits
_IN_THE_WAY = {"57014", "40P01", sqlite3.SQLITE_BUSY}  # not had in time, deadlock, locked


def hold_tables(connection: Connection) -> None:
    """Take every table at once before changing them; `in_the_way` when somebody works on one.

    Taken one by one while others work, each side may end up waiting for the other. SQLite has one
    writer at a time anyway.
    """
    names = inspect(connection).get_table_names()
    if connection.dialect.name == "sqlite" or not names:
        return
    quoted = ", ".join(f'"{name}"' for name in sorted(names))
    connection.execute(text(f"SET LOCAL statement_timeout = '{_WAIT}ms'"))
    connection.execute(text(f"LOCK TABLE {quoted} IN ACCESS EXCLUSIVE MODE"))
    connection.execute(text("SET LOCAL statement_timeout = 0"))


def in_the_way(error: DBAPIError) -> bool:
    """Say whether it failed only because others work on the database at this moment."""
    told = (getattr(error.orig, name, None) for name in ("sqlstate", "sqlite_errorcode"))
    return not _IN_THE_WAY.isdisjoint(told)
