"""The numbers a database gives out: leaving some out, which each kind does in its own way."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text

_COUNTERS = (
    "SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), coalesce(last_value, 0) "
    "FROM pg_sequences WHERE schemaname = current_schema()"
)
_BEGUN = (
    "INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_master "
    "WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' "
    "AND name NOT IN (SELECT name FROM sqlite_sequence)"
)


def leave_gap(connection: Connection, gap: int) -> None:
    """Leave numbers out wherever the database itself counts, so that none is given out again."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(_BEGUN))
        connection.execute(text("UPDATE sqlite_sequence SET seq = seq + :gap"), {"gap": gap})
        return
    for name, at in connection.execute(text(_COUNTERS)).all():
        connection.execute(select(func.setval(name, at + gap)))
