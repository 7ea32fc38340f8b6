"""A token of a confirmation: once, soon, by this person, in this chat, for this deed; or never."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import confirm
from models.confirm import Confirm as Token
from tests.world import START

ME, US, DEED = "U1", "C1", "erase"


@pytest.mark.parametrize(
    ("who", "chat", "deed", "later", "good"),
    [
        (ME, ME, DEED, timedelta(0), True),
        (ME, ME, DEED, timedelta(hours=47), True),
        ("U2", ME, DEED, timedelta(0), False),
        (ME, US, DEED, timedelta(0), False),
        ("U2", "U2", DEED, timedelta(0), False),
        (ME, ME, "send", timedelta(0), False),
        (ME, ME, DEED, timedelta(days=2, seconds=1), False),
    ],
)
def test_a_token_is_good_once_for_one_person_in_one_chat_for_one_deed(
    database, who, chat, deed, later, good
):
    with database.write() as db:
        token = confirm.issue(db, ME, ME, DEED, START)
    with database.write() as db:
        assert confirm.redeem(db, token, who, chat, deed, START + later) is good
        assert confirm.redeem(db, token, who, chat, deed, START + later) is False
        kept = [row.hash for row in db.scalars(select(Token))]
    assert all(token not in one for one in kept)
    with database.write() as db:
        assert not any(confirm.redeem(db, one, ME, ME, DEED, START) for one in kept)
