"""My data in odd circumstances."""

from __future__ import annotations

from sqlalchemy import text

from models import crypto
from tests.test_my_data import page_of


def test_what_another_wrote_is_not_even_opened(world, aiko, ryo):
    for actor in (aiko, ryo):
        actor.says("カナリアです")
    foreign = crypto.Keyring(b"x" * crypto.KEY_BYTES).seal(b"{}", "inbox.body")
    with world.database.write() as db:
        theirs = text("UPDATE inbox SET body = :foreign WHERE chat = :chat")
        db.execute(theirs, {"foreign": foreign, "chat": ryo.id})
    aiko.says("マイデータ")
    aiko.taps("ファイルを作る")
    assert "カナリア" in page_of(aiko)
