"""Starting for real: refused with every fault at once, or serving until told to stop."""

from __future__ import annotations

import json
import signal
import sys

import pytest

from bot import startup
from bot.settings import DEMO
from bot.webhook import signature
from models import schema
from models.database import Database
from tests.processes import (
    COMMAND,
    GUNICORN,
    SECRET,
    call,
    environment,
    free_port,
    run,
    running,
    wait_until,
)

OLDER = "the database's schema is older than this code: run `python app.py migrate` first"


@pytest.fixture
def migrated(tmp_path):
    """The address of an empty database (a filled one is sealed with the demo's key)."""
    database = Database(f"sqlite:///{tmp_path}/tasuki.db")
    schema.migrate(database)
    database.close()
    return f"sqlite:///{tmp_path}/tasuki.db"


@pytest.mark.parametrize("command", [GUNICORN, [*COMMAND, "worker"]], ids=["web", "worker"])
def test_a_start_is_refused_with_every_fault_at_once(command, tmp_path):
    env = environment(
        LINE_CHANNEL_SECRET="",
        TASUKI_DATA_KEY=DEMO["TASUKI_DATA_KEY"],
        LINE_CHANNEL_ACCESS_TOKEN_FILE=str(tmp_path / "nowhere"),
        LINE_CHANNEL_ACCESS_TOKEN="",
        TASUKI_TIMEZONE="Mars/Olympus",
        TASUKI_PUBLIC_URL="ftp://x",
        PORT="eighty",
        DATABASE_URL=f"sqlite:///{tmp_path}/none.db",
    )
    refused = run(*command, env=env)
    assert refused.returncode == 2
    told = [line for line in refused.stderr.splitlines() if line.startswith("tasuki: ")]
    assert [line.removeprefix("tasuki: ") for line in told] == [
        "LINE_CHANNEL_SECRET is missing (or give LINE_CHANNEL_SECRET_FILE)",
        f"LINE_CHANNEL_ACCESS_TOKEN_FILE: {tmp_path}/nowhere cannot be read (FileNotFoundError)",
        "LINE_CHANNEL_ACCESS_TOKEN is missing (or give LINE_CHANNEL_ACCESS_TOKEN_FILE)",
        "TASUKI_DATA_KEY is the demo's: set your own",
        "TASUKI_PUBLIC_URL must begin with https:// or http://127.0.0.1 or http://localhost",
        "TASUKI_TIMEZONE is 'Mars/Olympus': give a zone such as Asia/Tokyo",
        "PORT is 'eighty': a port is a number from 0 to 65535",
        OLDER,
    ]
    assert not (tmp_path / "none.db").exists()


def test_an_older_schema_is_named_on_both_databases(database, database_url):
    assert startup.schema_fault(database_url) == ""
    with database.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'from-tomorrow'")
    assert startup.schema_fault(database_url).startswith("the database's schema is newer")
    with database.connect() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    assert startup.schema_fault(database_url) == OLDER


def test_a_database_that_does_not_answer_is_named(tmp_path):
    (tmp_path / "tasuki.db").write_bytes(b"no database " * 100)
    url = f"sqlite:///{tmp_path}/tasuki.db"
    for broken in (url, "postgresql://nobody@127.0.0.1:1/nothing"):
        assert startup.schema_fault(broken).startswith("the database cannot be opened (")


def test_gunicorn_serves_and_stops_when_told(migrated):
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    event = {"type": "follow", "webhookEventId": "01START", "timestamp": 1, "mode": "active"}
    body = json.dumps({"destination": "U0", "events": [event]}).encode()
    with running(*GUNICORN, env=environment(DATABASE_URL=migrated, PORT=str(port))) as process:
        wait_until(lambda: call(f"{here}/livez") == (200, "ok\n"))
        assert call(f"{here}/callback", body, X_Line_Signature=signature(SECRET, body))[0] == 200
        assert call(f"{here}/callback", body, X_Line_Signature="wrong")[0] == 401
        assert call(f"{here}/healthz")[0] == 503  # no worker runs
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    database = Database(migrated)
    with database.read() as db:
        found = db.connection().exec_driver_sql("SELECT key FROM inbox").scalars().all()
    database.close()
    assert found == ["01START"]


def test_a_worker_works_and_stops_when_told(migrated):
    port = free_port()
    line = f"http://127.0.0.1:{port}"  # nobody there: a worker starts without LINE too
    env = environment(DATABASE_URL=migrated, LINE_API_BASE=line)
    database = Database(migrated)

    def beats() -> bool:
        with database.read() as db:
            return db.connection().exec_driver_sql("SELECT count(*) FROM heartbeat").scalar() >= 3

    with running(*COMMAND, "worker", env=env) as process:
        wait_until(beats)
        process.send_signal(signal.SIGTERM)
        assert process.wait(25) == 0
    database.close()


def test_the_web_process_knows_nothing_of_the_sdk(migrated):
    code = "import app, sys; app.web; print(sorted({'linebot', 'apscheduler'} & set(sys.modules)))"
    shown = run(sys.executable, "-c", code, env=environment(DATABASE_URL=migrated))
    assert shown.stdout == "[]\n", shown.stderr


def test_the_demo_says_when_real_secrets_are_set(tmp_path):
    env = environment(DATABASE_URL=f"sqlite:///{tmp_path}/d.db", PORT="0", TASUKI_SIM_PORT="0")
    with running(*COMMAND, env=env | {"PYTHONUNBUFFERED": "1"}) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
    assert first.startswith(
        "LINE_CHANNEL_SECRET, LINE_CHANNEL_ACCESS_TOKEN, TASUKI_DATA_KEY is set, but this is"
    )
