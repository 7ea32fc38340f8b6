"""When somebody last said something about a matter: what was said before does not undo it.

LINE delivers in any order. Whoever says two things about one matter means the later one, by LINE's
own time, and where two bear the same time, the one with the greater id.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col

from models.columns import instant
from models.person import Person


class LastWord(SQLModel, table=True):
    """The newest event about a matter that was heard of a person; what it said stands elsewhere."""

    __tablename__ = "last_word"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    about: str = Field(primary_key=True)
    at: datetime = instant(index=True)
    event: str = ""


def is_last(db: Session, person: Person, about: str, at: datetime, event: str) -> bool:
    """Note that a person spoke about a matter; False when they did so again since."""
    whose = (person.key, about)
    known = db.get(LastWord, whose, populate_existing=True, with_for_update=True)
    if known is not None and (known.at, known.event) > (at, event):
        return False
    db.merge(LastWord(person_id=person.key, about=about, at=at, event=event))
    db.flush()
    return True


def drop(db: Session, before: datetime) -> None:
    """Forget when something was said so long ago that nothing older is listened to."""
    db.execute(delete(LastWord).where(col(LastWord.at) < before))
