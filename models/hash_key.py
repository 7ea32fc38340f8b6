"""The key of keyed hashes, written down sealed: it stays when the data key is changed."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from models.crypto import SealedBytes
from models.database import Database


class HashKey(SQLModel, table=True):
    """One row."""

    __tablename__ = "hash_key"

    id: int = Field(default=1, primary_key=True)
    value: bytes = Field(sa_type=SealedBytes("hash_key.value"))


def kept(database: Database) -> bytes | None:
    """Return the key; ValueError when it was sealed with a key that was not given."""
    with database.read() as db:
        row = db.get(HashKey, 1)
        return row.value if row else None
