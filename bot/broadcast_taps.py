"""The taps by which a broadcast is made, sent and stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Wish = Literal[
    "resume", "anew", "edit", "audience", "test", "time", "now", "morning", "ask", "unask",
    "no_photo", "drop", "preview",
]  # fmt: skip


@dataclass(frozen=True)
class ToClass:
    """A class chosen; 0 stands for all of them."""

    number: int
    class_id: int


@dataclass(frozen=True)
class To:
    """An audience chosen."""

    number: int
    kind: str
    class_id: int


@dataclass(frozen=True)
class Change:
    """Something else to become of a draft."""

    number: int
    wish: Wish


@dataclass(frozen=True)
class Picked:
    """A time picked; the time itself comes with the tap."""

    number: int


@dataclass(frozen=True)
class Send:
    """The word that sends; `sure` says which doubts were answered."""

    number: int
    token: str
    sure: str = ""


@dataclass(frozen=True)
class Stop:
    """A wish to stop what has not gone out yet."""

    number: int
