"""Encryption at rest: what was sealed can be opened in its place only, and never read beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import select

from models.crypto import Keyring, Sealed, keyed_hash
from models.inbox import Door, InboxEvent

KEY, OTHER = Keyring(b"k" * 32), Keyring(b"o" * 32)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.binary(max_size=500), st.text(max_size=20))
def test_what_is_sealed_can_be_opened(plain, label):
    sealed = KEY.seal(plain, label)
    assert KEY.open(sealed, label) == plain
    assert len(plain) < 8 or plain not in sealed
    assert KEY.seal(plain, label) != sealed  # two of the same do not look the same


def test_only_in_its_place_with_its_key_and_unharmed():
    sealed = KEY.seal(b"62.5", "body_weight.kg")
    harmed = bytearray(sealed)
    harmed[-1] ^= 1
    for keyring, box, label in (
        (OTHER, sealed, "body_weight.kg"),
        (KEY, sealed, "drink.ml"),
        (KEY, bytes(harmed), "body_weight.kg"),
        (KEY, sealed[:-1], "body_weight.kg"),
        (KEY, b"", "body_weight.kg"),
    ):
        with pytest.raises(ValueError, match=r"not sealed with this data key|Nonce"):
            keyring.open(box, label)


@pytest.mark.parametrize("key", [b"", b"k" * 31, b"k" * 33])
def test_a_key_has_thirty_two_bytes(key):
    with pytest.raises(ValueError, match="not 32"):
        Keyring(key)


@given(JSON)
def test_any_json_goes_into_a_sealed_column_and_back(value):
    column = Sealed("test.value")
    bound = column.process_bind_param(value, None)
    assert column.process_result_value(bound, None) == value


def test_hashes_need_the_key():
    assert KEY.hash("U1") == KEY.hash("U1") != OTHER.hash("U1")
    assert keyed_hash("U1") != KEY.hash("U1")
    assert "U1" not in KEY.hash("U1")


def test_a_column_says_nothing_to_whoever_reads_the_table(database, world):
    now = world.clock.now()
    canary = {"message": {"text": "膝が痛い canary"}}
    with database.write() as db:
        row = InboxEvent(key="k", door=Door.LINE, chat="c", happened_at=now, recorded_at=now)
        row.body = canary
        db.add(row)
    with database.read() as db:
        raw = db.execute(text("SELECT body FROM inbox WHERE key = 'k'")).scalar()
        assert b"canary" not in bytes(raw)
        assert db.exec(select(InboxEvent).where(InboxEvent.key == "k")).one().body == canary
