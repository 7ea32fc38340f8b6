"""What is not put back, and why; and what broke off is simply done again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlmodel import select

from bot import restore, startup
from bot.backup import BackupRefused, take
from bot.restore import Order, put_back
from models import crypto, heartbeat, schema, sqlite_file
from models.person import Person
from models.schema import Fit
from tests import safekeeping
from tests.processes import COMMAND, environment, run

empty, folder, tools = safekeeping.empty, safekeeping.folder, safekeeping.tools


@pytest.fixture
def made(world, folder):
    """A backup of a school that is alive."""
    world.person("相川 愛子").says("水 300")
    return take(world.database, folder, world.clock.now())


@pytest.fixture
def there(world, empty):
    """The parts of an installation elsewhere, with an empty database."""
    return replace(world.parts, database=empty)


def people(database):
    with database.read() as db:
        return len(db.exec(select(Person)).all())


def refusal(parts, source, **order):
    with pytest.raises(BackupRefused) as refused:
        put_back(parts, Order(source, **({"deletions": None} | order)))
    return str(refused.value)


def test_a_whole_backup_is_put_back(there, made, world):
    put_back(there, Order(made, deletions=None))
    assert people(there.database) == people(world.database)
    assert schema.fit(there.database) is Fit.CURRENT


def test_a_damaged_backup(there, made):
    with made.open("r+b") as file:
        file.truncate(made.stat().st_size // 2)
    assert refusal(there, made).startswith("nothing was put back: ")
    assert schema.fit(there.database) is Fit.OLDER


def test_what_is_no_backup(there, folder):
    other = folder / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE something (id INTEGER)")
    said = refusal(there, other)
    assert said.endswith("holds no schema of Tasuki's") or "input file does not appear" in said


def test_a_backup_of_a_newer_tasuki(there, made, world, folder):
    with world.database.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from-tomorrow'")
    newer = take(world.database, folder / "newer", world.clock.now())
    assert refusal(there, newer).endswith("is of a newer Tasuki: update the code first")


def test_a_backup_of_an_older_tasuki_is_brought_forward(there, world, empty, folder):
    with schema._unguarded(empty) as connection:
        command.upgrade(schema._config(connection), "0002")
    older = take(empty, folder / "older", world.clock.now())
    with empty.connect() as connection:
        for name in schema_tables(connection):
            connection.exec_driver_sql(f'DROP TABLE "{name}"' + cascade(empty))
    put_back(there, Order(older, replace=True, deletions=None))
    assert schema.fit(empty) is Fit.CURRENT


def schema_tables(connection):
    from sqlalchemy import inspect

    return [n for n in inspect(connection).get_table_names() if not n.startswith("sqlite_")]


def cascade(database):
    return "" if database.is_sqlite else " CASCADE"


def test_another_data_key(there, made):
    ours, other = crypto.current(), replace(there.settings, data_key=b"x" * 32)
    try:
        said = refusal(replace(there, settings=other), made)
    finally:
        crypto.use(ours)
    assert said.startswith("TASUKI_DATA_KEY is not the key this backup was written with")
    put_back(there, Order(made, deletions=None))  # with the right one it goes on


def test_no_record_of_deletions(there, made, folder):
    missing = folder / "deletions"
    assert f"the record of deletions {missing} is not there" in refusal(
        there, made, deletions=[missing]
    )
    usual = refusal(there, made, deletions=())
    assert usual.startswith("the record of deletions ")


def test_a_stop_before_the_backup_or_after_now(there, made, world):
    for at in (world.clock.now() - timedelta(days=900), world.clock.now() + timedelta(days=1)):
        assert refusal(there, made, stopped=at).startswith("--stopped must lie between ")


def test_a_database_that_is_not_empty(world, made):
    world.web.extensions.clear()  # its web process was stopped
    said = refusal(world.parts, made)
    if world.database.is_sqlite:
        assert "holds a database: with --replace it is kept under another name" in said
    else:
        assert said.startswith("the database is not empty: make a new one (createdb)")
    assert people(world.database) > 0


def test_workers_that_are_alive(world):
    with world.database.write() as db:
        heartbeat.beat(db, "engine", world.parts.real_clock() - timedelta(seconds=30))
    assert refusal(world.parts, None).startswith("workers were alive a moment ago")


def test_what_breaks_off_is_done_again(there, made, monkeypatch, database_url):
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(restore, "_tell_office", interrupted)
        put_back(there, Order(made, deletions=None))
    fit = schema.fit(there.database)
    assert fit is (Fit.OLDER if there.database.is_sqlite else Fit.UNFINISHED)
    url = there.database.url.render_as_string(hide_password=False)
    assert startup.database_fault(url) != ""
    put_back(there, Order(made, deletions=None))
    assert (schema.fit(there.database), startup.database_fault(url)) == (Fit.CURRENT, "")


def interrupted(*_given):
    raise KeyboardInterrupt


def test_the_old_file_is_kept_with_its_log(tmp_path, folder):
    path = tmp_path / "tasuki.db"
    env = environment(DATABASE_URL=f"sqlite:///{path}")
    assert run(*COMMAND, "migrate", env=env).returncode == 0
    assert run(*COMMAND, "backup", str(folder), env=env).returncode == 0
    Path(f"{path}-wal").write_bytes(b"of the old one")
    source = str(next(folder.iterdir()))
    again = [*COMMAND, "restore", source, "--replace", "--without-deletions"]
    with sqlite_file.occupy(path):
        busy = run(*again, env=env)
    assert (busy.returncode, busy.stderr.startswith("tasuki: the database is in use")) == (2, True)
    done = run(*again, env=env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("The backup is in place. What happened from ")
    before = sorted(p.name for p in tmp_path.glob("tasuki.db-before-*"))
    assert [name.endswith("-wal") for name in before] == [False, True]
    assert not Path(f"{path}-wal").exists()
    assert startup.database_fault(f"sqlite:///{path}") == ""
