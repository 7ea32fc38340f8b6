"""A backup put back: when it was taken, up to when its past is in doubt, and what was found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, Session, SQLModel

from models.columns import instant


class Restoration(SQLModel, table=True):
    """The last time a backup was put back; one row, none where that never was.

    What was said between the backup and `doubt_until` is not in the database any more: what came
    due by then is not said by itself again.
    """

    __tablename__ = "restoration"

    id: int = Field(default=1, primary_key=True)
    taken_at: datetime = instant()
    doubt_until: datetime = instant()
    restored_at: datetime = instant()
    found: dict[str, int] = Field(default_factory=dict, sa_type=JSON)

    @property
    def salt(self) -> str:
        """Return what sets its retry keys apart from those of the life that was lost."""
        return self.restored_at.isoformat()

    def count(self, *kinds: str) -> int:
        """Return how much was found of the kinds whose names begin so."""
        return sum(n for name, n in self.found.items() if name.startswith(kinds))


def last(db: Session) -> Restoration | None:
    """Return the last restoration."""
    return db.get(Restoration, 1)


def is_in_doubt(db: Session, at: datetime) -> bool:
    """Say whether what was due or happened then may have been dealt with before the loss."""
    row = last(db)
    return row is not None and at <= row.doubt_until


def note(db: Session, **values: Any) -> Restoration:
    """Note a restoration in place of an earlier one."""
    row = db.merge(Restoration(id=1, **values))
    db.flush()
    return row
