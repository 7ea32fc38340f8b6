"""Taking back and editing: whatever order LINE tells it in, what was taken back is gone."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import select

from models.dialog import Dialog
from models.health import Drink
from models.inbox import EventState
from models.outbox import OutboxRow, RowState
from tests.letters import Letters

CANARY = "note 417 canary"


@pytest.fixture
def letters(probed):
    return Letters(probed)


@pytest.fixture
def ryo(probed):
    return probed.person("山田 亮")


def count(world, table):
    with world.database.read() as db:
        return db.scalar(select(func.count()).select_from(table))


def drunk(world):
    with world.database.read() as db:
        return sorted(db.scalars(select(Drink.ml)))


def unsend(letters, event, chat=""):
    user, id_ = event["source"].get("userId"), event["message"]["id"]
    return letters.event("unsend", user, chat, unsend={"messageId": id_})


def test_what_was_taken_back_is_gone_with_all_that_came_of_it(probed, letters, ryo):
    note = letters.text(ryo.id, "note 417")
    letters.post(note)
    probed.settle()
    assert drunk(probed) == [417]
    letters.post(unsend(letters, note))
    probed.settle()
    assert drunk(probed) == []
    assert letters.rows()[0].body is None


def test_an_answer_not_yet_sent_is_not_sent(probed, letters, ryo):
    note = letters.text(ryo.id, "note 417")
    letters.post(note, unsend(letters, note))
    assert probed.engine.step()
    assert count(probed, OutboxRow) == 1
    probed.settle()
    assert ryo.hears() == []
    with probed.database.read() as db:
        row = db.scalars(select(OutboxRow)).one()
    assert (row.state, row.messages, row.reply_token) == (RowState.CANCELLED, None, None)


def test_taking_back_may_come_first(probed, letters, ryo):
    note = letters.text(ryo.id, "note 417")
    letters.post(unsend(letters, note))
    probed.settle()
    letters.post(note)
    probed.settle()
    assert (drunk(probed), ryo.hears()) == ([], [])
    assert letters.states() == [EventState.DONE, EventState.IGNORED]
    assert letters.rows()[1].body is None


def test_an_open_question_closes(probed, letters, ryo):
    asked = letters.text(ryo.id, "ask me")
    letters.post(asked)
    probed.settle()
    assert count(probed, Dialog) == 1
    letters.post(unsend(letters, asked))
    probed.settle()
    assert count(probed, Dialog) == 0


def test_taking_back_is_obeyed_however_late_and_on_standby(probed, letters, ryo):
    note = letters.text(ryo.id, "note 417")
    letters.post(note)
    probed.settle()
    old = {"timestamp": note["timestamp"] - 5 * 86_400_000, "mode": "standby"}
    letters.post(unsend(letters, note) | old)
    probed.settle()
    assert drunk(probed) == []


def test_nothing_readable_is_left_in_the_files(probed, letters, ryo, tmp_path):
    note = letters.text(ryo.id, CANARY)
    letters.post(note)
    probed.settle()
    if probed.database.is_sqlite:  # bodies are sealed: not even before it is taken back
        files = [path.read_bytes() for path in Path(tmp_path).glob("tasuki.db*")]
        assert len(files) >= 2
        assert not any(b"canary" in data or b"417" + b" ml" in data for data in files)
    letters.post(unsend(letters, note))
    probed.settle()
    assert letters.rows()[0].body is None


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_the_newest_wording_counts_in_any_order(probed, letters, ryo, order):
    group = probed.group("S4")
    first = letters.text(ryo.id, "tasuki note 100", group)
    second = letters.edited(first, "tasuki note 200", 1000, group)
    third = letters.edited(first, "tasuki note 300", 2000, group)
    for position in order:
        letters.post((first, second, third)[position])
        probed.settle()
    assert drunk(probed) == [300]


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_taken_back_stays_taken_back_whatever_was_edited(probed, letters, ryo, order):
    group = probed.group("S4")
    first = letters.text(ryo.id, "tasuki note 100", group)
    second = letters.edited(first, "tasuki note 200", 1000, group)
    gone = unsend(letters, first, group)
    for position in order:
        letters.post((first, second, gone)[position])
        probed.settle()
    assert drunk(probed) == []
