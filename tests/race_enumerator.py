"""What should have been due towards the goal race: a second, plain reading of its steps.

It shares no arithmetic with scheduler/, models/race_calendar.py and models/race_runner.py.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from models.content_files import CONTENT
from models.race import Race, RaceFact
from models.school import Membership, SchoolClass

KINDS = {"race.step", "race.safety", "race.carbs"}
STEPS = [
    step
    for step in tomllib.loads((CONTENT / "countdown.toml").read_text(encoding="utf-8"))["step"]
    if step.get("races") != "other"
]
Due = tuple[datetime, str]
Told = dict[tuple[int, str], str]


def goal(db: Session) -> Race:
    """Return the race the term leads up to."""
    return db.exec(select(Race).where(Race.is_goal)).one()


def due(db: Session, zone: ZoneInfo) -> Iterator[Due]:
    """Yield each step for each who runs, at their own hour."""
    race, classes = goal(db), {one.id: one for one in db.exec(select(SchoolClass))}
    facts = db.exec(select(RaceFact).where(RaceFact.race_id == race.id)).all()
    told = {(fact.person_id, fact.name): fact.value for fact in facts}
    entered = {fact.person_id: fact.at for fact in facts if fact.name == "entry"}
    members = db.exec(select(Membership).where(Membership.role == "member")).all()
    for number, step in enumerate(STEPS):
        key = f"{step['kind']}:{race.id}:{race.revision}:{step['id']}"
        for one in members:
            at = _hour(step, race, one, classes[one.class_id], told, zone)
            is_theirs = number == 0 or one.race_entry in (None, "yes")
            since = max(one.joined_at, entered.get(one.person_id, one.joined_at), _moved(race))
            if is_theirs and at >= since:
                yield at, f"{key}:{one.person_id}"


def _moved(race: Race) -> datetime:
    """Return the first instant after the race was last moved, or one before all."""
    at = race.changed_at
    return at + timedelta(microseconds=1) if at else datetime(1970, 1, 1, tzinfo=race.tz)


def _hour(
    step: dict[str, Any],
    race: Race,
    one: Membership,
    class_: SchoolClass,
    told: Told,
    zone: ZoneInfo,
) -> datetime:
    gun = race.starts_at.astimezone(zone)
    if "at" in step:
        return datetime.combine(gun.date() - timedelta(days=step["days"]), step["at"], zone)
    start = gun + timedelta(minutes=int(told.get((one.person_id, "start"), "0")))
    if "start" in step:
        return start + timedelta(minutes=step["start"])
    if "finish" in step:
        seconds = one.goal_seconds or class_.goal_seconds or 6.5 * 3600
        return start + timedelta(seconds=seconds, minutes=step["finish"])
    eats = told.get((one.person_id, "breakfast"))
    at = datetime.combine(gun.date(), time.fromisoformat(eats), zone) if eats else None
    return (at or start - timedelta(hours=3)) + timedelta(minutes=step["breakfast"])
