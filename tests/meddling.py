"""Whether somebody meddled: every row of every table, before and after what they did."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, func, select, text
from sqlmodel import Session

from bot.race_signs import Noticed
from bot.speech import speak
from models.outbox import OutboxRow
from models.person import Person
from models.tables import metadata
from tests.authority_stage import CANARY
from tests.world import World

Row = dict[str, Any]
ABOUT = {"broadcast": "author_id", "audit": "person_id"}  # their own, though it may be empty
BY_LINE_ID = {"outbox": "recipient", "dialog": "line_id", "code_failure": "line_id"}
OUR_OWN = {"confirm"}  # tokens: hashes that are good for the person they were made for
PACE = {"guided_at", "tallied_at"}  # when a group was last told how to answer: it may be, by any
CALLS = (Noticed,)  # whoever taps it calls their own coaches


def snapshot(db: Session) -> dict[tuple[str, Any], Row]:
    """Return every row of every table as it lies there, by its key."""
    found = {}
    for table in metadata.sorted_tables:
        for row in db.execute(text(f'SELECT * FROM "{table.name}"')).mappings():
            key = tuple(row[column.name] for column in table.primary_key.columns)
            found[table.name, key] = {k: v for k, v in row.items() if k not in PACE}
    return found


# Reading; a word to somebody and a token for them, which are looked at by themselves.
HARMLESS = ("SELECT", "SAVEPOINT", "INSERT INTO outbox", "INSERT INTO confirm")


class Writes:
    """Notes whether anything was written, so that a look at all tables is spared most times."""

    def __init__(self, world: World) -> None:
        self.seen = False
        self.engine = world.database.engine
        event.listen(world.database.engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cur: Any, statement: str, *_more: Any) -> None:
        self.seen = self.seen or not statement.lstrip().startswith(HARMLESS)


def meddled(before: dict[Any, Row], after: dict[Any, Row], one: Person) -> list[str]:
    """Return the changed rows that are not about this person, new words to somebody aside."""
    changed = {k for k in before.keys() | after.keys() if before.get(k) != after.get(k)}
    changed -= {k for k in after.keys() - before.keys() if k[0] == "outbox"}
    return sorted(
        f"{name} {key}"
        for name, key in changed
        if name not in OUR_OWN
        and not all(
            _about(name, row, one)
            for row in (before.get((name, key)), after.get((name, key)))
            if row
        )
    )


def _about(name: str, row: Row, one: Person) -> bool:
    if name in BY_LINE_ID:
        return bool(row[BY_LINE_ID[name]] == one.line_id)
    if name in ABOUT:
        return bool(row[ABOUT[name]] == one.id)
    if name == "person":
        return bool(row["id"] == one.id)
    columns = [
        column.name
        for column in metadata.tables[name].columns
        if not column.nullable
        and any(key.column.table.name == "person" for key in column.foreign_keys)
    ]
    return bool(columns) and all(row[column] == one.id for column in columns)


class Trial:
    """One deed after another in a transaction of which nothing is kept."""

    def __init__(self, stage, db):
        self.stage, self.db, self.turns = stage, db, {}
        self.conversation = stage.world.engine._conversation
        self.faults: list[str] = []

    def admits(self, people, chat=""):
        """Open a turn for each; what lies about now is what must not change."""
        turns = {name: self.stage.turn(self.db, who, chat) for name, who in people.items()}
        self.turns |= turns
        self.db.flush()
        self.before, self.last = snapshot(self.db), self._newest()
        self.writes = Writes(self.stage.world)

    def judge(self, name, deed, what):
        """Do it as this person, and note whatever it did that it must not."""
        nest, self.writes.seen = self.db.begin_nested(), False
        heard = deed(self.turns[name])
        speak(heard.turn, heard.answer, f"{name} {what}")
        self.db.flush()
        after = snapshot(self.db) if self.writes.seen else self.before
        person = self.turns[name].member
        found = meddled(self.before, after, person) if person else []
        found += [f"{table} {key} gone" for table, key in self.before.keys() - after.keys()]
        for row in self.db.scalars(select(OutboxRow).where(OutboxRow.seq > self.last)):
            if row.recipient != self.turns[name].chat.id and not isinstance(what, CALLS):
                found.append(f"told another: {row.messages}")
            elif CANARY in str(row.messages):
                found.append(f"heard of it: {row.messages}")
        self.faults += [f"{name}: {what}: {fault}" for fault in found]
        nest.rollback()

    def _newest(self):
        return self.db.scalar(select(func.max(OutboxRow.seq))) or 0

    def tap(self, data):
        return lambda turn: self.conversation.tap(turn, data)
