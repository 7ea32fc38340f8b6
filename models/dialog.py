"""Open questions: what a person was asked in a chat, and what was answered so far."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Field, Session, SQLModel

from models.columns import instant, sealed

LIFETIME = timedelta(days=1)
IN_SIGHT = timedelta(hours=1)  # how long the buttons of an answer can be typed
NOTHING = ""  # the question of a row that only keeps what was shown


class Dialog(SQLModel, table=True):
    """The one open question of a person in a chat."""

    __tablename__ = "dialog"

    chat: str = Field(primary_key=True)
    line_id: str = Field(primary_key=True)
    question: str
    memo: Any = sealed("dialog.memo")
    shown: Any = sealed("dialog.shown")  # what the labels of the buttons in sight stand for
    misses: int | None = None  # texts that were no answer
    asked_at: datetime = instant()
    expires_at: datetime = instant()


def open_question(db: Session, chat: str, line_id: str, now: datetime) -> Dialog | None:
    """Return the open question, if it has not expired."""
    dialog = db.get(Dialog, (chat, line_id))
    return dialog if dialog and dialog.expires_at > now and dialog.question != NOTHING else None


def closed_question(db: Session, chat: str, line_id: str, now: datetime) -> Dialog | None:
    """Return the last question where nobody answered it in time."""
    dialog = db.get(Dialog, (chat, line_id))
    return dialog if dialog and dialog.expires_at <= now and dialog.question != NOTHING else None


def ask(
    db: Session, chat: str, line_id: str, question: str, memo: dict[str, Any], now: datetime
) -> None:
    """Open a question in place of any other."""
    row = Dialog(
        chat=chat, line_id=line_id, question=question, asked_at=now, expires_at=now + LIFETIME
    )
    row.memo = memo
    db.merge(row)


def show(db: Session, chat: str, line_id: str, shown: dict[str, Any], now: datetime) -> None:
    """Keep what the labels of the buttons just shown stand for, beside an open question's."""
    dialog = db.get(Dialog, (chat, line_id))
    if dialog is None or dialog.expires_at <= now:
        if not any(shown.values()):
            return  # each of them says itself: a closed question is still known
        ask(db, chat, line_id, NOTHING, {}, now)
        dialog = db.get_one(Dialog, (chat, line_id))
    known = dialog.shown or {} if dialog.question != NOTHING else {}
    dialog.shown = {**known, **shown}
    if dialog.question == NOTHING:
        dialog.expires_at = now + IN_SIGHT
    db.add(dialog)


def in_sight(db: Session, chat: str, line_id: str, now: datetime) -> dict[str, Any]:
    """Return what the labels of the buttons in sight stand for."""
    dialog = db.get(Dialog, (chat, line_id))
    return dict(dialog.shown or {}) if dialog and dialog.expires_at > now else {}


def missed(db: Session, dialog: Dialog) -> int:
    """Count a text that was no answer; return how many there were."""
    dialog.misses = (dialog.misses or 0) + 1
    db.add(dialog)
    return dialog.misses


def close(db: Session, chat: str, line_id: str) -> bool:
    """Close the open question; False when there was none."""
    dialog = db.get(Dialog, (chat, line_id))
    if dialog is None:
        return False
    db.delete(dialog)
    db.flush()
    return True
