"""Races that are moved or withdrawn: what was to be said about the old plan is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models import outbox
from models.race import Race


def change(db: Session, race: Race, now: datetime, **values: Any) -> None:
    """Move or withdraw a race: what was still to be said about the old plan is not said."""
    outbox.cancel_subject(db, race.subject, now)
    if race.told_revision == race.revision:
        race.was_at = race.starts_at
    for name, value in values.items():
        setattr(race, name, value)
    race.revision, race.changed_at = race.revision + 1, now
    db.add(race)
    db.flush()


def changed_between(db: Session, since: datetime, until: datetime) -> list[Race]:
    """Return the races that were moved or withdrawn in a window and not announced yet."""
    found = select(Race).where(
        col(Race.changed_at) > since,
        col(Race.changed_at) <= until,
        col(Race.told_revision) != col(Race.revision),
    )
    return list(db.exec(found.order_by(col(Race.id))))


def note_told(db: Session, race: Race) -> None:
    """Note that the members are told of the plan as it stands."""
    race.told_revision = race.revision
    db.add(race)
