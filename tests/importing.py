"""The import-school command on a test's database, and what it left there."""

from __future__ import annotations

import re
from dataclasses import replace as with_values

import pytest
from click.testing import CliRunner
from sqlmodel import delete

from bot import commands
from models import code
from models.tables import metadata
from tests.school_folder import copied
from tests.world import SETTINGS

SAME = "新規 0、変更 0 / 0 new, 0 changed\n"


@pytest.fixture
def folder(tmp_path):
    """The template's copy, moved to where the tests' school stands."""
    return copied(tmp_path)


@pytest.fixture
def imports(database, world, monkeypatch):
    """The command on a test's database: returns exit code, output and errors."""
    parts = with_values(world.parts, settings=with_values(SETTINGS, is_demo=False))
    monkeypatch.setattr(commands, "real_parts", lambda *_: parts)
    with database.write() as db:
        db.execute(delete(code.Code))

    def command(*words):
        said = CliRunner().invoke(commands.cli, ["import-school", *map(str, words)], obj=({}, None))
        assert said.exception is None or isinstance(said.exception, SystemExit), said.exception
        return said.exit_code, said.stdout, said.stderr

    return command


def everything(database):
    """Return all that a database holds."""
    with database.read() as db:
        return {
            table.name: sorted(map(repr, db.connection().execute(table.select())))
            for table in metadata.sorted_tables
        }


def made(said):
    """Return the codes that were shown, by kind and class."""
    found = re.findall(r"^  (\w+) (\S+) (\w{16})$", said, re.MULTILINE)
    return {(kind, class_code): text for kind, class_code, text in found}
