"""While the migration is applied old processes go on: for them everything is where it was."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, inspect, select

from models import schema
from models.database import Database
from models.schema import Fit
from tests.releases import RELEASED, bring_to, row_of

PREVIOUS = RELEASED[-1]  # what may still run while this code's migration is applied


@pytest.fixture
def side_by_side(empty_url):
    """The tables as the release before knows them, and the database after the migration."""
    database = Database(empty_url)
    bring_to(database, PREVIOUS)
    with database.engine.connect() as connection:
        old = MetaData()
        old.reflect(connection)
        laws = laws_of(connection)
    schema.migrate(database)
    yield old, laws, database
    database.close()


def laws_of(connection):
    """Return every rule that a table lays on its rows: what is unique, and what points where."""
    look, laws = inspect(connection), {}
    for name in look.get_table_names():
        unique = [tuple(one["column_names"]) for one in look.get_unique_constraints(name)]
        unique += [tuple(one["column_names"]) for one in look.get_indexes(name) if one["unique"]]
        keys = [
            (tuple(one["constrained_columns"]), one["referred_table"])
            for one in look.get_foreign_keys(name)
        ]
        checks = [one["sqltext"] for one in look.get_check_constraints(name)]
        laws[name] = {*unique, *keys, *checks}
    return laws


def narrowed(old: Table, new: Table):
    """Yield what a table asks of its rows that it did not ask before, or no longer gives."""
    for column in old.columns:
        same = new.columns.get(column.name)
        if same is None:
            yield f"{old.name}.{column.name} is gone"
        elif repr(same.type) != repr(column.type):
            yield f"{old.name}.{column.name} was {column.type!r} and is {same.type!r}"
        elif column.nullable and not same.nullable:
            yield f"{old.name}.{column.name} must be given now"
    for column in new.columns:
        fills_itself = column.nullable or column.server_default is not None
        if column.name not in old.columns and not fills_itself:
            yield f"{new.name}.{column.name} is new and must be given"


def test_the_migration_only_adds_what_old_code_need_not_know(side_by_side):
    old, laws, database = side_by_side
    new = MetaData()
    with database.engine.connect() as connection:
        new.reflect(connection)
        now = laws_of(connection)
    for name, table in old.tables.items():
        assert name in new.tables, f"{name} is gone"
        assert list(narrowed(table, new.tables[name])) == []
        columns = set(table.columns.keys())
        stricter = {law for law in now[name] - laws[name] if columns.intersection(named_in(law))}
        assert stricter == set(), f"{name} is stricter"


def named_in(law):
    """Return the columns that a rule is about; a check's are not known: it counts for all."""
    if isinstance(law, str):
        return set(law.replace("(", " ").replace(")", " ").replace('"', " ").split())
    return set(law[0]) if isinstance(law[0], tuple) else set(law)


def test_old_code_writes_reads_and_changes_its_rows_as_before(side_by_side):
    old, _, database = side_by_side
    with database.connect() as connection:  # it knows the columns of its own time and no other
        for table in old.sorted_tables:
            if table.name != "alembic_version":
                connection.execute(insert(table).values(**row_of(table)))
    with database.connect() as connection:
        for table in old.sorted_tables:
            if table.name != "alembic_version":
                kept = connection.execute(select(table)).mappings().one()
                assert {name: kept[name] for name in row_of(table)}.keys() <= kept.keys()
                last = list(table.columns)[-1]
                connection.execute(table.update().values({last: kept[last.name]}))
    assert schema.fit(database) is Fit.CURRENT


BEFORE = Table("t", MetaData(), Column("a", Integer), Column("b", String, nullable=True))


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([Column("a", Integer)], "t.b is gone"),
        ([Column("a", String), Column("b", String)], "t.a was Integer() and is String()"),
        ([Column("a", Integer), Column("b", String, nullable=False)], "t.b must be given now"),
        (
            [Column("a", Integer), Column("b", String), Column("c", String, nullable=False)],
            "t.c is new and must be given",
        ),
    ],
)
def test_a_migration_that_would_break_old_code_is_seen(columns, said):
    assert list(narrowed(BEFORE, Table("t", MetaData(), *columns))) == [said]


def test_a_new_column_that_fills_itself_breaks_nothing():
    more = [Column("c", String), Column("d", Integer, nullable=False, server_default="0")]
    after = Table("t", MetaData(), Column("a", Integer), Column("b", String), *more)
    assert list(narrowed(BEFORE, after)) == []
