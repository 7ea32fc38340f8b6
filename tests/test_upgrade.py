"""A database of an earlier release, filled, is brought forward and loses nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import MetaData, Table, column, func, insert, select, table, text, update

from models import crypto, hash_key, schema
from models.columns import metadata
from models.crypto import Keyring
from models.database import Database
from models.schema import Fit
from tests.releases import RELEASED, bring_to, row_of

THEN = Keyring(b"t" * 32)


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


@pytest.fixture
def turn_back():
    """The keys of this process, put back afterwards."""
    before = crypto.current()
    yield
    crypto.use(before)


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


def test_what_was_hashed_is_known_after_another_data_key_came(released, turn_back):
    """A backup of an earlier release, opened with the key of today beside that of then."""
    crypto.use(THEN)
    hashed = crypto.current().hash("a code on paper")
    sealed = {"name": THEN.seal(b"Aiko", "person.name")}
    with released.engine.begin() as connection:
        connection.execute(update(table("person", column("name"))).values(sealed))
    crypto.use(Keyring(b"n" * 32, [b"t" * 32]))
    schema.migrate(released)
    kept = hash_key.kept(released)
    crypto.use(Keyring(b"n" * 32, [b"t" * 32], lambda: kept))
    assert crypto.current().hash("a code on paper") == hashed


def test_a_number_that_was_deleted_is_not_given_out_again(released):
    """What an old button or an outbox key names stays that, whatever was deleted before."""
    sessions = Table("training_session", MetaData(), autoload_with=released.engine)
    with released.engine.begin() as connection:
        connection.execute(insert(sessions).values(**row_of(sessions) | {"id": 9, "week": 9}))
        connection.execute(sessions.delete().where(sessions.c.id == 9))
        if not released.is_sqlite:
            connection.execute(text("SELECT setval('training_session_id_seq', 9)"))
    schema.migrate(released)
    with released.engine.begin() as connection:
        row = {k: v for k, v in row_of(sessions).items() if k != "id"} | {"week": 10}
        new = insert(sessions).values(**row).returning(sessions.c.id)
        assert connection.execute(new).scalar() > 9
