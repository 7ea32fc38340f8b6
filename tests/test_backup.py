"""Backups: whole, in one file, under a name only when looked through; and when none is made."""

from __future__ import annotations

import stat
from datetime import timedelta

import pytest

from bot import backup, backup_postgres
from bot.backup import BackupRefused, look_through, take
from models.person import Person
from models.schema import Fit
from tests import safekeeping
from tests.processes import COMMAND, environment, run
from tests.world import START

folder, tools = safekeeping.folder, safekeeping.tools


def test_a_backup_is_one_private_file_named_by_its_time(database, folder):
    made = take(database, folder, START)
    suffix = "db" if database.is_sqlite else "dump"
    assert made == folder / f"tasuki-20261123T000000Z.{suffix}"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert list(folder.iterdir()) == [made]
    assert look_through(database, made) is Fit.CURRENT


def test_the_newest_are_kept(database, folder):
    made = [take(database, folder, START + timedelta(hours=n), keep=2) for n in range(4)]
    assert sorted(folder.iterdir()) == made[2:]


def test_nothing_is_written_over(database, folder):
    there = take(database, folder / "mine", START)
    with pytest.raises(BackupRefused, match="mine is there already: name a folder, or another"):
        take(database, there, START)
    with pytest.raises(BackupRefused, match="there is no folder"):
        take(database, folder / "none" / "mine", START)


def test_a_copy_holds_nobody_up_and_is_held_up_by_nobody(database, folder, monkeypatch):
    tools = backup.backup_sqlite if database.is_sqlite else backup_postgres
    copied = tools.copy

    def amid_a_write(url, target):
        with database.write() as db:
            db.add(Person(line_id="U" + "9" * 32, created_at=START, reachable_at=START))
            db.flush()
            copied(url, target)

    monkeypatch.setattr(tools, "copy", amid_a_write)
    assert look_through(database, take(database, folder, START)) is Fit.CURRENT


def test_what_is_no_sound_copy_gets_no_name(database, folder, monkeypatch):
    tools = backup.backup_sqlite if database.is_sqlite else backup_postgres
    copied = tools.copy

    def spoilt(url, target):
        copied(url, target)
        with target.open("r+b") as file:
            file.truncate(target.stat().st_size // 2)

    monkeypatch.setattr(tools, "copy", spoilt)
    with pytest.raises(BackupRefused, match="no backup was made: "):
        take(database, folder, START)
    assert list(folder.iterdir()) == []


def test_without_postgres_tools_it_says_what_to_install(monkeypatch, database, folder):
    monkeypatch.setenv("PATH", str(folder))
    if database.is_sqlite:
        assert take(database, folder, START).exists()
        return
    with pytest.raises(BackupRefused, match="pg_dump is not on this machine: install PostgreSQL"):
        take(database, folder, START)


def test_the_command(tmp_path, database_url, database, folder):
    env = environment(DATABASE_URL=database_url)
    seen = run(*COMMAND, "backup", str(folder), "--keep", "3", env=env)
    [made] = folder.iterdir()
    assert (seen.stdout, seen.returncode) == (f"{made}\n", 0), seen.stderr
    refused = run(*COMMAND, "backup", str(made), env=env)
    assert refused.returncode == 2
    assert "is there already" in refused.stderr
