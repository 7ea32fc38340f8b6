"""The data key is changed while everybody works on: nothing is lost, nobody's code dies."""

from __future__ import annotations

import base64
from functools import partial

import pytest
from sqlalchemy import event, select, text

from models import code, confirm, crypto, hash_key, health, rotation
from models.code import Code
from models.crypto import Keyring, Sealed, SealedBytes
from models.tables import metadata
from tests.processes import COMMAND, environment, run
from tests.world import SETTINGS

OLD, NEW = SETTINGS.data_key, b"the new data key, thirty-two by."
BOTH = {"TASUKI_DATA_KEY": NEW, "TASUKI_DATA_KEY_OTHER": OLD}


class Stopped(BaseException):
    """The process ended here."""


@pytest.fixture
def turn_to(database):
    """Give every process other keys; afterwards the tests' own again."""
    yield lambda key, *others: crypto.use(Keyring(key, others, partial(hash_key.kept, database)))
    crypto.use(Keyring(OLD))


@pytest.fixture
def filled(world, aiko, coach):
    """A member and a coach left something in many a sealed column."""
    for said in ("体重 54.5", "水 300", "膝が痛い", "5", "相談 靴はどれがいいですか"):
        aiko.says(said)
    coach.says("配信")
    coach.says("明日は雨です")
    return world


def everything(database):
    """Return all rows of all tables, opened."""
    with database.read() as db:
        return {t.name: sorted(map(repr, db.execute(select(t)))) for t in metadata.sorted_tables}


def left(database):
    with database.read() as db:
        return rotation.left(db)


def test_all_is_sealed_anew_and_says_the_same(filled, turn_to):
    before = everything(filled.database)
    turn_to(NEW, OLD)
    found = left(filled.database)
    assert {"person.name", "body_weight.kg", "drink.ml", "inbox.body", "hash_key.value"} <= {*found}
    assert rotation.rotate(filled.database) > 10
    assert left(filled.database) == {}
    turn_to(NEW)
    assert everything(filled.database) == before
    turn_to(OLD)
    with pytest.raises(ValueError, match="not sealed with this data key"):
        everything(filled.database)


def test_every_sealed_column_is_known():
    known = {c for columns in rotation.sealed_columns().values() for c in columns}
    assert known == {
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed | SealedBytes)
    }
    assert all(f"{c.table.name}.{c.name}" == c.type.label for c in known)  # its place, its label


def test_stopped_in_the_middle_it_is_started_again(filled, turn_to, monkeypatch):
    before = everything(filled.database)
    turn_to(NEW, OLD)
    monkeypatch.setattr(rotation, "PAGE", 2)
    commits = iter(range(4))

    def stops(_connection):
        if next(commits, None) is None:
            raise Stopped

    event.listen(filled.database.engine, "commit", stops)
    with pytest.raises(Stopped):
        rotation.rotate(filled.database)
    event.remove(filled.database.engine, "commit", stops)
    many = sum(left(filled.database).values())
    assert many > 0
    assert everything(filled.database) == before  # both keys open what they sealed
    rotation.rotate(filled.database)
    assert left(filled.database) == {}
    assert everything(filled.database) == before


def test_while_workers_write_nothing_of_theirs_is_undone(filled, turn_to, monkeypatch, aiko):
    turn_to(NEW, OLD)
    monkeypatch.setattr(rotation, "PAGE", 5)
    page, said = rotation._rows_of, []

    def meanwhile(database, table):
        done = page(database, table)
        if table.name in {"body_weight", "inbox", "outbox", "person"}:
            said.append(aiko.says(f"体重 {50 + len(said) / 10}"))
        return done

    monkeypatch.setattr(rotation, "_rows_of", meanwhile)
    rotation.rotate(filled.database)
    assert left(filled.database) == {}
    with filled.database.read() as db:
        assert health.weight_kg(db, aiko.record()) == 50 + (len(said) - 1) / 10


def test_codes_and_confirmations_outlive_it(filled, turn_to):
    now, database = filled.clock.now(), filled.database
    with database.write() as db:
        paper = code.issue(db, Code(hash="", kind="member", expires_at=now.replace(year=2030)))
        token = confirm.issue(db, "U1", "U1", "erase", now)
    of_the_day = code.of_day(1, now.date())
    for keys in ((OLD, NEW), (NEW, OLD)):
        turn_to(*keys)
        assert code.of_day(1, now.date()) == of_the_day
    rotation.rotate(database)
    turn_to(NEW)
    assert code.of_day(1, now.date()) == of_the_day
    with database.write() as db:
        assert code.find(db, paper, ("member",), now)
        assert confirm.redeem(db, token, "U1", "U1", "erase", now)


def test_what_no_key_opens_is_left_as_it_is_and_said(filled, turn_to):
    foreign = Keyring(b"x" * 32).seal(b"1", "person.name")
    with filled.database.connect() as db:
        db.execute(text("UPDATE person SET name = :name WHERE id = 1"), {"name": foreign})
    turn_to(NEW, OLD)
    rotation.rotate(filled.database)
    assert left(filled.database) == {"person.name": 1}


def test_the_command_says_what_is_left(filled, turn_to, database_url):
    known = {k: base64.b64encode(v).decode() for k, v in BOTH.items()}
    others = base64.b64encode(b"x" * 32).decode() + " " + known["TASUKI_DATA_KEY_OTHER"]
    env = environment(DATABASE_URL=database_url, **known | {"TASUKI_DATA_KEY_OTHER": others})
    alone = run(*COMMAND, "rotate-key", env=env | {"TASUKI_DATA_KEY_OTHER": ""})
    assert alone.returncode == 2
    assert "person.name:" in alone.stdout
    done = run(*COMMAND, "rotate-key", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(
        "Nothing is left under another key: TASUKI_DATA_KEY_OTHER can go.\n"
    )
    turn_to(NEW)
    assert everything(filled.database)
