"""A database of an earlier release, filled, is brought forward and loses nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import MetaData, func, insert, select

from models import schema
from models.columns import metadata
from models.database import Database
from models.schema import Fit
from tests.releases import RELEASED, bring_to, row_of


@pytest.fixture(params=RELEASED)
def released(request, empty_url):
    """A database as an earlier release left it, with a row in every table."""
    database = Database(empty_url)
    bring_to(database, request.param)
    with schema._unguarded(database) as connection:
        tables = MetaData()
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(insert(table).values(**row_of(table)))
    yield database
    database.close()


def rows_of(database):
    """Return how many rows each table has."""
    with database.engine.connect() as connection:
        known = MetaData()
        known.reflect(connection)
        tables = [table for table in known.sorted_tables if table.name != "alembic_version"]
        count = select(func.count())
        return {table.name: connection.scalar(count.select_from(table)) for table in tables}


def test_every_row_of_an_earlier_release_survives(released):
    before = rows_of(released)
    assert set(before.values()) == {1}
    assert schema.fit(released) is Fit.OLDER
    schema.migrate(released)
    assert schema.fit(released) is Fit.CURRENT
    after = rows_of(released)
    assert set(after) == set(metadata.tables)
    assert {name: after[name] for name in before} == before
