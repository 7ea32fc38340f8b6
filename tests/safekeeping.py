"""Backups in tests: an empty database beside the filled one, and PostgreSQL's own tools."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bot.restore import Order, into_quarantine
from models import restoration
from models.database import Database
from models.deletion import hashed
from tests import databases, postgres
from tests.world import World


@pytest.fixture(autouse=True)
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the tools of the server that tests run on the PATH."""
    binaries = postgres.debian_binaries() or postgres.wheel_binaries()
    monkeypatch.setenv("PATH", f"{binaries}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for backups."""
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def empty(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Another database of the same kind, on another machine so to speak, with nothing in it."""
    if database_url.startswith("sqlite"):
        (tmp_path / "elsewhere").mkdir()
        made = Database(f"sqlite:///{tmp_path}/elsewhere/tasuki.db")
        yield made
        made.close()
        return
    server, name = request.getfixturevalue("postgres_url"), f"tasuki_empty_{uuid4().hex[:12]}"
    with psycopg.connect(postgres.libpq_url(make_url(server)), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        made = Database(databases.sibling(server, name))
        yield made
        made.close()
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def put_back(world: World, *, stopped: Any = None, deleted: Any = ()) -> Counter[str]:
    """Put the world's database in quarantine as if it came from a backup."""
    again = {(what, hashed(what, name)): at for what, name, at in deleted}
    order = Order(None, stopped)
    into_quarantine(world.parts, world.database, order, again, lambda _db: None)
    with world.database.read() as db:
        return Counter(restoration.last(db).found)
