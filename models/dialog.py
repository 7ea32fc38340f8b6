"""Open questions: what a person was asked in a chat, and what was answered so far."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Field, Session, SQLModel

from models.columns import instant, sealed

LIFETIME = timedelta(days=1)


class Dialog(SQLModel, table=True):
    """The one open question of a person in a chat."""

    __tablename__ = "dialog"

    chat: str = Field(primary_key=True)
    line_id: str = Field(primary_key=True)
    question: str
    memo: Any = sealed("dialog.memo")
    asked_at: datetime = instant()
    expires_at: datetime = instant()


def open_question(db: Session, chat: str, line_id: str, now: datetime) -> Dialog | None:
    """Return the open question, if it has not expired."""
    dialog = db.get(Dialog, (chat, line_id))
    return dialog if dialog and dialog.expires_at > now else None


def closed_question(db: Session, chat: str, line_id: str, now: datetime) -> Dialog | None:
    """Return the last question where nobody answered it in time."""
    dialog = db.get(Dialog, (chat, line_id))
    return dialog if dialog and dialog.expires_at <= now else None


def ask(
    db: Session, chat: str, line_id: str, question: str, memo: dict[str, Any], now: datetime
) -> None:
    """Open a question in place of any other."""
    row = Dialog(
        chat=chat, line_id=line_id, question=question, asked_at=now, expires_at=now + LIFETIME
    )
    row.memo = memo
    db.merge(row)


def close(db: Session, chat: str, line_id: str) -> bool:
    """Close the open question; False when there was none."""
    dialog = db.get(Dialog, (chat, line_id))
    if dialog is None:
        return False
    db.delete(dialog)
    db.flush()
    return True
