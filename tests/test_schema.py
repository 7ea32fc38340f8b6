"""Migrations on both databases: complete, harmless to children, refused where they do not fit."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import String, inspect, text
from sqlmodel import select

from models import schema
from models.attendance import Rsvp
from models.columns import metadata
from models.database import Database
from models.person import Person
from models.schema import Fit
from models.school import Membership


def test_the_migrations_make_exactly_the_tables(database):
    with database.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        assert found == []
        names = set(inspect(connection).get_table_names())
    assert names == {*metadata.tables, "alembic_version"}


def test_migrating_twice_changes_nothing(database):
    before = people(database)
    schema.migrate(database)
    assert (schema.fit(database), people(database)) == (Fit.CURRENT, before)


def people(database):
    with database.read() as db:
        return len(db.exec(select(Person)).all()), len(db.exec(select(Membership)).all())


def test_an_older_and_a_newer_schema_are_told_apart(database):
    with database.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema.fit(database) is Fit.NEWER
    with database.connect() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    assert schema.fit(database) is Fit.OLDER


def test_an_empty_database_is_older(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/empty.db")
    assert schema.fit(database) is Fit.OLDER
    database.close()


def test_children_survive_when_their_parents_table_is_rebuilt(database):
    before = people(database)
    assert min(before) > 0
    with schema._unguarded(database) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("person") as person:
            person.alter_column("language", existing_type=String(), type_=String(20))
    assert people(database) == before
    with database.write() as db:  # and the keys that hold them together hold again
        orphan = Rsvp(
            person_id=10**6, session_id=10**6, answer="yes", at=db.get(Person, 1).created_at
        )
        db.add(orphan)
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            db.flush()
        db.rollback()


def test_what_fails_halfway_leaves_nothing_behind(database):
    with pytest.raises(RuntimeError), schema._unguarded(database) as connection:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise RuntimeError("killed")
    with database.engine.connect() as connection:
        assert "half" not in inspect(connection).get_table_names()
