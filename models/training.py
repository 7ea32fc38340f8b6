"""The load of what a member trained: effort times minutes of each session, by day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models.attendance import EFFORT, MINUTES, Feeling
from models.rules.load import session_load
from models.session import TrainingSession


def loads(db: Session, person_id: int, since: datetime, zone: ZoneInfo) -> dict[date, float]:
    """Return the load of each local day on which a session's effort and minutes were told."""
    told = (
        select(Feeling, TrainingSession.starts_at)
        .join(TrainingSession, col(TrainingSession.id) == Feeling.session_id)
        .where(Feeling.person_id == person_id, TrainingSession.starts_at >= since)
    )
    by_session: dict[datetime, dict[str, Any]] = defaultdict(dict)
    for row, starts_at in db.exec(told):
        by_session[starts_at][row.kind] = row.value
    days: dict[date, float] = defaultdict(float)
    for starts_at, values in by_session.items():
        if EFFORT in values and MINUTES in values:
            load = session_load(values[EFFORT], values[MINUTES])
            days[starts_at.astimezone(zone).date()] += load
    return dict(days)
