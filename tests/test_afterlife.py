"""After the race: health data for 90 days, who came and who did what for a year, then no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from models import afterlife, health, person
from models.attendance import Rsvp
from models.health import HEALTH, Consent
from models.record import Audit
from models.school import Term
from models.tables import metadata
from scheduler.housekeeping import keep_house


@pytest.fixture
def race_day(world):
    with world.database.read() as db:
        day = db.scalar(select(Term.race_date))
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)


def count(world, table):
    with world.database.read() as db:
        return db.scalar(select(func.count()).select_from(table))


def holds(world, actor):
    with world.database.read() as db:
        return health.weight_kg(db, actor.record()), health.has_consent(db, actor.record(), HEALTH)


def test_health_data_goes_ninety_days_after_the_race(world, aiko, race_day):
    aiko.says("体重 54.5")
    keep_house(world.database, race_day + timedelta(days=90))
    assert holds(world, aiko) == (54.5, True)
    keep_house(world.database, race_day + timedelta(days=91))
    assert holds(world, aiko) == (None, False)
    with world.database.read() as db:
        standing = select(Consent).where(Consent.kind == HEALTH, Consent.withdrawn_at.is_(None))
        assert db.scalars(standing).all() == []


def test_whoever_runs_another_term_keeps_them(world, aiko, race_day):
    aiko.says("体重 54.5")
    with world.database.write() as db:
        one = db.scalars(select(Term)).one()
        one.race_date = race_day.date() + timedelta(days=180)
        db.add(one)
    keep_house(world.database, race_day + timedelta(days=91))
    assert holds(world, aiko) == (54.5, True)


def test_attendance_and_audit_go_a_year_after_the_race(world, aiko, race_day):
    aiko.says("欠席 風邪です")
    with world.database.write() as db:
        db.add(Audit(at=race_day + timedelta(days=200), deed="of the next term"))
        db.add(Audit(at=race_day, deed="of this term"))
    rows = count(world, Rsvp)
    assert rows > 0
    keep_house(world.database, race_day + timedelta(days=365))
    assert count(world, Rsvp) == rows
    keep_house(world.database, race_day + timedelta(days=367))
    for table in afterlife.of_sessions():
        assert count(world, table) == 0, table.name
    with world.database.read() as db:
        assert db.scalars(select(Audit.deed)).all() == ["of the next term"]


def test_every_table_of_people_at_sessions_is_met():
    names = {table.name for table in afterlife.of_sessions()}
    assert {"rsvp", "rsvp_reason", "checkin", "chased", "feeling", "drink"} <= names
    assert "session_id" in metadata.tables["notice"].columns
    assert "person" not in names


def test_whoever_blocked_us_is_forgotten_after_thirty_days(world, aiko, ryo):
    aiko.blocks()
    gone = world.clock.now()
    keep_house(world.database, gone + timedelta(days=29, hours=23))
    assert known(world, aiko)
    keep_house(world.database, gone + timedelta(days=30, seconds=1))
    assert not known(world, aiko)
    assert known(world, ryo)
    with world.database.read() as db:
        assert "erased" in db.scalars(select(Audit.deed)).all()


def test_whoever_comes_back_in_time_stays(world, aiko):
    aiko.blocks()
    world.clock.passes(minutes=1)
    aiko.follows()
    keep_house(world.database, world.clock.now() + timedelta(days=60))
    assert known(world, aiko)


def known(world, actor):
    with world.database.read() as db:
        return person.by_line_id(db, actor.id) is not None
