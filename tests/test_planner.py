"""The planner: any number may plan, and one that dies midway loses none of the rest."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import select

from bot.turn import Occurrence
from models import inbox
from models.database import Database
from models.inbox import InboxEvent
from scheduler.planner import Planner
from tests.mortality import Killed
from tests.world import SETTINGS, START

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
