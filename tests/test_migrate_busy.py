"""Migrating while others work: it waits until it has all tables, or changes nothing."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from models import schema
from models.database import BusyError, Database
from models.holding import hold_tables
from models.schema import Fit
from tests.processes import COMMAND, environment, run
from tests.releases import RELEASED, bring_to


@pytest.fixture
def before(empty_url):
    """A database of the release before."""
    made = Database(empty_url)
    bring_to(made, RELEASED[-1])
    yield made
    made.close()


@pytest.fixture
def at_work(before):
    """A transaction of an old process that goes on until it is told to end."""
    end, began = threading.Event(), threading.Event()

    def work():
        with before.connect() as connection:
            connection.execute(text("DELETE FROM inbox"))
            began.set()
            end.wait(30)

    working = threading.Thread(target=work)
    working.start()
    assert began.wait(10)
    yield end
    end.set()
    working.join()


def test_it_waits_until_the_others_pause(before, at_work):
    threading.Timer(1.5, at_work.set).start()
    schema.migrate(before)
    assert schema.fit(before) is Fit.CURRENT


def test_without_a_pause_nothing_is_changed_and_that_is_said(before, at_work, monkeypatch):
    monkeypatch.setattr(schema, "PATIENCE", 1.0)
    with pytest.raises(BusyError, match="without a pause"):
        schema.migrate(before)
    at_work.set()
    assert schema.fit(before) is Fit.OLDER


def test_whoever_migrates_reads_it_in_plain_words(before, at_work):
    env = environment(DATABASE_URL=before.url.render_as_string(hide_password=False))
    done = run(COMMAND[0], "-c", IMPATIENT, "app.py", "migrate", env=env)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "tasuki: nothing was changed (others work on the tables without a pause): "
        "let a backup or whatever reads it end and run migrate again, "
        "or stop the workers for it\n"
    )


IMPATIENT = """
import os, sys
from models import schema
schema.PATIENCE = 1.0
sys.argv = sys.argv[1:]
import app
from bot import commands
commands.main(os.environ, app.parts)
"""


@pytest.fixture
def tried(monkeypatch):
    """Why each try to have the tables failed, by PostgreSQL's code."""
    codes = []

    def hold(connection):
        try:
            hold_tables(connection)
        except BusyError as busy:
            codes.append(busy.__cause__.orig.sqlstate)
            raise

    monkeypatch.setattr(schema, "hold_tables", hold)
    return codes


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_an_old_transaction_that_wants_what_it_holds_gets_it(before, tried):
    """Two tables in the other order: it lets go before the two could wait for each other."""
    began, done = threading.Event(), []

    def work():
        with before.connect() as connection:
            connection.execute(text("DELETE FROM outbox"))
            began.set()
            connection.execute(text("SELECT pg_sleep(0.3)"))
            connection.execute(text("DELETE FROM inbox"))  # held by the migration meanwhile
            done.append(True)

    working = threading.Thread(target=work)
    working.start()
    assert began.wait(10)
    schema.migrate(before)
    working.join()
    assert (schema.fit(before), done, set(tried)) == (Fit.CURRENT, [True], {"57014"})


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_a_step_may_take_longer_than_the_wait_for_the_tables(before, monkeypatch):
    def slow(config, _head):
        config.attributes["connection"].execute(text("SELECT pg_sleep(1)"))

    monkeypatch.setattr(schema.command, "upgrade", slow)
    schema.migrate(before)


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_a_table_that_is_not_ours_is_left_alone(before, tried):
    with before.connect() as connection:
        connection.execute(text('CREATE TABLE "somebody""s" (id int)'))
    with before.engine.connect() as other, other.begin():
        other.execute(text('LOCK TABLE "somebody""s" IN ACCESS EXCLUSIVE MODE'))
        schema.migrate(before)
    assert (schema.fit(before), tried) == (Fit.CURRENT, [])


def test_with_nothing_to_do_nobody_is_waited_for(before, monkeypatch):
    schema.migrate(before)
    monkeypatch.setattr(schema, "PATIENCE", 0.0)
    with before.connect() as connection:
        connection.execute(text("DELETE FROM inbox"))
        schema.migrate(before)
    assert schema.fit(before) is Fit.CURRENT
