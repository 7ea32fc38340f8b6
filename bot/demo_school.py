"""The demo's school: the template folder moved to today, with invented people in it."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text
from sqlmodel import Session, select

from bot.parts import Parts
from bot.simulator import Simulator
from models import health, heartbeat, person, schema, school, school_files, school_import
from models.database import Database
from models.school_values import School
from models.tables import metadata

CONTENT = Path(__file__).parent.parent / "models" / "content"
WEEK = 11
COLOURS = ("#C8402F", "#2F6FC8", "#3B8C5A", "#8A5FBF", "#C08A2E", "#4A7F8C", "#B5527D")


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
    now = parts.real_clock()
    today = now.astimezone(parts.settings.zone).date()
    given = school_files.read_school(CONTENT / "school").with_week(WEEK, today)
    people = tomllib.loads((CONTENT / "demo_people.toml").read_text(encoding="utf-8"))
    with parts.database.write() as db:
        school_import.Import(db, now, parts.settings.zone).run(given)
        _enter(db, sim, given, people, now)


def line_id(kind: str, name: str) -> str:
    """Return an invented LINE id: U for people, C for groups."""
    return kind + hashlib.sha256(f"tasuki demo {name}".encode()).hexdigest()[:32]


def _enter(
    db: Session, sim: Simulator, given: School, people: dict[str, Any], now: datetime
) -> None:
    for number, class_ in enumerate(school.classes(db)):
        staff = [
            _add(db, sim, c.name, str(c.role), class_, now)
            for c in given.coaches
            if c.class_code == class_.code
        ]
        members = [
            _add(db, sim, m["name"], school.MEMBER, class_, now, m)
            for m in people["members"][class_.code]
        ]
        everyone = [p.line_id for p in (*members, *staff)]
        group_id = line_id("C", class_.code)
        sim.add_group(group_id, class_.name(class_.language), everyone, bot_in=number < 6)
        if number < 6:  # the last group waits to be invited
            school.set_present(db, group_id, True, now).class_id = class_.key
    for name in people["office"]:
        _add(db, sim, name, school.OFFICE, None, now)
    for guest in people["guests"]:
        sim.add_user(
            line_id("U", guest["name"]),
            guest["name"],
            guest["language"],
            friend=False,
            avatar=_avatar(guest["name"]),
        )
    bot = sim.bot
    heartbeat.set_channel(
        db, {"userId": bot.user_id, "basicId": bot.basic_id, "displayName": bot.name}
    )


def _add(
    db: Session,
    sim: Simulator,
    name: str,
    role: str,
    class_: school.SchoolClass | None,
    now: datetime,
    given: dict[str, Any] | None = None,
) -> person.Person:
    """Enter a person with a role; members come with consent and their screening answered."""
    given = given or {}
    language = given.get("language", "ja")
    one = person.meet(db, line_id("U", name), now, {"displayName": name, "language": language})
    school.grant(db, one, role, class_.key if class_ else None, now)
    health.consent(db, one, health.TERMS, now)
    if role == school.MEMBER and given.get("health", True):
        _health(db, one, given, now)
    sim.add_user(
        one.line_id,
        name,
        language,
        avatar=_avatar(name),
        role=role,
        class_name=class_.name("ja") if class_ else "事務局",
    )
    return one


def _health(db: Session, one: person.Person, given: dict[str, Any], now: datetime) -> None:
    health.consent(db, one, health.HEALTH, now)
    answers = {name: given.get("condition") == name for name in health.SCREENING}
    health.keep(db, one, health.HealthProfile(person_id=one.key, screening=answers))
    if kg := given.get("kg"):
        health.keep(db, one, health.BodyWeight(person_id=one.key, at=now, kg=float(kg)))


def _avatar(name: str) -> dict[str, str]:
    chosen = int(hashlib.sha256(name.encode()).hexdigest(), 16) % len(COLOURS)
    return {"text": name[0], "colour": COLOURS[chosen]}
