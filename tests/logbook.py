"""What the tests' own output tells: no id, token, secret or word of a person may stand in it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from typing import Any

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
