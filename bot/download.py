"""Reading a download with bounds: no more bytes than allowed, no longer than allowed."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

CHUNK = 64 * 1024
LONGEST = 8.0  # seconds: nobody else is answered meanwhile


@dataclass(frozen=True)
class Download:
    """What came of a request, as far as it was read; `whole` when that is all of it."""

    status: int | None
    body: bytes = b""
    whole: bool = False


class Stream(Protocol):
    """An answer whose body has not been read."""

    status: int

    def read(self, amt: int) -> bytes:
        """Read some more."""
        ...


def read(answer: Stream, most: int) -> Download:
    """Read an answer's body; what is longer than `most` is left where it is."""
    if answer.status != 200:
        return Download(answer.status)
    body, deadline = bytearray(), time.monotonic() + LONGEST
    while piece := answer.read(CHUNK):
        body += piece
        if len(body) > most:
            return Download(200)
        if time.monotonic() > deadline:
            return Download(None)
    return Download(200, bytes(body), whole=True)
