"""The ledger: every request on the LINE API, what became of it, never changed afterwards."""

import threading
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One request. `accepted`: LINE carried it out, whether or not the caller heard so."""

    seq: int
    at: str
    method: str
    path: str
    retry_key: str | None
    reply_token: str | None
    to: Any
    messages: Any
    status: int
    accepted: bool
    duplicate: bool
    fault: str | None
    request_id: str


class Ledger:
    """An append-only list of entries."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._lock = threading.Lock()

    def write(self, **facts: Any) -> Entry:
        """Append one entry."""
        with self._lock:
            entry = Entry(seq=len(self._entries) + 1, **facts)
            self._entries.append(entry)
            return entry

    @property
    def entries(self) -> list[Entry]:
        """Return a copy of what has been written so far."""
        with self._lock:
            return list(self._entries)

    def as_json(self, after: int = 0) -> list[dict[str, Any]]:
        """Write the entries after a number as the control interface shows them."""
        return [asdict(entry) for entry in self.entries[max(after, 0) :]]
