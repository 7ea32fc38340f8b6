"""A SQLite file: damage is named before anything starts, and it belongs to one machine."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot import startup
from bot.delivery import Delivery
from bot.worker import Worker
from models import heartbeat, host, sqlite_file
from models.database import Database
from tests.processes import COMMAND, GUNICORN, environment, run

PAGE = 4096
AWAY = "other-machine 0a1b boot-of-its-own"


@pytest.fixture
def path(sqlite_template, tmp_path):
    """A filled SQLite database."""
    return Path(shutil.copy(sqlite_template, tmp_path / "tasuki.db"))


def fault(path):
    return startup.database_fault(f"sqlite:///{path}")


def test_a_sound_file_starts(path):
    assert fault(path) == ""


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.9])
def test_a_page_that_was_overwritten_is_found(path, share):
    page = int(path.stat().st_size * share) // PAGE
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(bytes(255 - byte for byte in file.read(PAGE)))
    assert fault(path).startswith(f"the database {path} is damaged (")
    assert "`python app.py restore FILE --replace`" in fault(path)


def test_a_file_cut_short_is_found(path):
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    assert fault(path).startswith(f"the database {path} is damaged (")


def test_a_torn_log_falls_back_to_what_was_whole(path):
    """The last commits are gone with their half, as after a power cut; what is left is sound."""
    database = Database(f"sqlite:///{path}")
    for n in range(3):
        with database.write() as db:
            heartbeat.beat(db, f"n{n}", heartbeat.database_clock(db))
    log = Path(f"{path}-wal")
    torn = path.with_name("torn.db")
    shutil.copy(path, torn)
    Path(f"{torn}-wal").write_bytes(log.read_bytes()[:-PAGE])
    database.close()
    assert fault(torn) == ""
    database = Database(f"sqlite:///{torn}")
    with database.read() as db:
        assert sorted(heartbeat.all_beats(db)) == ["n0", "n1"]
    database.close()


@pytest.mark.parametrize("command", [GUNICORN, [*COMMAND, "worker"]], ids=["web", "worker"])
def test_neither_web_nor_worker_starts_on_a_damaged_file(command, path):
    with path.open("r+b") as file:
        file.seek(40 * PAGE)
        file.write(b"x" * PAGE)
    refused = run(*command, env=environment(DATABASE_URL=f"sqlite:///{path}"))
    assert refused.returncode == 2
    assert f"tasuki: the database {path} is damaged (" in refused.stderr


@pytest.mark.parametrize(
    ("beat", "age", "refused"),
    [
        (AWAY, 5, True),
        (AWAY, 90, False),  # it was stopped, or died
        ("", 5, False),  # written by an older version
    ],
)
def test_another_machines_workers_keep_us_from_starting(path, beat, age, refused):
    database = Database(f"sqlite:///{path}")
    with database.write() as db:
        at = heartbeat.database_clock(db) - timedelta(seconds=age)
        heartbeat.beat(db, "engine", at, beat)
    database.close()
    assert fault(path).startswith("another machine (other-machine) works on this") is refused


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("a 1 x", "b 2 y", True),
        ("a 1 x", "a 1 y", False),  # started anew
        ("a 1 x", "b 2 x", False),  # containers on one machine
        ("a - -", "b - -", True),  # no identity but the name
        ("a 1 x", "b 1 y", True),  # a clone under another name
    ],
)
def test_what_makes_a_machine_another(one, other, differ):
    assert host.is_another(one, other) is differ


def test_beats_say_which_machine_they_are_from(world):
    worker = Worker(world.database, world.engine, Delivery, world.parts.bell)
    worker._beat("engine")
    with world.database.read() as db:
        assert db.get(heartbeat.Heartbeat, "engine").detail == host.here()
        here = host.others_at_work(db, heartbeat.database_clock(db), host.here())
        there = host.others_at_work(db, heartbeat.database_clock(db), AWAY)
    assert (here, there) == (set(), {host.here().split(" ")[0]})


@pytest.mark.parametrize(
    ("kind", "found"),
    [("nfs4", "nfs4"), ("cifs", "cifs"), ("ext4", ""), ("fuse.sshfs", "fuse.sshfs")],
)
def test_a_network_drive_is_named(tmp_path, kind, found):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
        f"40 22 0:5 / {tmp_path}/the\\040share rw - {kind} server:/x rw\n"
    )
    (tmp_path / "the share").mkdir()
    assert sqlite_file.network(tmp_path / "the share" / "tasuki.db", mounts) == found
    assert sqlite_file.network(tmp_path / "tasuki.db", mounts) == ""
    assert sqlite_file.network(tmp_path / "tasuki.db", tmp_path / "none") == ""


def test_a_network_drive_keeps_us_from_starting(path, monkeypatch):
    monkeypatch.setattr(sqlite_file, "network", lambda _path: "nfs4")
    assert fault(path).startswith(f"the database {path} is on a network drive (nfs4)")
