"""The column types and the one way in which tables are declared."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, Session, SQLModel

from models.crypto import Sealed

SQLModel.metadata.naming_convention = {  # constraints get the same name on both databases
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn any aware datetime into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime cannot be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back aware UTC, also from SQLite, which forgets the zone."""
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


def instant(**options: Any) -> Any:
    """Declare a column that holds an instant."""
    return Field(sa_type=Instant, **options)


def sealed(label: str, **options: Any) -> Any:
    """Declare a nullable column whose JSON value is encrypted at rest."""
    return Field(default=None, sa_type=Sealed(label), nullable=True, **options)


def opens(db: Session, row: SQLModel, *names: str) -> bool:
    """Load deferred sealed columns; False when they were sealed with another key, or spoilt."""
    try:
        db.refresh(row, names)
    except ValueError:
        return False
    return True


class FromMessage(SQLModel):
    """A row derived from something a person typed: taking the message back deletes it."""

    message_id: str | None = Field(default=None, index=True)
