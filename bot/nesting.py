"""Bodies nested so deeply that a parser gives up: measured and taken apart without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SIGN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},]', re.DOTALL)
_EVENTS = re.compile(r'"events"\s*:\s*\[')


def depth(value: Any) -> int:
    """Return how deeply lists and objects are nested in a parsed value."""
    deepest, left = 0, [(value, 1)]
    while left:
        node, level = left.pop()
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        left.extend((one, level + 1) for one in inner)
        deepest = max(deepest, level)
    return deepest


def events_in(text: str) -> Iterator[str]:
    """Yield the text of each event of a body, however deeply one of them is nested."""
    found = _EVENTS.search(text)
    start, level = (found.end(), 1) if found else (len(text), 0)
    for sign in _SIGN.finditer(text, start):
        level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(sign[0], 0)
        if level == 0 or (level == 1 and sign[0] == ","):
            if said := text[start : sign.start()].strip():
                yield said
            start = sign.end()
        if level == 0:
            return
