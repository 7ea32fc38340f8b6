"""The coach's score: a mark and a sentence for a member, kept with its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, col, select

from models.columns import FromMessage, instant, sealed

LOWEST, HIGHEST = 0, 100


class Score(FromMessage, table=True):
    """A coach's mark for a member and the coach's words; the newest counts, the others stay."""

    __tablename__ = "score"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a number never means another score

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    coach_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    class_id: int = Field(foreign_key="school_class.id")
    mark: int
    words: Any = sealed("score.words")
    given_at: datetime = instant()

    @property
    def key(self) -> int:
        """The id of a score that is in the database."""
        assert self.id is not None
        return self.id


def give(db: Session, score: Score) -> Score:
    """Keep a score; ValueError for a mark outside 0-100."""
    if not LOWEST <= score.mark <= HIGHEST:
        raise ValueError("a mark from 0 to 100")
    db.add(score)
    db.flush()
    return score


def of_person(db: Session, person_id: int, limit: int) -> list[Score]:
    """Return a member's scores, newest first."""
    mine = select(Score).where(Score.person_id == person_id)
    return list(db.exec(mine.order_by(col(Score.id).desc()).limit(limit)))
