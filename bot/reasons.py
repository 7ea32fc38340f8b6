"""A deed and its reason in one breath: 「膝が痛いので今週は休みます」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.feature import Route
from bot.wishes import LONGEST
from bot.wordbook import ANY_TEXT
from models.policy import REASONED, SHOWING, TELLING

MOST = 4  # places where a text may come apart: 「昨日から膝が痛いので今週は休みます」 has two
_SO = re.compile(r"なので|ので|から|ため(?:に)?|,? so ", re.IGNORECASE)
_END = re.compile(rf"(?:{_SO.pattern})$", re.IGNORECASE)
_SINCE = re.compile(r"(.+?),? because (.+)", re.IGNORECASE)


def because(text: str) -> Iterator[tuple[str, str]]:
    """Yield what may be wished and why, as often as one text may say both."""
    if len(text) > LONGEST:
        return
    if found := _SINCE.fullmatch(text):
        yield found[1], found[2]
    joined = text.replace("くて", "いので")  # 膝が痛くて休みます
    for so in islice(_SO.finditer(joined), MOST):
        if joined[: so.start()] and joined[so.end() :]:
            yield joined[so.end() :], joined[: so.start()]


def explains(routes: Sequence[Route]) -> bool:
    """Say whether these are a deed and, after it, a report that may be its reason."""
    commands = [route.command for route in routes]
    return len(commands) == 2 and commands[0] not in SHOWING and commands[1] in TELLING


def given(route: Route, told: str) -> Route:
    """Return the route with what was told as its reason, where it takes one and has none."""
    if route.command not in REASONED or ANY_TEXT in route.values:
        return route
    return replace(route, values={**route.values, ANY_TEXT: _END.sub("", told)})
