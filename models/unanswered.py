"""Questions nobody answers: whoever left the last three open is not asked until they speak."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from models.attendance import EFFORT, Checkin, Feeling

ENOUGH = 3  # questions in a row


def efforts(db: Session, people: Sequence[int], before: datetime) -> set[int]:
    """Return who of these told nothing of how hard their last sessions before an instant were."""
    told = (col(Feeling.session_id) == col(Checkin.session_id)) & (
        col(Feeling.person_id) == col(Checkin.person_id)
    )
    rows = (
        select(Checkin.person_id, Feeling.kind)
        .outerjoin(Feeling, told & (col(Feeling.kind) == EFFORT))
        .where(col(Checkin.person_id).in_(people), col(Checkin.at) < before)
        .order_by(col(Checkin.at).desc())
    )
    lately: dict[int, list[str | None]] = {}
    for person_id, kind in db.exec(rows):
        lately.setdefault(person_id, []).append(kind)
    last = {one: kinds[:ENOUGH] for one, kinds in lately.items() if len(kinds) >= ENOUGH}
    return {one for one, kinds in last.items() if not any(kinds)}
