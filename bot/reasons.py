"""A deed and its reason in one breath: 「膝が痛いので今週は休みます」."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.feature import Route
from bot.wordbook import ANY_TEXT
from models.policy import REASONED

LONGEST = 300
_SO = re.compile(r"(.+?)(?:なので|ので|から|ため(?:に)?|,? so )(.+)", re.IGNORECASE)
_SINCE = re.compile(r"(.+?),? because (.+)", re.IGNORECASE)


def because(text: str) -> tuple[str, ...]:
    """Return what is wished and why, where one text says both; nothing where it does not."""
    if len(text) > LONGEST:
        return ()
    if found := _SINCE.fullmatch(text):
        return found.groups()
    found = _SO.fullmatch(text.replace("くて", "いので"))
    return found.groups()[::-1] if found else ()


def given(route: Route, told: str) -> Route:
    """Return the route with what was told as its reason, where it takes one and has none."""
    if route.command not in REASONED or ANY_TEXT in route.values:
        return route
    return replace(route, values={**route.values, ANY_TEXT: told})
