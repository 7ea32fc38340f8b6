"""The webhook's door: who is let in, and what it says when nothing can be written down."""

from __future__ import annotations

import base64
import json
from statistics import median

import pytest

from bot.webhook import MAX_BODY, signature
from models.database import Database
from tests.letters import Letters
from tests.processes import seconds_of
from tests.world import SETTINGS

SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
KNOWN = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'


@pytest.fixture
def letters(world):
    return Letters(world)


def test_lines_own_example_of_a_signature():
    assert signature(SECRET, KNOWN) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


def test_no_events_are_fine_too(letters):
    assert letters.raw(KNOWN) == 200
    assert letters.rows() == []


GOOD = signature(SETTINGS.channel_secret, KNOWN)
BAD = {
    "empty": "",
    "of another channel": signature(SECRET, KNOWN),
    "not base64": "%%%",
    "with a space": GOOD + " x",
    "cut short": GOOD[:-1],
    "in capitals": GOOD.upper(),
    "not ASCII": "襷".encode().decode("latin-1"),
    "hexadecimal": base64.b64decode(GOOD).hex(),
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD)
def test_a_wrong_signature_is_refused(letters, given, capfd):
    event = json.dumps({"events": [letters.text("U" + "1" * 32, "canary-text")]}).encode()
    assert letters.raw(event, **{"x-line-signature": given}) == 401
    assert letters.rows() == []
    assert "canary" not in "".join(capfd.readouterr())


def test_no_room_for_the_lock_file_is_a_503(letters, monkeypatch):
    def full(*_):
        raise OSError("no space left on device")

    monkeypatch.setattr("models.database.Database.connect", full)
    assert letters.post(letters.text("U" + "1" * 32, "hello")) == 503
    assert letters.door.get("/livez").status_code == 503


def test_a_missing_signature_is_refused(letters):
    assert letters.door.post("/callback", data=KNOWN).status_code == 401


def test_a_header_in_any_case_is_the_same_header(letters):
    for name in ("X-LINE-SIGNATURE", "X-Line-Signature", "x-line-signature"):
        assert letters.door.post("/callback", data=KNOWN, headers={name: GOOD}).status_code == 200


def test_any_flipped_bit_is_refused(letters):
    for bit in range(0, len(KNOWN) * 8, 7):
        flipped = bytearray(KNOWN)
        flipped[bit // 8] ^= 1 << bit % 8
        sent = letters.door.post(
            "/callback", data=bytes(flipped), headers={"x-line-signature": GOOD}
        )
        assert sent.status_code == 401


def test_a_body_without_a_length_is_refused(letters):
    chunked = {"x-line-signature": GOOD, "Transfer-Encoding": "chunked"}
    environ = {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
    sent = letters.door.post("/callback", data=KNOWN, headers=chunked, environ_overrides=environ)
    assert sent.status_code == 411


def test_a_body_too_long_is_refused_unread(letters):
    assert letters.raw(b" " * (MAX_BODY + 1)) == 413
    assert letters.raw(b"[" + b" " * (MAX_BODY - 2) + b"]") == 200
    claimed = {"CONTENT_LENGTH": str(10**9)}
    assert letters.door.post("/callback", data=b"x", environ_overrides=claimed).status_code == 413


def test_only_post_is_served(letters):
    assert letters.door.get("/callback").status_code == 405


def locked(database: Database):
    """Hold the database as another program would that does not queue with ours."""
    other = Database(database.url.render_as_string(hide_password=False))
    connection = other.engine.connect().execution_options(tasuki_write=True)
    connection.begin()
    if not database.is_sqlite:
        connection.exec_driver_sql("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
    return other, connection


def test_a_locked_database_is_said_at_once_and_nothing_is_lost(world, letters, aiko, database):
    event = letters.text(aiko.id, "今週")
    other, holding = locked(database)
    took = [seconds_of(lambda: letters.post(event), 503) for _ in range(3)]
    assert median(took) < 2  # LINE waits no longer; a busy machine may stand still for a moment
    if database.is_sqlite:  # on PostgreSQL a held table stops no other commit
        assert letters.door.get("/livez").status_code == 503
    holding.close()
    other.close()
    assert letters.post(event | {"deliveryContext": {"isRedelivery": True}}) == 200
    world.settle()
    assert len(aiko.hears()) == 1
    assert letters.door.get("/livez").status_code == 200
