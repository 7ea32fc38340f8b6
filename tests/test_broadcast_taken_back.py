"""A broadcast whose text, photo or place its writer takes back, at any moment on its way."""

from __future__ import annotations

from sqlmodel import select

from models import message
from models.broadcast import BroadcastPiece
from models.outbox import Priority, RowState
from tests.broadcasting import RAIN, SEND, drafts, heard_in_groups, newest
from tests.posting import Outbox
from tests.test_photos import picture


def last_said(actor):
    """Return the id of the newest message somebody wrote."""
    bubbles = actor.world.sim.chats.shown(actor.chat, 0)
    shown = [b if isinstance(b, dict) else b.as_json() for b in bubbles]
    return [b["id"] for b in shown if b["from"] == actor.id][-1]


def takes_back(actor, message_id):
    """Unsend a message."""
    actor._does(lambda: actor.world.phones.unsend(message_id))


def test_a_message_taken_back_takes_the_draft_with_it(world, coach):
    drafts(coach)
    words = last_said(coach)
    takes_back(coach, words)
    assert coach.taps(SEND)[0].startswith(
        "元のメッセージが取り消されたので、この下書きも取り消しました。"
    )
    assert coach.says("配信")[0].startswith("みなさんに届ける文章か")
    with world.database.read() as db:
        assert not db.exec(select(BroadcastPiece)).all()


def test_a_message_taken_back_within_the_minute_stops_it(world, coach, aiko, clock):
    coach.says("配信")
    coach.says(RAIN)
    words = last_said(coach)
    coach.taps("クラスのグループ(7人)")
    coach.taps(SEND)
    takes_back(coach, words)
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert "元のメッセージが取り消されたので、この配信は送りません。" in coach.hears()


def test_a_photo_taken_back_stops_the_text_beside_it(world, coach, aiko, clock):
    coach.says("配信")
    coach.shows(picture())
    photo = last_said(coach)
    coach.taps("クラスのグループ(7人)")
    coach.taps("内容を直す")
    coach.says(RAIN)
    coach.taps(SEND)
    takes_back(coach, photo)
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_a_place_taken_back_stops_what_still_waits_for_line(world, coach):
    drafts(coach)
    coach.taps("内容を直す")
    coach.sends({"type": "location", "title": "夢の島", "latitude": 35.65, "longitude": 139.82})
    rows = [
        Outbox(world).post(coach.id, text, Priority.BROADCAST, subject=subject)
        for text, subject in (("letter", newest(world).subject), ("another's", "broadcast:999"))
    ]
    with world.database.write() as db:
        message.take_back(db, last_said(coach), world.clock.now())
    assert [row.row.state for row in rows] == [RowState.CANCELLED, RowState.PENDING]
