"""Counting as LINE counts, and what its limits refuse."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class LimitError(ValueError):
    """A message would break one of LINE's limits."""


def utf16(text: str) -> int:
    """Count as LINE counts texts: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """Count as LINE counts labels: what a reader sees as one sign (marks and joiners apart)."""
    joined = text.replace("\u200d", "")
    marks = sum(1 for c in joined if unicodedata.category(c) in {"Mn", "Me"})
    return len(joined) - marks - (len(text) - len(joined))


def is_address(url: str) -> bool:
    """Say whether LINE would load this: https, or in the demo http from this machine only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    return bool(parts.netloc) and (parts.scheme == "https" or local)
