"""The log: kinds, places and counts; never an id, a token, a secret or what a person wrote.

Beside these tests every other one is watched: what it prints or logs goes through `judge`.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from types import SimpleNamespace

import pytest
import structlog

from bot import faults, logs, parts
from tests.logbook import judge, told
from tests.world import SETTINGS

PERSON = "U" + "c0ffee" * 5 + "aa"
CANARY = "カナリアの膝が痛い"


@pytest.mark.parametrize(
    "line",
    [
        f"engine.failed user={PERSON}",
        f'{{"to":"C{PERSON[1:]}"}}',
        f"Bearer {SETTINGS.access_token}",
        SETTINGS.channel_secret,
        f"could not read {CANARY}",
    ],
)
def test_a_line_that_tells_too_much_fails_the_test_that_logged_it(line):
    report = SimpleNamespace(passed=True, when="call", outcome="passed", longrepr=None)
    report.sections = [("Captured stderr call", f"quiet\n{line}\nquiet\n")]
    said = SimpleNamespace(sender=PERSON, message={"type": "text", "text": CANARY})
    sim = SimpleNamespace(
        chats=SimpleNamespace(bubbles=[said]), reply_tokens=SimpleNamespace(known=list)
    )
    judge(SimpleNamespace(funcargs={"world": SimpleNamespace(sim=sim)}), report)
    assert report.outcome == "failed"
    assert report.longrepr.splitlines()[1:] == [line]


def test_an_ordinary_line_does_not():
    assert told("2026-11-23 delivery verdict=sent status=200 request=3f2a rows=1\nUnknown\n") == []


def test_a_reply_token_counts_as_well(world, aiko):
    aiko.says("今週")
    (token, *_) = world.sim.reply_tokens.known()
    assert told(f"reply {token}", world.sim.reply_tokens.known())


def test_what_a_library_logs_of_a_failure_is_its_kind_and_place():
    try:
        raise ValueError(CANARY)
    except ValueError:
        record = logging.LogRecord("apscheduler", 40, "x.py", 1, "job failed", (), sys.exc_info())
    said = json.loads(logs.formatter().format(record))
    assert (said["event"], said["level"], said["logger"]) == ("job failed", "error", "apscheduler")
    assert said["fault"] == "ValueError"
    assert said["at"].startswith("test_logs.py:")
    assert CANARY not in str(said)


def shown(capfd) -> list[dict[str, str]]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


LIBRARIES = ("alembic.runtime.migration", "apscheduler", "gunicorn.error", "werkzeug")


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_librarys_line_looks_like_ours(capfd, name):
    logs.set_up()
    logging.getLogger(name).warning("%s is odd", "this")
    structlog.get_logger().warning("worker.failed", loop="engine")
    theirs, ours = shown(capfd)
    assert theirs.keys() - ours.keys() == {"logger"}
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("this is odd", "warning", name)
    assert (ours["event"], ours["level"], ours["loop"]) == ("worker.failed", "warning", "engine")


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        ("debug", {"ours debug", "ours info", "ours error", "theirs info", "theirs error"}),
        ("info", {"ours info", "ours error", "theirs error"}),
        ("error", {"ours error", "theirs error"}),
    ],
)
def test_the_level_is_chosen_and_a_library_never_babbles(capfd, level, seen):
    logs.set_up(level)
    for least in ("debug", "info", "error"):
        getattr(structlog.get_logger(), least)(f"ours {least}")
        getattr(logging.getLogger("apscheduler"), least)(f"theirs {least}")
        logging.getLogger("urllib3").warning("an address with an id")
    assert {line["event"] for line in shown(capfd)} == seen


def test_a_thread_that_falls_over_quotes_nothing(capfd, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", faults.note_fallen_thread)

    def falls() -> None:
        raise ValueError(CANARY)

    thread = threading.Thread(target=falls, name="quota")
    thread.start()
    thread.join()
    said = "".join(capfd.readouterr())
    assert "thread.failed" in said
    assert CANARY not in said


@pytest.mark.parametrize("path", ["/metrics", f"/files/{'t' * 32}", "/callback"])
def test_a_page_that_fails_quotes_neither_its_address_nor_the_fault(
    world, capfd, monkeypatch, path
):
    def falls(*_how: object, **_more: object) -> None:
        raise RuntimeError(CANARY)

    for name in ("read", "write", "connect"):
        monkeypatch.setattr(world.database, name, falls)
    web = parts.build_web(world.parts)
    door = web.test_client()
    body = b'{"events":[{"webhookEventId":"x"}]}'
    sign = {"x-line-signature": parts.webhook.signature(SETTINGS.channel_secret, body)}
    post = path == "/callback"
    answer = door.post(path, data=body, headers=sign) if post else door.get(path)
    assert answer.status_code == 500
    said = "".join(capfd.readouterr()) + answer.text
    assert "web.failed" in said
    assert CANARY not in said
    assert "tttt" not in said
