"""What monitors may ask: alive, healthy with reasons, and numbers for those who may read them."""

from __future__ import annotations

import fcntl
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.parts import build_web
from models import heartbeat

LOOPS = ("engine", "delivery", "planner")


@pytest.fixture
def web(world, monkeypatch):
    """The web application's test client; the database's clock is right."""
    monkeypatch.setattr(heartbeat, "database_clock", lambda _db: world.clock.now())
    return build_web(world.parts).test_client()


def beats(world, *loops):
    with world.database.write() as db:
        for loop in loops:
            heartbeat.beat(db, loop, world.clock.now())


def test_health_is_good_while_every_loop_beats(web, world):
    beats(world, *LOOPS)
    world.clock.at += timedelta(seconds=60)
    answer = web.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"ok": True, "faults": []})


def test_a_loop_never_seen_and_a_stale_one_are_named(web, world):
    beats(world, "engine", "delivery")
    world.clock.at += timedelta(seconds=61)
    beats(world, "engine")
    answer = web.get("/healthz")
    assert answer.status_code == 503
    assert answer.json == {
        "ok": False,
        "faults": [
            "delivery: no heartbeat since 00:00:00 UTC",
            "planner: never seen; is a worker running?",
        ],
    }


@pytest.mark.parametrize("seconds", [-6, 6])
def test_a_clock_that_differs_from_the_databases_is_named(web, world, monkeypatch, seconds):
    theirs = world.clock.now() - timedelta(seconds=seconds)
    monkeypatch.setattr(heartbeat, "database_clock", lambda _db: theirs)
    beats(world, *LOOPS)
    assert web.get("/healthz").json["faults"] == [
        f"the clock of this host differs from that of the database by {seconds} s"
    ]


def test_a_workers_clock_that_differs_from_lines_is_named_while_the_worker_lives(web, world):
    beats(world, *LOOPS)
    note(world, "inn", {"the database": 0.4, "LINE": 5.1})
    note(world, "out", {"the database": -7.0, "LINE": 4.9})
    assert web.get("/healthz").json["faults"] == [
        "the clock of inn differs from that of LINE by 5 s",
        "the clock of out differs from that of the database by -7 s",
    ]
    world.clock.at += timedelta(minutes=3)  # those workers are gone
    beats(world, *LOOPS)
    assert web.get("/healthz").status_code == 200


def test_the_clocks_of_hosts_long_gone_are_forgotten(world):
    note(world, "gone", {"LINE": 9.0})
    world.clock.at += timedelta(days=1, seconds=1)
    note(world, "here", {"LINE": 0.0})
    with world.database.read() as db:
        kept = db.connection().exec_driver_sql("SELECT name FROM heartbeat").scalars().all()
    assert kept == ["clock:LINE:here"]


def note(world, host, skews):
    with world.database.write() as db:
        heartbeat.note_clocks(db, host, world.clock.now(), skews)


def test_a_dead_scheduler_is_noticed_within_65_seconds(web, world, record_property):
    """The planner dies at once after a tick; a monitor looks every 5 seconds."""
    beats(world, *LOOPS)
    died = world.clock.at
    while web.get("/healthz").status_code == 200:
        world.clock.at += timedelta(seconds=5)
        beats(world, "engine", "delivery")
    seconds = (world.clock.at - died).total_seconds()
    record_property("summary", f"A dead scheduler is noticed after {seconds:.0f} s.")
    assert 60 < seconds <= 65


def test_a_message_that_waits_too_long_is_named(web, world, aiko):
    world.phones.say(aiko.id, aiko.id, "今週")
    while world.engine.step():
        pass
    world.clock.at += timedelta(seconds=121)
    beats(world, *LOOPS)
    assert web.get("/healthz").json["faults"] == ["the oldest due message waits for 121 s"]
    world.settle()
    assert web.get("/healthz").status_code == 200


def test_a_database_gone_is_unhealthy_and_not_a_crash(web, world, monkeypatch):
    def gone(*_):
        from sqlalchemy.exc import OperationalError

        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(type(world.database), "read", gone)
    answer = web.get("/healthz")
    assert answer.status_code == 503
    assert answer.json["faults"] == ["the database does not answer (OperationalError)"]


def test_alive_means_that_intake_can_commit(web):
    answer = web.get("/livez")
    assert (answer.status_code, answer.text) == (200, "ok\n")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # the file's one write lock
def test_a_locked_database_is_not_alive_and_says_so_in_time(web, world):
    with Path(f"{world.database.url.database}.write-lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = web.get("/livez")
    assert (answer.status_code, answer.text) == (503, "the database cannot commit\n")


def test_numbers_are_for_this_machine_without_a_proxy(web):
    answer = web.get("/metrics")
    assert answer.status_code == 200
    assert "tasuki_outbox_due 0.0" in answer.text
    assert web.get("/metrics", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200
    assert web.get("/metrics", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 403
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert web.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403, header


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 403),
        ({"Authorization": "Bearer wrong"}, 403),
        ({"Authorization": "Bearer ひみつ"}, 403),
        ({"Authorization": "a-token"}, 403),
        ({"Authorization": "Bearer a-token"}, 200),
        ({"Authorization": "Bearer a-token", "X-Forwarded-For": "192.0.2.7"}, 200),
    ],
)
def test_with_a_token_it_alone_opens_the_numbers(world, given, status):
    settings = replace(world.parts.settings, metrics_token="a-token")
    web = build_web(replace(world.parts, settings=settings)).test_client()
    assert web.get("/metrics", headers=given).status_code == status


def test_numbers_carry_no_person(web, world, aiko):
    aiko.says("今週")
    text = web.get("/metrics").text
    assert 'tasuki_webhooks_total{status="200"}' in text
    assert aiko.id not in text and "愛子" not in text
