"""Through the whole corridor: a sentence that asks for no deed leaves everything as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from models.outbox import OutboxRow
from models.policy import POLICY, SHOWING
from models.tables import metadata
from tests.letters import Letters
from tests.test_understanding import SENTENCES

# What answering writes: letters in and out, the open question, which tip was read, how we are, how
# much one sends; and what is begun and still empty (what it holds stands in broadcast_piece and
# weighing_value).
OWN = {"inbox", "outbox", "dialog", "tip_read", "heartbeat", "message_state", "confirm", "channel"}
OWN |= {"allowance"}
BEGUN = {"broadcast", "weighing"}
AT_ONCE = 15  # texts in a letter, and a pause that lets nobody count as flooding
PAUSE = timedelta(minutes=3)


def asks_for_no_deed(said):
    """Say whether a sentence is answered without keeping, sending or deleting anything."""
    wanted = frozenset().union(*said.wanted)
    return said.kind != "does" or wanted <= SHOWING


HARMLESS = [s.text for s in SENTENCES if asks_for_no_deed(s)]


def everything(world):
    """Return the rows of all tables but those that every answer writes."""
    tables = [t for t in metadata.sorted_tables if t.name not in OWN | BEGUN]
    with world.database.read() as db:
        return {
            table.name: sorted(map(repr, db.execute(_columns(table)).all())) for table in tables
        }


def _columns(table):
    """Return what asks for a table as it is stored, but for when somebody was last there."""
    names = ", ".join(f'"{c.name}"' for c in table.columns if c.name != "reachable_at")
    return text(f'SELECT {names} FROM "{table.name}"')


def answers(world):
    with world.database.read() as db:
        return db.scalar(select(func.count()).select_from(OutboxRow))


@pytest.mark.parametrize(
    ("actor", "texts"),
    [("aiko", HARMLESS[::3]), ("coach", HARMLESS[1::6]), ("office", HARMLESS[4::6])],
    ids=["member", "coach", "office"],
)
def test_a_sentence_that_asks_for_no_deed_changes_nothing(world, request, actor, texts):
    one, letters = request.getfixturevalue(actor), Letters(world)
    one.says("お知らせ")  # a preview once shown has its row
    before = everything(world)
    for start in range(0, len(texts), AT_ONCE):
        said = [w for t in texts[start : start + AT_ONCE] for w in (t, "やめる")]
        assert letters.post(*(letters.text(one.id, words) for words in said)) == 200
        while world.engine.step():
            pass
        world.clock.at += PAUSE
        after = everything(world)
        changed = {name for name in before if before[name] != after[name]}
        assert not changed, (changed, texts[start : start + AT_ONCE])
    assert answers(world) > 2 * len(texts)  # each is answered, and "stop" too


def test_there_are_many_such_sentences():
    assert len(HARMLESS) > 400
    assert set(POLICY) > SHOWING
