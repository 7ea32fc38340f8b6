"""The releases there were, and a row for any table of theirs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from alembic import command
from sqlalchemy import Table

from models import schema
from models.database import Database

RELEASED = ("0001", "0002")
SAMPLES = {
    int: 1,
    UUID: UUID(int=1),
    str: "x",
    bool: False,
    float: 1.5,
    bytes: b"sealed",
    datetime: datetime(2026, 9, 1, tzinfo=UTC),
    date: date(2027, 3, 7),
    time: time(9, 10),
}


def bring_to(database: Database, release: str) -> None:
    """Give an empty database the schema of a release."""
    with schema._unguarded(database) as connection:
        command.upgrade(schema._config(connection), release)


def row_of(table: Table) -> dict[str, Any]:
    """Return a value for every column that wants one."""
    return {
        column.name: SAMPLES[column.type.python_type]
        for column in table.columns
        if not (column.primary_key and column.autoincrement is True)
    }
