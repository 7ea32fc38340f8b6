"""What has happened, numbered, for pages that watch: an append-only list one can wait on."""

import threading
import time
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class News:
    """One thing that happened: a message, a moved clock, changed chats, an unsent message."""

    number: int
    kind: str
    data: dict[str, Any]


class Feed:
    """Numbers what happens in one order and wakes whoever waits for it."""

    def __init__(self, lock: threading.RLock) -> None:
        self._changed = threading.Condition(lock)
        self._news: list[News] = []
        self.closed = False

    @property
    def upcoming(self) -> int:
        """Return the number the next news will have; stays true while the lock is held."""
        return len(self._news) + 1

    def publish(self, kind: str, data: dict[str, Any]) -> None:
        """Append one piece of news and wake the watchers."""
        with self._changed:
            self._news.append(News(self.upcoming, kind, data))
            self._changed.notify_all()

    def close(self) -> None:
        """Let every watcher go."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def after(self, number: int, patience: float = 0.0) -> list[News]:
        """Return the news after a number, waiting up to `patience` seconds for some."""
        until = time.monotonic() + patience
        with self._changed:
            while len(self._news) <= number and not self.closed:
                left = until - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    break
            return self._news[max(number, 0) :]
