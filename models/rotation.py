"""Changing the data key: what an older key sealed is sealed anew, while everybody works on.

Each sealed value says by its first bytes which key seals it, so there is nothing to remember:
whoever was stopped in the middle starts again and finds what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Table,
    bindparam,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlmodel import Session

from models.crypto import ID_BYTES, Sealed, SealedBytes, current
from models.database import Database, lock_next
from models.tables import metadata

PAGE = 100  # rows of one transaction: nobody waits for longer
PASSES = 3  # a row that a worker held at that moment is met again


def sealed_columns() -> dict[Table, list[Column[Any]]]:
    """Return every column that is encrypted, by table."""
    found = {
        table: [column for column in table.columns if isinstance(column.type, Sealed | SealedBytes)]
        for table in metadata.sorted_tables
    }
    return {table: columns for table, columns in found.items() if columns}


def rotate(database: Database) -> int:
    """Seal with the current key what another one sealed; return how many rows were."""
    done = 0
    for _ in range(PASSES):
        made = sum(_rows_of(database, table) for table in sealed_columns())
        done += made
        if not made:
            break
    return done


def left(db: Session) -> dict[str, int]:
    """Return how many values the current key does not seal, by column."""
    counts = {
        f"{table.name}.{column.name}": db.scalar(
            select(func.count()).select_from(table).where(_stale(column))
        )
        for table, columns in sealed_columns().items()
        for column in columns
    }
    return {name: many for name, many in counts.items() if many}


def _rows_of(database: Database, table: Table) -> int:
    done, after = 0, None
    while True:
        with database.write() as db:
            rows = _page(db, table, after)
            done += sum(_seal_anew(db, table, row) for row in rows)
        if len(rows) < PAGE:
            return done
        after = [rows[-1][column.name] for column in table.primary_key.columns]


def _page(db: Session, table: Table, after: list[Any] | None) -> list[dict[str, Any]]:
    """Return the next rows, as they are at rest, with what an older key sealed; and hold them."""
    keys = list(table.primary_key.columns)
    sealed = sealed_columns()[table]
    raw = [type_coerce(column, LargeBinary()).label(column.name) for column in sealed]
    page = select(*keys, *raw).where(or_(*map(_stale, sealed))).order_by(*keys).limit(PAGE)
    if after is not None:
        last = [bindparam(None, value, key.type) for key, value in zip(keys, after, strict=True)]
        page = page.where(tuple_(*keys) > tuple_(*last))
    return [dict(row._mapping) for row in db.execute(lock_next(page))]


def _seal_anew(db: Session, table: Table, row: dict[str, Any]) -> bool:
    """Seal a row's values with the current key; what no key opens stays as it is."""
    fresh = dict(_fresh(table, row))
    if fresh:
        its = [column == row[column.name] for column in table.primary_key.columns]
        db.execute(update(table).where(*its).values(fresh))
    return bool(fresh)


def _fresh(table: Table, row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for column in sealed_columns()[table]:
        old = row[column.name]
        if old is None or old[:ID_BYTES] == current().id:
            continue
        label = _label(column)
        try:
            new = current().seal(current().open(old, label), label)
        except ValueError:
            continue
        yield column.name, bindparam(None, new, LargeBinary())


def _label(column: Column[Any]) -> str:
    assert isinstance(column.type, Sealed | SealedBytes)
    return column.type.label


def _stale(column: Column[Any]) -> ColumnElement[bool]:
    head = func.substr(type_coerce(column, LargeBinary()), 1, ID_BYTES)
    return head != bindparam(None, current().id, LargeBinary())
