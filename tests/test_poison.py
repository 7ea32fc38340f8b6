"""What fails again and again is set aside with a kind word, and holds up nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot import occurrences
from bot.turn import Occurrence
from models import crypto, inbox
from models.inbox import Door, EventState, InboxEvent
from models.outbox import OutboxRow, RowState
from models.person import Person
from tests import probe
from tests.letters import Letters
from tests.posting import Outbox, after

SORRY = {
    "ja": "ごめんなさい、こちらの不具合で今の内容を処理できませんでした。"
    "少し待ってから、もう一度送ってください。",
    "en": "Sorry, something went wrong on our side. Please wait a little and send it again.",
}


@pytest.fixture
def letters(probed):
    return Letters(probed)


@pytest.fixture
def ryo(probed):
    return probed.person("山田 亮")


@pytest.fixture
def emma(probed):
    return probed.person("Emma Clarke")


def retry(world):
    """Let the waits between attempts pass."""
    for _ in range(inbox.MAX_ATTEMPTS):
        after(world, seconds=10)
        world.settle()


@pytest.mark.parametrize(("name", "language"), [("山田 亮", "ja"), ("Emma Clarke", "en")])
def test_the_third_failure_is_apologised_for(probed, letters, name, language):
    one = probed.person(name)
    assert one.says("break") == []
    retry(probed)
    assert one.hears() == [SORRY[language]]
    (row,) = letters.rows()
    assert (row.state, row.attempts) == (EventState.DEAD, 3)
    assert "ValueError: as ordered" in row.fault


def test_nothing_is_written_by_a_failing_handler(probed, ryo, monkeypatch):
    monkeypatch.setitem(probe.FAILS, "times", 2)
    assert ryo.says("break") == []
    retry(probed)
    assert ryo.hears() == ["ようこそ。"]  # the third attempt succeeded: no word of the others


def test_nobody_else_waits(probed, letters, ryo, emma):
    poison = [letters.text(ryo.id, "break") for _ in range(3)]
    good = [letters.text(emma.id, f"note {n}") for n in range(1, 6)]
    letters.post(poison[0], *good, *poison[1:])
    probed.settle()
    assert [f"{n} ml noted." for n in range(1, 6)] == emma.hears()


def test_the_next_in_the_same_chat_waits_for_seconds_only(probed, letters, ryo):
    letters.post(letters.text(ryo.id, "break"), letters.text(ryo.id, "note 50"))
    probed.settle()
    retry(probed)
    assert ryo.hears() == [SORRY["ja"], "50 ml、書きました。"]


def test_an_apology_that_fails_too_still_lets_the_others_on(probed, letters, ryo, monkeypatch):
    def broken(*_):
        raise RuntimeError("not even sorry")

    monkeypatch.setattr("bot.conversation.Conversation.apology", broken)
    letters.post(letters.text(ryo.id, "break"), letters.text(ryo.id, "note 50"))
    probed.settle()
    retry(probed)
    assert letters.states() == [EventState.DEAD, EventState.DONE]
    assert ryo.hears() == ["50 ml、書きました。"]


def spoil(world, table, column):
    """Let a row be sealed with a key that is not ours."""
    foreign = crypto.Keyring(b"x" * crypto.KEY_BYTES).seal(b"{}", f"{table}.{column}")
    with world.database.write() as db:
        db.execute(text(f"UPDATE {table} SET {column} = :spoilt"), {"spoilt": foreign})


def test_an_event_that_cannot_be_opened_holds_up_nobody(probed, letters, ryo, emma):
    letters.post(letters.text(ryo.id, "note 50"))
    spoil(probed, "inbox", "body")
    letters.post(letters.text(emma.id, "note 60"))
    probed.settle()
    retry(probed)
    assert emma.hears() == ["60 ml noted."]
    with probed.database.read() as db:
        states = list(db.scalars(select(InboxEvent.state).order_by(InboxEvent.id)))
    assert states == [EventState.DEAD, EventState.DONE]


def test_a_message_that_cannot_be_opened_holds_up_nobody(probed, ryo, emma):
    post = Outbox(probed)
    bad = post.post(ryo.id, "first")
    spoil(probed, "outbox", "messages")
    good = post.post(emma.id, "second")
    probed.settle()
    with probed.database.read() as db:
        states = dict(db.execute(select(OutboxRow.id, OutboxRow.state)).all())
    assert states == {bad.key: RowState.DEAD, good.key: RowState.ACCEPTED}


def test_a_group_hears_no_apology(probed, letters, ryo):
    group = probed.group("S4")
    letters.post(letters.text(ryo.id, "tasuki break", group))
    probed.settle()
    retry(probed)
    assert letters.states() == [EventState.DEAD]
    assert ryo.in_group("S4").hears() == []


def due(world, people):
    now = world.clock.now()
    occurrence = Occurrence("probe.due", 7, 0, now, now + timedelta(hours=1), people=tuple(people))
    rows = [occurrences.row(page) for page in occurrences.pages(occurrence)]
    with world.database.connect() as connection:
        inbox.record(connection, rows, now)
    return rows


def pushed(world):
    taken = [e.to for e in world.sim.ledger.entries if e.accepted and e.to]
    return [one for to in taken for one in (to if isinstance(to, list) else [to])]


def test_one_odd_profile_in_a_page_spoils_nobody(probed):
    with probed.database.write() as db:
        ids = probe.crowd(db, 200, probed.clock.now())
        odd = db.get(Person, ids[77])
        odd.name = "Odd"
        db.add(odd)
        lines = {row.line_id for row in db.scalars(select(Person).where(Person.id.in_(ids)))}
    for line in lines:
        probed.sim.add_user(line, "Any")
    assert len(due(probed, ids)) == 1
    probed.settle()
    retry(probed)
    assert sorted(pushed(probed)) == sorted(lines - {odd.line_id})
    with probed.database.read() as db:
        clock = select(InboxEvent.state, InboxEvent.body).where(InboxEvent.door == Door.CLOCK)
        states = {tuple(body["people"]): state for state, body in db.execute(clock)}
    assert states[tuple(ids)] == EventState.DONE
    assert states[(odd.key,)] == EventState.DEAD


def test_a_crowd_is_told_in_pages(probed):
    with probed.database.write() as db:
        ids = probe.crowd(db, 450, probed.clock.now())
    rows = due(probed, ids)
    assert [len(row["body"]["people"]) for row in rows] == [200, 200, 50]
    assert len({row["key"] for row in rows}) == 3
    with probed.database.connect() as connection:
        assert inbox.record(connection, rows, probed.clock.now()) == 0  # once, whoever asks
