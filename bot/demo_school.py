"""The demo's school: the template folder moved to today, with invented people in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, text
from sqlmodel import Session, select

from bot.demo_past import live_through
from bot.demo_people import described, introduce, line_id
from bot.demo_people import people as invented
from bot.parts import Parts
from bot.simulator import Simulator
from models import (
    class_group,
    health,
    heartbeat,
    person,
    schema,
    school,
    school_import,
)
from models.database import Database
from models.tables import metadata

WEEK = 11


class DemoRefused(Exception):  # noqa: N818 - it is a refusal
    """The demo must not run on this database: it is not the demo's."""


def start_anew(database: Database) -> None:
    """Empty the demo's database; DemoRefused when it is somebody's real one."""
    with database.read() as db:
        tables = set(inspect(db.connection()).get_table_names())
        ours = "demo_clock" in tables and db.get(heartbeat.DemoClock, 1) is not None
        used = "person" in tables and db.exec(select(person.Person)).first() is not None
    if used and not ours:
        raise DemoRefused(
            "DATABASE_URL names a database with real people in it: the demo starts anew each "
            "time and would empty it. Unset DATABASE_URL or name another."
        )
    with database.connect() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    schema.migrate(database)
    with database.write() as db:
        heartbeat.set_demo_offset(db, heartbeat.demo_offset(db))


def populate(parts: Parts, sim: Simulator) -> None:
    """Import the school around today and enter its people here and on the phones."""
    with parts.database.write() as db:
        enter(db, parts.real_clock(), parts.settings.zone)
        live_through(db, parts.real_clock())
    introduce(sim)


def enter(db: Session, now: datetime, zone: ZoneInfo) -> None:
    """Import the template school, moved so that this is week 11, and enrol its people."""
    given = described().with_week(WEEK, now.astimezone(zone).date())
    school_import.Import(db, now, zone).run(given)
    people = invented()
    for class_ in school.classes(db):
        for coach in (c for c in given.coaches if c.class_code == class_.code):
            _enrol(db, {"name": coach.name}, str(coach.role), class_, now)
        for member in people["members"][class_.code]:
            _enrol(db, member, school.MEMBER, class_, now)
    for name in people["office"]:
        _enrol(db, {"name": name}, school.OFFICE, None, now)
    for class_ in school.classes(db)[:-1]:  # the last class's group waits for Tasuki's invitation
        group = class_group.set_present(db, line_id("C", class_.code), True, now)
        group.class_id = class_.key


def _enrol(
    db: Session, given: dict[str, Any], role: str, class_: school.SchoolClass | None, now: datetime
) -> None:
    """Enrol a person; members come with consent and their screening answered."""
    profile = {"displayName": given["name"], "language": given.get("language", "ja")}
    one = person.meet(db, line_id("U", given["name"]), now, profile)
    school.grant(db, one, role, class_.key if class_ else None, now)
    health.consent(db, one, health.TERMS, now)
    if role == school.MEMBER and given.get("health", True):
        _health(db, one, given, now)


def _health(db: Session, one: person.Person, given: dict[str, Any], now: datetime) -> None:
    health.consent(db, one, health.HEALTH, now)
    for name in health.SCREENING:
        is_so = given.get("condition") == name
        answer = health.ScreeningAnswer(person_id=one.key, question=name, answer=is_so)
        health.keep(db, one, answer)
    if kg := given.get("kg"):
        health.keep(db, one, health.BodyWeight(person_id=one.key, at=now, kg=float(kg)))
