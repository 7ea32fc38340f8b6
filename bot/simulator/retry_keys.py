"""Retry keys: a request accepted under one is not carried out again for 24 hours."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

LIFE = timedelta(hours=24)
SHAPE = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Acceptance:
    """What was accepted under a key, and when."""

    at: datetime
    request_id: str
    answer: dict[str, Any]


class RetryKeys:
    """The keys of the last 24 hours."""

    def __init__(self) -> None:
        self._accepted: dict[str, Acceptance] = {}

    @staticmethod
    def well_formed(key: str) -> bool:
        """Say whether a key is a UUID in hexadecimal form."""
        return SHAPE.fullmatch(key) is not None

    def find(self, key: str | None, now: datetime) -> Acceptance | None:
        """Return what a key was accepted for, unless that is more than 24 hours ago."""
        known = self._accepted.get(key.lower()) if key else None
        return known if known is not None and now - known.at <= LIFE else None

    def accept(self, key: str | None, acceptance: Acceptance) -> None:
        """Remember an accepted request."""
        if key:
            self._accepted[key.lower()] = acceptance
