"""The tests' own PostgreSQL: both sources of it start, serve and leave nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests import databases, postgres


@pytest.fixture(params=["found", "wheel"])
def server(request):
    """A server of the tests' first choice, and one from the wheel in the lock."""
    make = postgres.start if request.param == "found" else from_the_wheel
    server = make()
    yield server
    server.stop()


def from_the_wheel():
    return postgres.launch(postgres.wheel_binaries())


def ask(url: str, question: str) -> object:
    with psycopg.connect(postgres.libpq_url(make_url(url))) as connection:
        return connection.execute(question).fetchone()[0]


def test_workers_get_copies_of_one_migrated_template(server):
    made = []

    def migrate(url: str) -> None:
        made.append(url)
        with psycopg.connect(postgres.libpq_url(make_url(url))) as connection:
            connection.execute("CREATE TABLE runner (name text)")

    run = f"t{os.getpid()}"
    first = databases.worker_database(server.url, run, "gw0", migrate)
    second = databases.worker_database(server.url, run, "gw1", migrate)
    assert len(made) == 1
    assert ask(first, "INSERT INTO runner VALUES ('愛子') RETURNING name") == "愛子"
    assert ask(second, "SELECT count(*) FROM runner") == 0
    databases.drop_databases(server.url, run)
    assert ask(server.url, f"SELECT count(*) FROM pg_database WHERE datname ~ '{run}'") == 0


def test_a_failed_migration_leaves_no_template(server):
    def migrate(_url: str) -> None:
        raise ZeroDivisionError

    run = f"f{os.getpid()}"
    with pytest.raises(ZeroDivisionError):
        databases.worker_database(server.url, run, "gw0", migrate)
    assert ask(server.url, f"SELECT count(*) FROM pg_database WHERE datname ~ '{run}'") == 0


def test_a_stopped_server_is_gone_with_its_files():
    server = from_the_wheel()
    home = Path(str(make_url(server.url).query["host"]))
    assert (home / "data").is_dir()
    server.stop()
    assert not home.exists()
    with pytest.raises(psycopg.OperationalError):
        ask(server.url, "SELECT 1")


def test_a_killed_test_run_takes_its_server_along():
    script = (
        "import time; from tests.postgres import *;"
        "print(launch(debian_binaries() or wheel_binaries()).url, flush=True); time.sleep(60)"
    )
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    url = run.stdout.readline().strip()
    assert ask(url, "SELECT 1") == 1
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert gone_within(url, 10)
    shutil.rmtree(str(make_url(url).query["host"]), ignore_errors=True)


def gone_within(url: str, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            ask(url, "SELECT 1")
        except psycopg.OperationalError:
            return True
        time.sleep(0.05)
    return False


def test_a_server_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setattr(postgres, "SETTINGS", ["shared_buffers=nonsense"])
    with pytest.raises(postgres.PostgresMissingError, match="shared_buffers"):
        postgres.launch(postgres.debian_binaries() or postgres.wheel_binaries())
