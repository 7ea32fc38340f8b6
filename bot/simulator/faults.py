"""Faults to order: the platform answers late, wrongly, half, or not at all."""

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.simulator.people import RefusedError

MODES = ("reset", "lost", "html", "truncated", "torn")
LATE_MODES = ("lost", "truncated", "torn")  # accepted, unless it is said otherwise
ACCEPTING = ("before", "after")
KNOWN = ("path", "status", "body", "delay", "when", "mode", "times", "probability", "label", "seed")


@dataclass
class Fault:
    """One order; `times` None means every time."""

    path: str | None = None
    status: int | None = None
    body: Any = None
    delay: float = 0.0
    when: str = "before"
    mode: str | None = None
    times: int | None = 1
    probability: float = 1.0
    label: str | None = None
    dice: random.Random | None = None

    @property
    def name(self) -> str:
        """Say in a few letters what was done, for the ledger."""
        what = self.mode or (str(self.status) if self.status else "delay")
        return f"{what} {self.when}"

    @property
    def refuses(self) -> bool:
        """Say whether there is more to it than a delay."""
        return self.mode is not None or self.status is not None or self.body is not None

    @property
    def cuts_off(self) -> bool:
        """Say whether the caller gets not a single byte."""
        return self.mode in ("reset", "lost")

    def as_json(self) -> dict[str, Any]:
        """Write the order as the page shows it."""
        return {"name": self.name, "label": self.label, "path": self.path, "times": self.times}

    def meets(self, path: str) -> bool:
        """Say whether a request on `path` is meant: a whole path, or a name such as `push`."""
        name = self.path
        if name is None or name == path:
            return True
        if name == "richmenu":  # the only name whose calls stand under several paths
            return name in path.split("/")
        at_end = path.endswith(f"/{name}") and "/validate/" not in path
        return at_end or path.startswith((f"/v2/bot/{name}/", f"/v2/bot/message/{name}/"))


def order(wish: Mapping[str, Any]) -> Fault:
    """Read an order as /sim/fault takes it, or refuse it with the reason."""
    for name in wish:
        if name not in KNOWN:
            raise RefusedError(f"A fault has no {name!r}; it has {', '.join(KNOWN)}.")
    mode = wish.get("mode")
    given = {name: wish[name] for name in KNOWN[:-1] if wish.get(name) is not None}
    given.setdefault("when", "after" if mode in LATE_MODES else "before")
    given.setdefault("times", None if "probability" in given or "times" in wish else 1)
    fault = Fault(**given, dice=random.Random(wish.get("seed")))  # noqa: S311 - nothing secret
    _refuse_nonsense(fault)
    return fault


def _refuse_nonsense(fault: Fault) -> None:
    if fault.mode is not None and fault.mode not in MODES:
        raise RefusedError(f"mode is one of {', '.join(MODES)}.")
    if fault.when not in ACCEPTING:
        raise RefusedError("when is before or after.")
    if fault.status is not None and not _within(fault.status, 200, 599):
        raise RefusedError("status is a number from 200 to 599.")
    if fault.times is not None and not _within(fault.times, 1, 10**9):
        raise RefusedError("times is 1 or more.")
    if not _within(fault.delay, 0, 600) or not _within(fault.probability, 0, 1):
        raise RefusedError("delay is 0 to 600 seconds, probability 0 to 1.")


def _within(value: object, low: float, high: float) -> bool:
    return isinstance(value, int | float) and low <= value <= high


class Faults:
    """The orders that stand, oldest first."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, **wish: Any) -> Fault:
        """Order a fault."""
        fault = order(wish)
        with self._lock:
            self._orders.append(fault)
        return fault

    def clear(self) -> None:
        """Cancel every order."""
        with self._lock:
            self._orders.clear()

    def standing(self) -> list[dict[str, Any]]:
        """List the orders that stand, as the page shows them."""
        with self._lock:
            return [fault.as_json() for fault in self._orders]

    def take(self, path: str) -> Fault | None:
        """Return the fault that strikes a request on this path, if one does, and count it."""
        with self._lock:
            for fault in self._orders:
                if fault.meets(path) and self._strikes(fault):
                    return fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        if fault.dice is not None and fault.dice.random() >= fault.probability:
            return False
        if fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                self._orders.remove(fault)
        return True
