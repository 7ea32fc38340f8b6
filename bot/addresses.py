"""Addresses that may stand in a message: https, and in the demo http on this machine."""

from __future__ import annotations

from urllib.parse import urlsplit

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def is_address(url: str) -> bool:
    """Say whether LINE would load this: https, or in the demo http from this machine only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    local = parts.scheme == "http" and parts.hostname in LOOPBACK
    return bool(parts.netloc) and (parts.scheme == "https" or local)
