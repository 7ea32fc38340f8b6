"""What the tests' own output tells: no id, token, secret or word of a person may stand in it."""

from __future__ import annotations

import base64
import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from tests.processes import SECRET, TOKEN
from tests.world import SETTINGS

ID = re.compile(r"(?<![0-9A-Za-z])[UCR][0-9a-f]{32}(?![0-9a-f])")  # a person, a group, a room
LONG_ENOUGH = 6  # characters: a shorter text may stand in a line by chance
KEY = base64.b64encode(SETTINGS.data_key).decode()
SECRETS = (SETTINGS.access_token, SETTINGS.channel_secret, KEY, SECRET, TOKEN)


def told(output: str, words: Iterable[str] = ()) -> list[str]:
    """Return the lines that tell what is nobody's business."""
    secrets = [*SECRETS, *words]
    lines = output.splitlines()
    return [line for line in lines if ID.search(line) or any(s in line for s in secrets)]


@contextmanager
def put_back() -> Iterator[None]:
    """Put the logs of this process back afterwards: a test may have run a command of app.py."""
    root, names = logging.getLogger(), ["gunicorn.error", "gunicorn.access", "urllib3"]
    before = (root.level, root.handlers[:], structlog.get_config(), threading.excepthook)
    kept = [(one, one.level, one.propagate) for one in map(logging.getLogger, names)]
    yield
    root.level, root.handlers[:] = before[:2]
    structlog.configure(**before[2])
    threading.excepthook = before[3]
    for one, level, propagate in kept:
        one.handlers.clear()
        one.setLevel(level)
        one.propagate = propagate


def judge(item: Any, report: Any) -> None:
    """Fail a test that passed, if something was logged on the way that must not be."""
    output = "".join(text for name, text in report.sections if name.endswith(report.when))
    if not report.passed or not output:
        return
    if lines := told(output, _spoken(item)):
        report.outcome = "failed"
        report.longrepr = "\n".join(["logged what must not be:", *lines])


def _spoken(item: Any) -> Iterator[str]:
    """Yield what people wrote in this test, and the reply tokens it came with."""
    played = getattr(item, "funcargs", None) or {}
    for world in (played[name] for name in ("world", "probed") if name in played):
        yield from (t for t in world.sim.reply_tokens.known() if len(t) >= LONG_ENOUGH)
        for bubble in world.sim.chats.bubbles:
            text = bubble.message.get("text")
            if bubble.sender != "bot" and isinstance(text, str) and len(text) >= LONG_ENOUGH:
                yield text
