"""Canaries: a word in every encrypted column, then looked for wherever it must not be.

The columns come from the tables themselves: a new one is planted too, and must be sorted here
into what is about a body (it goes with the consent) and what is not.
"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, text

from models import disclosure, erasure, health, message, rotation
from models.columns import FromMessage
from models.crypto import Sealed
from models.inbox import InboxEvent
from models.person import Person
from models.tables import metadata

SIGN = "kanaria"
LETTER = "message-of-the-canary"
BODY = {
    "body_weight", "carb_rehearsal", "drink", "feeling", "food_eaten", "pain_place",
    "pain_report", "race_health", "screening_answer", "weighing_value",
}  # fmt: skip
NOT_OF_A_BODY = {
    "broadcast_piece", "consultation", "consultation_answer", "dialog", "hash_key", "inbox",
    "notice_comment", "outbox", "person", "rsvp_reason", "score", "stored_file",
}  # fmt: skip
PLAIN = {"Boolean": False, "Float": 1.0, "Integer": 1}


def test_every_sealed_column_is_sorted():
    sealed = {table.name for table in rotation.sealed_columns()}
    assert sealed == BODY | NOT_OF_A_BODY
    assert not BODY & NOT_OF_A_BODY


@pytest.fixture
def planted(world, aiko):
    """Plant a canary about Aiko in each sealed column; none of another's."""
    one, now = aiko.record(), world.clock.now()
    with world.database.write() as db:
        for table in metadata.sorted_tables:
            if table in rotation.sealed_columns() and table.name not in {"hash_key", "person"}:
                _plant(db, table, one, now)
        db.execute(
            metadata.tables["person"].update().where(Person.id == one.key).values(name=_word("me"))
        )
    found = seen(world)
    assert {name.split(".")[0] for name in found} == (BODY | NOT_OF_A_BODY) - {"hash_key"}
    return world


def _plant(db, table, one, now):
    """Put a row into a table, in the place of one that is there already."""
    row = {c.name: _value(db, c, one, now) for c in table.columns if _needed(c)}
    same = [c == row[c.name] for c in table.primary_key if c.name in row]
    if same:
        db.execute(delete(table).where(*same))
    db.execute(insert(table).values(row))


def _needed(column):
    serial = column.primary_key and column.type.python_type is int and not column.foreign_keys
    return not serial and (not column.nullable or _is_canary(column) or column.name == "message_id")


def _is_canary(column):
    return column in rotation.sealed_columns().get(column.table, [])


def _word(name):
    return f"{SIGN}-{name}"


def _value(db, column, one, now):
    """Return something that fits a column: the canary where it is sealed."""
    if _is_canary(column):
        word = _word(column)
        return word if isinstance(column.type, Sealed) else word.encode()
    for key in column.foreign_keys:
        if key.column.table.name == "person":
            return one.key
        newest = select(key.column).order_by(key.column.desc()).limit(1)
        if db.execute(newest).scalar() is None:
            _plant(db, key.column.table, one, now)
        return db.execute(newest).scalar_one()
    if column.name in {"recipient", "chat", "line_id"}:
        return one.line_id
    known = {"message_id": LETTER, "state": "done", "door": "line"}
    plain = {"Instant": now, "Date": now.date(), "Uuid": uuid4(), "AutoString": uuid4().hex}
    return known.get(column.name) or (PLAIN | plain)[type(column.type).__name__]


def seen(world):
    """Return the columns in which a canary sits, opened with the key."""
    with world.database.read() as db:
        return {
            f"{table.name}.{column.name}"
            for table in metadata.sorted_tables
            for column in table.columns
            for value in db.execute(select(column)).scalars()
            if SIGN in (value.decode(errors="replace") if isinstance(value, bytes) else str(value))
        }


def lying_there(world, tmp_path):
    """Return all that lies there without the key: files, a copy, or the rows as text."""
    if world.database.is_sqlite:
        with world.database.engine.connect() as connection:
            raw = connection.connection.driver_connection
            raw.execute(f"VACUUM INTO '{tmp_path}/copy.db'")
        files = [*Path(tmp_path).glob("tasuki.db*"), tmp_path / "copy.db"]
        assert len(files) >= 3
        return b"".join(file.read_bytes() for file in files)
    with world.database.read() as db:
        rows = [
            row
            for table in metadata.sorted_tables
            for row in db.scalars(text(f'SELECT t::text FROM "{table.name}" t'))
        ]
    plain = "\n".join(rows).encode()
    return plain + b"".join(bytes.fromhex(part) for part in _hex(rows))


def _hex(rows):
    for row in rows:
        for part in row.split("\\x")[1:]:
            digits = part.split('"')[0].split(",")[0].rstrip(")")
            yield digits[: len(digits) // 2 * 2]


def test_without_the_key_nothing_can_be_read(planted, tmp_path):
    assert SIGN.encode() not in lying_there(planted, tmp_path)


def test_numbers_and_others_data_say_nothing_of_it(planted, ryo):
    assert SIGN not in planted.web.test_client().get("/metrics").text
    with planted.database.read() as db:
        assert SIGN not in str(disclosure.gather(db, ryo.record()))


def test_taking_back_consent_takes_the_body_and_nothing_else(planted, aiko):
    with planted.database.write() as db:
        health.withdraw(db, aiko.record(), health.HEALTH, planted.clock.now())
    left = {name.split(".")[0] for name in seen(planted)}
    assert left & BODY == set()
    assert left == NOT_OF_A_BODY - {"hash_key"}


def test_taking_back_a_message_takes_all_that_came_of_it(planted):
    with planted.database.write() as db:
        message.take_back(db, LETTER, planted.clock.now())
    left = {name.split(".")[0] for name in seen(planted)}
    of_messages = {table.__tablename__ for table in FromMessage.__subclasses__()}
    assert left & (of_messages | {"inbox"}) - {"outbox"} == set()


def test_erasure_takes_everything(planted, aiko):
    one = aiko.record()
    with planted.database.write() as db:
        erasure.erase(db, one, planted.clock.now())
    assert seen(planted) == set()
    with planted.database.read() as db:
        assert one.line_id not in str(db.execute(select(InboxEvent.chat)).all())


def test_neither_a_group_nor_a_fellow_hears_of_a_body(world, aiko, coach, support, clock):
    for said in ("体重 57.3", "水 437", "ふくらはぎが痛い", "6", "今週"):
        aiko.says(said)
    aiko.in_group("S4").says("たすき 今週")
    clock.passes(hours=36)
    told = [bubble for bubble in world.sim.chats.shown(None) if bubble["from"] == "bot"]
    others = [b for b in told if b["chat"] not in {aiko.id, coach.id, support.id}]
    assert any(b["chat"] == world.group("S4") for b in others)
    for sign in ("57.3", "437", "ふくらはぎ"):
        assert sign in str(told)
        assert [b for b in others if sign in str(b["message"])] == []


def test_without_consent_nothing_of_a_body_is_kept(world, hiroshi, aiko):
    told = "体重 61.5|水 437|膝の痛み5|5|おにぎり2個|尿の色 3|発汗テスト|61.5"
    for words in told.split("|"):
        hiroshi.says(words)
    aiko.says("体重 61.5")
    with world.database.read() as db:
        rows = {
            (name, person)
            for name in BODY
            if "person_id" in metadata.tables[name].columns
            for person in db.scalars(select(metadata.tables[name].c.person_id))
        }
    assert ("body_weight", aiko.record().key) in rows
    assert {name for name, person in rows if person == hiroshi.record().key} == set()
