"""Processes that die between any two steps, in one process: what is left undone stays undone."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import bot.delivery
import models.inbox
import models.outbox
from bot.delivery import Delivery
from bot.engine import Engine

POINTS: tuple[tuple[Any, str], ...] = (
    (Engine, "_handle"),
    (Delivery, "_send"),
    (Delivery, "_settle"),
    (bot.delivery, "claim"),
    (models.outbox, "settle"),
    (models.inbox, "finish"),
)


class Killed(BaseException):
    """The process died here; nothing after it was done."""


class Mortality:
    """Lets a process die before or after one of its steps, with some chance."""

    def __init__(self, chance: random.Random, share: float) -> None:
        self._chance, self._share = chance, share
        self.kills = 0

    @contextmanager
    def reigns(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """Wrap the steps from outside."""
        with monkeypatch.context() as patch:
            for owner, name in POINTS:
                patch.setattr(owner, name, self._mortal(getattr(owner, name)))
            yield

    def _mortal(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def mortal(*given: Any, **named: Any) -> Any:
            self._perhaps()
            result = step(*given, **named)
            self._perhaps()
            return result

        return mortal

    def _perhaps(self) -> None:
        if self._chance.random() < self._share:
            self.kills += 1
            raise Killed
