"""The file of deletions: at once, without names, and whole whatever crashes."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import bot.deletions
from bot import deletions
from bot.deletions import Entry
from bot.parts import build_engine
from models import deletion
from models.deletion import What, hashed
from scheduler.housekeeping import keep_house
from tests.world import SETTINGS


@pytest.fixture
def file(world, tmp_path):
    """The file of the world's deletions."""
    path = tmp_path / "deletions"
    settings = replace(world.parts.settings, deletions=str(path))
    world.engine = build_engine(replace(world.parts, settings=settings), world.line)
    return path


def kinds(file, name):
    """Return which deletions of somebody or of a message stand in the file."""
    found = {entry.hash: entry.what for entry in deletions.read(file)}
    return [what for what in What if found.get(hashed(what, name)) == what]


def test_what_is_deleted_on_request_is_noted_at_once_and_nameless(world, file, aiko, ryo):
    aiko.says("同意を取り消す")
    outcome = world.phones.say(ryo.id, ryo.id, "水 300")
    world.settle()
    world.phones.unsend(outcome.message_id)
    world.settle()
    ryo.says("退会")
    ryo.taps("すべて消す")
    assert kinds(file, aiko.id) == [What.HEALTH]
    assert kinds(file, ryo.id) == [What.PERSON]
    assert kinds(file, outcome.message_id) == [What.MESSAGE]
    text = file.read_text()
    assert not any(name in text for name in (aiko.id, ryo.id, outcome.message_id))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with world.database.read() as db:
        assert deletion.not_copied(db) == []


def test_sweat_tests_too(world, file, aiko):
    aiko.says("発汗テストを消す")
    aiko.taps("全部消す")
    assert kinds(file, aiko.id) == [What.SWEAT]


def test_a_crash_before_the_copy_loses_nothing(world, file, aiko, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(bot.deletions, "append", killed)
        aiko.says("退会")
        aiko.taps("すべて消す")
    assert not file.exists()
    keep_house(world.database, world.clock.now(), file)
    assert kinds(file, aiko.id) == [What.PERSON]


def killed(*_given):
    raise OSError(28, "No space left on device")


def test_a_crash_before_the_mark_writes_a_line_twice(world, file, aiko, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(deletion, "mark_copied", lambda _db, _rows: None)
        aiko.says("退会")
        aiko.taps("すべて消す")
    once = file.read_text()
    keep_house(world.database, world.clock.now(), file)
    assert file.read_text() == once * 2
    keep_house(world.database, world.clock.now(), file)
    assert file.read_text() == once * 2


def test_a_torn_line_spoils_no_other(tmp_path):
    path, at = tmp_path / "deletions", datetime(2026, 11, 23, tzinfo=UTC)
    first, second = (Entry(at, What.PERSON, letter * 64) for letter in "ab")
    deletions.append(path, [first])
    with path.open("a") as file:
        file.write(str(second)[:50])  # the power went here
    deletions.append(path, [second])
    assert deletions.read(path) == [first, second]


def test_sqlite_keeps_it_beside_the_database_unless_told_otherwise(database, tmp_path):
    chosen = replace(SETTINGS, deletions=str(tmp_path / "elsewhere"))
    assert deletions.place(chosen, database) == tmp_path / "elsewhere"
    beside = tmp_path / "tasuki.db-deletions" if database.is_sqlite else None
    assert deletions.place(SETTINGS, database) == beside
