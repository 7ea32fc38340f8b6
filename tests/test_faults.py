"""A failure's log line names the kind and the place, and quotes nothing a person said."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.faults import seen_in
from bot.worker import Worker
from models.person import Person
from tests.posting import after

CANARY = "U" + "c0ffee" * 5 + "aa"


def collide(database):
    """Enter the same person twice."""
    for _ in range(2):
        with database.write() as db:
            values = {"line": CANARY, "at": "2026-11-23"}
            insert = (
                "INSERT INTO person (line_id, language, language_chosen, reachable, reachable_at,"
                " created_at) VALUES (:line, 'ja', false, true, :at, :at)"
            )
            db.execute(text(insert), values)


def test_a_fault_is_a_kind_and_a_place(database):
    with pytest.raises(SQLAlchemyError) as caught:
        collide(database)
    said = seen_in(caught.value)
    assert said["fault"] == "IntegrityError"
    assert ".py:" in said["at"]
    assert CANARY not in str(said)
    assert f"{{'line': '{CANARY}'" not in str(caught.value)  # the driver's parameters are hidden


def test_a_loop_that_fails_does_not_quote_the_row(database, capfd):
    worker = Worker(database, None, None, None)
    worker._stop.set()  # no wait after the failure
    assert worker._guarded("engine", lambda: collide(database)) is False
    said = "".join(capfd.readouterr())
    assert "IntegrityError" in said
    assert CANARY not in said


def test_a_reminder_that_fails_does_not_quote_the_person(probed, capfd, monkeypatch):
    from tests import probe, test_poison

    with probed.database.write() as db:
        ids = probe.crowd(db, 2, probed.clock.now())

    def odd(turn, _occurrence):
        turn.db.add(Person(line_id=turn.person.line_id, created_at=turn.now, reachable_at=turn.now))
        turn.db.flush()

    monkeypatch.setitem(probe.on.clocks, "probe.due", odd)
    test_poison.due(probed, ids)
    probed.settle()
    after(probed, seconds=10)
    probed.settle()
    said = "".join(capfd.readouterr())
    assert "clock.failed" in said
    assert "U0000" not in said
    assert "INSERT" not in said
