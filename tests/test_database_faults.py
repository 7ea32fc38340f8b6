"""The database is locked, full, killed: webhooks are told so in time, and nothing is lost."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from statistics import median

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests import postgres
from tests.cluster import Cluster
from tests.installation import Installation
from tests.processes import migrated

IN_TIME = 2.0  # seconds: LINE waits no longer


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory):
    """Real processes on SQLite."""
    url = migrated(f"sqlite:///{tmp_path_factory.mktemp('faults') / 'tasuki.db'}")
    made = Installation(url)
    yield made
    made.close()


@pytest.fixture(scope="module")
def cluster():
    """A PostgreSQL of our own, that can be killed."""
    made = Cluster()
    yield made
    made.close()


@pytest.fixture(scope="module")
def on_postgres(cluster):
    """Real processes on it."""
    made = Installation(migrated(cluster.url))
    yield made
    made.close()


def posts(installation, seconds, lanes=2):
    """Post from several connections for a while; return the events and what each was answered."""
    heard, until = [], time.monotonic() + seconds

    def talk():
        while time.monotonic() < until:
            event = installation.event()
            heard.append((event, *installation.post(event)))
            time.sleep(0.1)

    talking = [threading.Thread(target=talk) for _ in range(lanes)]
    for lane in talking:
        lane.start()
    for lane in talking:
        lane.join()
    return heard


def refused(heard):
    return [event for event, status, _ in heard if status != 200]


def told_in_time(heard):
    """Whether all were answered, and mostly in time: a busy machine may stand still."""
    taken = median(taken for *_, taken in heard)
    return all(status in {200, 503} for _, status, _ in heard) and taken < IN_TIME


@pytest.mark.parametrize("seconds", [1, 10])
def test_a_locked_sqlite_is_said_in_time_and_nothing_is_lost(on_sqlite, seconds):
    with closing(sqlite3.connect(on_sqlite.database.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # a program that does not queue with ours
        heard = posts(on_sqlite, seconds)
        alive, taken = zip(*(on_sqlite.livez() for _ in range(3)), strict=True)
    assert (set(alive), median(taken) < IN_TIME) == ({503}, True)
    assert told_in_time(heard), [one[1:] for one in heard]
    assert refused(heard)
    on_sqlite.redeliver([event for event, *_ in heard])
    assert on_sqlite.answers_once([event for event, *_ in heard])


def test_a_full_disk_is_said_and_what_came_meanwhile_is_taken_later(on_sqlite):
    with on_sqlite.disk_full():
        heard = posts(on_sqlite, 2)
        assert on_sqlite.livez()[0] == 503
    assert [status for _, status, _ in heard] == [503] * len(heard)
    assert told_in_time(heard)
    on_sqlite.redeliver(refused(heard))
    assert on_sqlite.answers_once([event for event, *_ in heard])


def test_postgresql_killed_and_started_again_loses_nothing(on_postgres, cluster):
    before = [on_postgres.event() for _ in range(3)]
    assert [on_postgres.post(event)[0] for event in before] == [200] * 3
    cluster.kill()
    heard = posts(on_postgres, 2)
    assert on_postgres.livez()[0] == 503
    assert [status for _, status, _ in heard] == [503] * len(heard)
    assert told_in_time(heard)
    cluster.start()
    on_postgres.redeliver(refused(heard))
    assert on_postgres.answers_once([*before, *(event for event, *_ in heard)])


def test_connections_ended_in_mid_transaction_lose_and_double_nothing(on_postgres, cluster):
    stop = threading.Event()
    ends = threading.Thread(target=end_connections, args=(cluster.url, stop))
    ends.start()
    heard = posts(on_postgres, 3, lanes=3)
    stop.set()
    ends.join()
    assert told_in_time(heard)
    on_postgres.redeliver(refused(heard))
    assert on_postgres.answers_once([event for event, *_ in heard])


def end_connections(url, stop):
    """End every other connection that is in a transaction, again and again."""
    found = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    busy = " AND datname = current_database() AND state <> 'idle'"
    with psycopg.connect(postgres.libpq_url(make_url(url)), autocommit=True) as admin:
        while not stop.wait(0.05):
            admin.execute(found + busy)


def test_a_held_table_is_said_in_time_on_postgresql(on_postgres, cluster):
    with psycopg.connect(postgres.libpq_url(make_url(cluster.url))) as other:
        other.execute("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
        heard = posts(on_postgres, 2)
    assert refused(heard)
    assert told_in_time(heard), [one[1:] for one in heard]
    on_postgres.redeliver(refused(heard))
    assert on_postgres.answers_once([event for event, *_ in heard])
