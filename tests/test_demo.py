"""The first look: `python app.py` as a newcomer starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests import patience

ROOT = Path(__file__).parents[1]


def start(tmp_path: Path, **more: str) -> subprocess.Popen[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PORT": "0",
        "TASUKI_SIM_PORT": "0",
        "DATABASE_URL": f"sqlite:///{tmp_path}/demo.db",
        **more,
    }
    return subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=1,
    )


def line_with(process: subprocess.Popen[str], part: str) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if part in line:
            return line
    raise AssertionError(f"the process ended without saying {part!r}")


@pytest.mark.timeout(120)
def test_it_says_where_it_is_shows_the_phones_and_stops(tmp_path):
    process = start(tmp_path)
    try:
        url = line_with(process, "Open http").split()[4]
        with urllib.request.urlopen(url, timeout=patience.SECONDS) as page:
            assert "Tasuki" in page.read().decode()
        with urllib.request.urlopen(f"{url}/sim/chats", timeout=patience.SECONDS) as answer:
            chats = json.load(answer)
        assert len(chats["groups"]) == 7
    finally:
        process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=patience.SECONDS) == 0


def test_real_secrets_are_not_used_and_it_says_so(tmp_path):
    process = start(tmp_path, LINE_CHANNEL_SECRET="a-real-one")
    try:
        said = line_with(process, "LINE_CHANNEL_SECRET")
        assert "demo" in said
        assert "a-real-one" not in said
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=patience.SECONDS)


def test_a_database_with_real_people_is_left_alone(database_url, database):
    if database.is_sqlite:
        more = {"DATABASE_URL": database_url}
        process = start(Path("/nowhere"), **more)
        said = line_with(process, "real people")
        assert process.wait(timeout=patience.SECONDS) == 2
        assert "starts anew" in said
    with database.read() as db:
        from models.school import classes

        assert len(classes(db)) == 7
