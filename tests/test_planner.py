"""The planner: any number may plan, and one that dies midway loses none of the rest."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, text
from sqlmodel import select

from bot import occurrences
from bot.turn import Occurrence
from models import inbox
from models.database import Database
from models.inbox import EventState, InboxEvent
from scheduler.planner import Planner
from tests.mortality import Killed
from tests.world import SETTINGS, START

PAGE = Occurrence("probe.due", 1, 0, START, START + timedelta(hours=12), people=(1, 2), page="@a")
MANY = 45  # more than two transactions hold


def calendar(_db, _window, _zone):
    until = START + timedelta(hours=12)
    return [Occurrence("probe.due", n, 0, START, until, people=(1,)) for n in range(MANY)]


def planner(database):
    return Planner(database, [calendar], SETTINGS.zone)


def recorded(database):
    with database.read() as db:
        return db.scalar(select(func.count()).select_from(InboxEvent))


def test_a_planner_that_dies_leaves_what_it_had_committed(database, monkeypatch):
    real, calls = inbox.record, []

    def mortal(*given):
        calls.append(given)
        if len(calls) == 3:
            raise Killed
        return real(*given)

    monkeypatch.setattr(inbox, "record", mortal)
    with pytest.raises(Killed):
        planner(database).plan(START)
    assert recorded(database) == 40
    planner(database).plan(START)
    assert recorded(database) == MANY


def test_two_planners_record_each_occurrence_once(database):
    start, others = threading.Barrier(4), []

    def plan():
        own = Database(database.url.render_as_string(hide_password=False))
        start.wait(10)
        planner(own).plan(START)
        own.close()

    others = [threading.Thread(target=plan) for _ in range(4)]
    for one in others:
        one.start()
    for one in others:
        one.join()
    planner(database).plan(START)
    assert recorded(database) == MANY


def test_a_spoilt_page_keeps_nobody_from_planning(database):
    """Somebody chose another hour; the page they stood on cannot be opened any more."""
    late = START + timedelta(hours=13)
    rest, other = replace(PAGE, people=(1,), page="@b"), replace(PAGE, subject=2, due_at=late)
    Planner(database, [lambda *_: [PAGE]], SETTINGS.zone).plan(START)
    with database.write() as db:
        db.execute(text("UPDATE inbox SET body = :spoilt"), {"spoilt": b"spoilt" * 9})
    other = replace(other, until=late + timedelta(hours=1))
    assert Planner(database, [lambda *_: [rest, other]], SETTINGS.zone).plan(late) == 2
    with database.read() as db:
        states = dict(db.execute(select(InboxEvent.key, InboxEvent.state)).all())
    assert states["clock:probe.due:2:0::@a"] == EventState.WAITING


def test_a_page_of_people_planned_before_is_no_news(database):
    Planner(database, [lambda *_: [PAGE]], SETTINGS.zone).plan(START)
    late, rest = START + timedelta(hours=13), replace(PAGE, people=(1,), page="@b")
    more = replace(PAGE, people=(1, 3), page="@c")
    assert Planner(database, [lambda *_: [rest, more]], SETTINGS.zone).plan(late) == 1
    assert recorded(database) == 2


def test_a_page_is_found_however_the_database_sorts(database):
    """PostgreSQL sorts as its cluster's language does, where a semicolon comes before a colon."""
    if not database.is_sqlite:
        with database.connect() as connection:
            change = 'ALTER TABLE inbox ALTER COLUMN key TYPE varchar COLLATE "und-x-icu"'
            connection.execute(text(change))
    Planner(database, [lambda *_: [PAGE]], SETTINGS.zone).plan(START)
    with database.read() as db:
        assert occurrences.is_overtaken(db, replace(PAGE, people=(1,), page="@b"))
        assert not occurrences.is_overtaken(db, replace(PAGE, people=(1, 3), page="@b"))


@pytest.mark.parametrize(
    ("hours", "found"),
    [((30, 5), 5), ((24,), 24), ((25,), 25), ((24 * 30, 24 * 31), 24 * 30), ((0, 24 * 31), None)],
)
def test_the_next_thing_due_is_found_near_and_far(database, hours, found):
    dated = [replace(PAGE, due_at=START + timedelta(hours=each)) for each in hours]
    due = Planner(database, [lambda *_: dated], SETTINGS.zone).next_due(START)
    assert due == (None if found is None else START + timedelta(hours=found))
