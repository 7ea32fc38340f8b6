"""A database of an earlier release, filled, is brought forward and loses nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

import psycopg
import pytest
from alembic import command
from sqlalchemy import MetaData, Table, func, insert, select
from sqlalchemy.engine import make_url

from models import schema
from models.columns import metadata
from models.database import Database
from models.schema import Fit
from tests import databases
from tests.postgres import libpq_url

RELEASED = "0001"
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


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    """An empty database of its own, on either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/released.db"
        return
    server, name = request.getfixturevalue("postgres_url"), f"tasuki_released_{uuid4().hex[:12]}"
    with psycopg.connect(libpq_url(make_url(server)), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        yield databases.sibling(server, name)
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def released(empty_url):
    """A database as the last release left it, with a row in every table."""
    database = Database(empty_url)
    with schema._unguarded(database) as connection:
        command.upgrade(schema._config(connection), RELEASED)
    with schema._unguarded(database) as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(insert(table).values(**row_of(table)))
    yield database
    database.close()


def row_of(table: Table):
    """Return a value for every column that wants one."""
    return {
        column.name: SAMPLES[column.type.python_type]
        for column in table.columns
        if not (column.primary_key and column.autoincrement is True)
    }


def rows_of(database):
    """Return how many rows each table has."""
    with database.engine.connect() as connection:
        known = MetaData()
        known.reflect(connection)
        tables = [table for table in known.sorted_tables if table.name != "alembic_version"]
        count = select(func.count())
        return {table.name: connection.scalar(count.select_from(table)) for table in tables}


def test_every_row_of_the_last_release_survives(released):
    before = rows_of(released)
    assert set(before.values()) == {1}
    assert schema.fit(released) is Fit.OLDER
    schema.migrate(released)
    assert schema.fit(released) is Fit.CURRENT
    after = rows_of(released)
    assert set(after) == set(metadata.tables)
    assert {name: after[name] for name in before} == before
