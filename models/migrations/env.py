"""Alembic's entry: runs the migrations on the connection that models.schema hands over."""

from __future__ import annotations

from typing import Any

from alembic import context

from models.tables import metadata

PLAIN = {
    "AutoString": "sa.String()",
    "Instant": "sa.DateTime(timezone=True)",
    "Sealed": "sa.LargeBinary()",
    "SealedBytes": "sa.LargeBinary()",
}


def render(kind: str, item: Any, _autogen: Any) -> Any:
    """Write our column types as plain ones: a migration must not change when the code does."""
    return PLAIN.get(type(item).__name__, False) if kind == "type" else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
