"""Calls on the LINE API and their answers, apart from how they come over the wire."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """A request on the API, read from the wire."""

    body: dict[str, Any]
    request_id: str
    retry_key: str | None = None


@dataclass(frozen=True)
class Answer:
    """What LINE answers, and what it did."""

    status: int
    body: Any = field(default_factory=dict)
    accepted: bool = False
    duplicate: bool = False
    headers: dict[str, str] = field(default_factory=dict)


def refusal(message: str, status: int = 400) -> Answer:
    """Refuse in LINE's shape."""
    return Answer(status, {"message": message})
