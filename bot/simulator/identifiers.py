"""Identifiers in the shapes LINE gives them: users, messages, events, tokens."""

import random
import threading
import uuid

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FIRST_MESSAGE = 500_000_000_000_000_000


class Identifiers:
    """Makes identifiers; with a seed, two runs make the same ones in the same order."""

    def __init__(self, seed: int | None = None) -> None:
        # Nothing here guards anything: the tokens are those of a make-believe platform.
        self._random = random.Random(seed)  # noqa: S311
        self._lock = threading.Lock()
        self._messages, self._event = FIRST_MESSAGE, 0

    def message(self) -> str:
        """Return the next message ID: digits, always greater than the one before."""
        with self._lock:
            self._messages += 1
            return str(self._messages)

    def event(self, timestamp: int) -> str:
        """Return a ULID (26 characters) for an event; of one millisecond the later is greater."""
        number = (timestamp << 80) | self._bits(79)
        with self._lock:
            if self._event >> 80 == timestamp:
                number = self._event + 1
            self._event = number
        return "".join(CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))

    def token(self) -> str:
        """Return a 32-digit hexadecimal token, as reply tokens are."""
        return f"{self._bits(128):032x}"

    def request(self) -> str:
        """Return a request ID in UUID form."""
        return str(uuid.UUID(int=self._bits(128), version=4))

    def rich_menu(self) -> str:
        """Return the ID of a rich menu."""
        return f"richmenu-{self._bits(128):032x}"

    def _bits(self, count: int) -> int:
        with self._lock:
            return self._random.getrandbits(count)
