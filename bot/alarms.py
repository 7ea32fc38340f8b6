"""What somebody has to know at once, for monitors, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from models import breaker


def look(db: Session) -> Iterator[str]:
    """Yield what is wrong that no heartbeat shows."""
    if refused := breaker.tripped(db):
        yield (
            f"LINE refuses our token since {refused.since:%d %b %H:%M:%S} UTC and nothing is sent:"
            " check LINE_CHANNEL_ACCESS_TOKEN"
        )
