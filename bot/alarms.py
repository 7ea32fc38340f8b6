"""What somebody has to know at once, for monitors, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from models import alert, breaker

LATELY = timedelta(days=1)


def look(db: Session, now: datetime) -> Iterator[str]:
    """Yield what is wrong that no heartbeat shows."""
    if refused := breaker.tripped(db):
        yield (
            f"LINE refuses our token since {refused.since:%d %b %H:%M:%S} UTC and nothing is sent:"
            " check LINE_CHANNEL_ACCESS_TOKEN"
        )
    if unseen := alert.unseen(db, now - LATELY):
        yield f"alerts of the last day that nobody was told yet: {unseen}"
