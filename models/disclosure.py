"""Everything kept about a person, from every table that says something about one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, or_, select
from sqlmodel import Session, col

from models.broadcast import BroadcastPiece
from models.columns import metadata
from models.inbox import Door, InboxEvent
from models.person import Person
from models.record import Audit

LEFT_OUT = {
    "dialog": "an open question of ours, gone within hours; what was answered stands elsewhere",
    "hash_key": "a key of ours: nothing that names a person",
    "installed_menu": "the rich menus the school has on LINE: nothing that names a person",
    "last_word": "when something was said last, and no more: what was said stands elsewhere",
    "message_state": "numbers of messages and no more: nothing that names a person",
}
BY_LINE_ID = {"code_failure": "line_id", "outbox": "recipient"}
COLUMNS = {"outbox": ("created_at", "state", "final_at"), "audit": ("at", "deed", "people")}
HIDDEN = {"id", "hash", "message_id", "body", "token", "revision", "version"}
NAMES = {"school_class": "name_ja", "training_session": "starts_at", "race": "name_ja"}
NAMES_EN = {"school_class": "name_en", "race": "name_en"}
PHOTO = "photo"
A_PERSON = "U%"  # how LINE's ids of people begin
Record = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """What one table says about a person, or how often they did something in it for others."""

    name: str
    records: tuple[Record, ...] = ()
    deeds: int = 0


def gather(db: Session, person: Person) -> list[Section]:
    """Return everything kept about a person, opened; nothing of anybody else."""
    tables = [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]
    found = [_section(db, table, person) for table in tables]
    return [one for one in found if one.records or one.deeds] + _messages(db, person.line_id)


def about(table: Table) -> bool:
    """Say whether rows of a table are about a person."""
    return _theirs(table, 0) is not None or table.name in BY_LINE_ID or table.name == "audit"


def _section(db: Session, table: Table, person: Person) -> Section:
    condition = _condition(table, person)
    names = columns_of(table)
    found = [] if condition is None else db.execute(select(*names).where(condition)).all()
    records = tuple(_named(db, table, dict(row._mapping), person.language) for row in found)
    return Section(table.name, records, _deeds(db, table, person))


def _condition(table: Table, person: Person) -> ColumnElement[bool] | None:
    if table.name in BY_LINE_ID:
        return table.c[BY_LINE_ID[table.name]] == person.line_id
    if table.name == Audit.__tablename__:
        return table.c.person_id == person.key
    return _theirs(table, person.key)


def _theirs(table: Table, number: int) -> ColumnElement[bool] | None:
    """Return what picks the rows about a person, or about something that is about them."""
    if table.name == Person.__tablename__:
        return table.c.id == number
    picked = []
    for column, target in _references(table):
        if target.table.name == Person.__tablename__ and not column.nullable:
            picked.append(column == number)
        elif _is_part(column) and (theirs := _theirs(target.table, number)) is not None:
            picked.append(column.in_(select(target).where(theirs)))
    return or_(*picked) if picked else None


def _is_part(column: Column[Any]) -> bool:
    return any(key.ondelete == "CASCADE" for key in column.foreign_keys)


def _references(table: Table) -> Iterator[tuple[Column[Any], Column[Any]]]:
    for column in table.columns:
        for key in column.foreign_keys:
            yield column, key.column


def columns_of(table: Table) -> list[Column[Any]]:
    """Return the columns that say something to a reader: no numbers of ours, nobody else."""
    if table.name in COLUMNS:
        return [table.c[name] for name in COLUMNS[table.name]]
    targets = {column.name: target.table.name for column, target in _references(table)}
    known = {name for name, target in targets.items() if target in NAMES}
    hidden = HIDDEN | (set(targets) - known)
    shown = [column for column in table.columns if column.name not in hidden]
    return shown or list(table.primary_key.columns)


def _named(db: Session, table: Table, record: Record, language: str) -> Record:
    """Put names in the place of numbers: the class's, the session's day, the race's."""
    for column, target in _references(table):
        number = record.get(column.name)
        if number is not None and target.table.name in NAMES:
            names = NAMES if language == "ja" else NAMES | NAMES_EN
            label = target.table.c[names[target.table.name]]
            record[column.name] = db.execute(select(label).where(target == number)).scalar()
    if table.name == BroadcastPiece.__tablename__ and record["kind"] == PHOTO:
        record["content"] = None  # the tokens of files that others were given too
    return record


def _deeds(db: Session, table: Table, person: Person) -> int:
    """Count the rows about others in which a person did something: what they say is not theirs."""
    acted = [
        column == person.key
        for column, target in _references(table)
        if target.table.name == Person.__tablename__ and column.nullable
    ]
    counted = select(func.count()).select_from(table).where(or_(*acted)) if acted else None
    return 0 if counted is None else db.execute(counted).scalar_one()


def _messages(db: Session, line_id: str) -> list[Section]:
    """Return what they wrote to us and is not dropped yet, also in groups.

    What another wrote in their own chat is not even opened: there is much of it, and one event
    that cannot be opened would keep everybody from their data.
    """
    chat = col(InboxEvent.chat)
    kept = select(col(InboxEvent.happened_at), col(InboxEvent.body)).where(
        col(InboxEvent.door) == Door.LINE,
        col(InboxEvent.body).is_not(None),
        (chat == line_id) | chat.not_like(A_PERSON),
    )
    wrote = tuple(
        {"at": at, "text": _text(body)}
        for at, body in db.execute(kept.order_by(col(InboxEvent.id)))
        if _object(body, "source").get("userId") == line_id
    )
    return [Section("inbox", wrote)] if wrote else []


def _text(body: Any) -> str:
    """Return what was written; of a tap or a picture only that it was one."""
    said = _object(body, "message")
    return str(said.get("text") or said.get("type") or body.get("type"))


def _object(body: Any, name: str) -> Record:
    found = body.get(name) if isinstance(body, dict) else None
    return found if isinstance(found, dict) else {}
