"""Slow and endless callers at the door as it is deployed: the others are answered in time."""

from __future__ import annotations

import json
import socket
from itertools import count
from statistics import median
from urllib.parse import urlsplit

import pytest

from bot.webhook import signature
from models import schema
from models.database import Database
from tests import patience, proxy
from tests.processes import (
    GUNICORN,
    SECRET,
    call,
    environment,
    free_port,
    running,
    seconds_of,
    wait_until,
)

MANY = 50  # slow callers of each kind
IN_TIME = 1.0  # seconds
NUMBER = count(1)
SLOW_HEAD = b"POST /callback HTTP/1.1\r\nHost: tasuki.example\r\nX-Line-Signature: "
SLOW_BODY = b"POST /callback HTTP/1.1\r\nHost: tasuki.example\r\nContent-Length: 90000\r\n\r\n{"

pytestmark = pytest.mark.skipif(
    proxy.BINARY is None, reason="nginx is missing: .ci/run installs Debian's nginx-light"
)


@pytest.fixture(scope="module")
def gunicorn(tmp_path_factory):
    """The port of two web processes with the settings of gunicorn.conf.py."""
    path = tmp_path_factory.mktemp("slow") / "tasuki.db"
    database = Database(f"sqlite:///{path}")
    schema.migrate(database)
    database.close()
    port = free_port()
    env = environment(DATABASE_URL=f"sqlite:///{path}", PORT=str(port))
    with running(*GUNICORN, env=env):
        wait_until(lambda: call(f"http://127.0.0.1:{port}/livez")[0] == 200, 60)
        yield port


@pytest.fixture(scope="module")
def door(gunicorn, tmp_path_factory):
    """The address of the proxy before them."""
    with proxy.before(gunicorn, tmp_path_factory.mktemp("nginx")) as address:
        yield address


def livez(address):
    return call(f"{address}/livez")[0]


def webhook(address):
    event = {"type": "follow", "webhookEventId": f"slow-{next(NUMBER)}", "source": {}}
    body = json.dumps({"events": [event]}).encode()
    return call(f"{address}/callback", body, X_Line_Signature=signature(SECRET, body))[0]


def test_a_hundred_slow_callers_keep_nobody_waiting(door):
    port = urlsplit(door).port
    heads, bodies = (proxy.Dawdlers(port, begun, MANY) for begun in (SLOW_HEAD, SLOW_BODY))
    try:
        took = []
        for _ in range(4):
            assert heads.say_a_byte() + bodies.say_a_byte() == 2 * MANY
            took += [seconds_of(lambda: livez(door)), seconds_of(lambda: webhook(door))]
        assert median(took) < IN_TIME  # a busy machine may stand still
    finally:
        heads.close()
        bodies.close()


def test_a_body_too_long_is_refused_by_its_length(door):
    assert call(f"{door}/callback", b" " * 3_000_000)[0] in {0, 413}  # 0: hung up on in mid-word
    assert answer(door, SLOW_BODY.replace(b"90000", b"1000000000")).startswith(b"HTTP/1.1 413")
    assert webhook(door) == 200


def test_a_body_without_an_end_is_refused(door):
    head = SLOW_BODY.replace(
        b"Content-Length: 90000\r\n\r\n{", b"Transfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    assert answer(door, head, *[piece] * 40).startswith(b"HTTP/1.1 413")
    assert webhook(door) == 200


def answer(door, *pieces):
    """Return the first bytes of what is answered to a request written by hand."""
    with socket.create_connection(
        ("127.0.0.1", urlsplit(door).port), timeout=patience.SECONDS
    ) as caller:
        for piece in pieces:
            try:
                caller.sendall(piece)
            except OSError:
                break  # it has heard enough
        return caller.recv(100)
