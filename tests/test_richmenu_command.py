"""`python app.py richmenu` as somebody types it: what it says, and with which exit code."""

from __future__ import annotations

from contextlib import closing

import pytest
from simulator_stage import TOKEN, Stage

from models import schema
from models.database import Database
from tests.processes import COMMAND, environment, run

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


def richmenu(stage, folder, *options, token=TOKEN):
    """Run the command on an empty school."""
    url = f"sqlite:///{folder}/tasuki.db"
    database = Database(url)
    schema.migrate(database)
    database.close()
    env = environment(LINE_CHANNEL_ACCESS_TOKEN=token, LINE_API_BASE=stage.url, DATABASE_URL=url)
    return run(*COMMAND, "richmenu", *options, env=env)


def test_it_installs_and_says_so(stage, tmp_path):
    first = richmenu(stage, tmp_path, "--relink")
    assert (first.returncode, first.stderr) == (0, "")
    lines = first.stdout.splitlines()
    assert lines[0] == "作成: tasuki-member-ja / made: tasuki-member-ja"
    assert lines[-1] == "全員向けのメニューを設定しました。 / The menu for everyone is set."
    assert len(stage.sim.rich_menus.menus) == 12


def test_a_bad_token_is_told_plainly(stage, tmp_path):
    refused = richmenu(stage, tmp_path, token="another")
    assert refused.returncode == 2
    assert refused.stderr.splitlines() == [
        "tasuki: LINEがトークンを断りました(401)。LINE_CHANNEL_ACCESS_TOKEN を確かめてください。",
        "tasuki: LINE refused the token (401): look at LINE_CHANNEL_ACCESS_TOKEN.",
    ]
    assert stage.sim.rich_menus.menus == {}
