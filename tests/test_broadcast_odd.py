"""A broadcast and everything that comes between: taken back, too long, too dear, too late."""

from __future__ import annotations

import pytest
from sqlmodel import select

from models import quota
from models.broadcast import Broadcast, BroadcastPiece, State
from models.broadcast_lists import tidy
from models.quota import Plan
from tests.broadcasting import (
    RAIN,
    SEND,
    SHOWN,
    drafts,
    heard_in_groups,
    newest,
)
from tests.test_photos import picture


@pytest.mark.parametrize(
    ("text", "ok"), [("あ" * 4980, True), ("🍙" * 2495, False), ("あ" * 5001, False)]
)
def test_more_than_line_takes_is_said_plainly_and_the_question_stays(coach, text, ok):
    coach.says("配信")
    said = coach.says(text)[0]
    assert (said == "だれに届けますか?") is ok
    if not ok:
        assert said.startswith("文章が長すぎます。LINEで1通に入るのは4,9")
        assert coach.says(RAIN) == ["だれに届けますか?"]


def test_a_sticker_is_no_broadcast_and_the_question_stays(coach):
    coach.says("配信")
    coach.sends({"type": "sticker"})
    assert coach.says(RAIN) == ["だれに届けますか?"]


def test_a_photo_of_twenty_megabytes_is_refused_and_the_question_stays(coach):
    coach.says("配信")
    assert coach.shows(picture() + bytes(20 * 1024 * 1024))[0].startswith("写真が大きすぎます")
    assert coach.says(RAIN) == ["だれに届けますか?"]


def test_cancel_midway_and_another_word_midway(coach):
    coach.says("配信")
    assert coach.says("やめる")[0].startswith("はい、ここまでにしますね。")
    coach.says("配信")
    assert coach.says("名簿") != ["だれに届けますか?"]
    assert coach.says("配信")[0].startswith("みなさんに届ける文章か")


def test_a_group_that_put_us_out_after_the_preview_is_said_so(world, coach, aiko, clock):
    drafts(coach)
    world.rooms.kick(world.group("S4"))
    world.settle()
    said = coach.taps(SEND)
    assert said[0].startswith(
        "サブ4クラス グループには送れません。たすきがグループから外れています。"
    )
    assert said[1].startswith("まだ何も送っていません。")
    assert newest(world).state == State.DRAFT


def test_a_group_that_put_us_out_within_the_minute_is_said_so(world, coach, aiko, clock):
    drafts(coach)
    coach.taps(SEND)
    world.rooms.kick(world.group("S4"))
    clock.passes(minutes=1)
    assert any(said.startswith("サブ4クラス グループには送れません。") for said in coach.hears())
    assert newest(world).state == State.DRAFT


def test_what_line_refused_is_reported_without_being_asked(world, coach, clock):
    clock.passes(seconds=1)
    drafts(coach)
    coach.taps(SEND)
    world.sim.faults.add(path="push", status=400, body={"message": "Failed to send messages"})
    clock.passes(minutes=1)
    clock.passes(minutes=11)
    said = "\n".join(coach.hears())
    assert "先ほどの配信に、届けられなかったものがあります。" in said
    assert "届けられなかった: 1件" in said


def test_what_would_spend_the_reserve_is_refused_with_the_numbers(world, coach, aiko, clock):
    with world.database.write() as db:
        plan = Plan(id=1, most=200, consumed=100, reserve=95, looked_at=clock.now())
        quota.keep(db, plan)
    control = drafts(coach)[1]
    assert "今月の残りは100通、そのうち95通は安全とレース前の連絡用です。" in control
    assert coach.taps(SEND)[0].startswith(
        "いまは送れません。7通が必要ですが、今月の配信に使えるのは5通です"
    )
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_what_the_month_lost_meanwhile_is_refused_at_its_hour(world, coach, aiko, clock):
    drafts(coach)
    coach.taps(SEND)
    with world.database.write() as db:  # somebody sent from LINE's own console
        plan = Plan(id=1, most=200, consumed=100, reserve=94, looked_at=clock.now())
        quota.keep(db, plan)
    clock.passes(minutes=1)
    assert heard_in_groups(world, aiko) == []
    refused, left = coach.hears()[-2:]
    assert refused.startswith("いまは送れません。7通が必要ですが、")
    assert left == "まだ何も送っていません。"
    assert newest(world).state == State.DRAFT


def test_after_an_outage_of_hours_it_is_not_sent_late(world, coach, aiko, clock):
    drafts(coach)
    coach.taps(SEND)
    clock.at = clock.at.replace(hour=clock.at.hour + 2)
    clock.passes(minutes=1)
    assert heard_in_groups(world, aiko) == []
    assert any("時間どおりに送れませんでした" in said for said in coach.hears())


def test_a_draft_waits_some_days_and_is_put_away_after_a_week(world, coach, clock):
    drafts(coach)
    clock.at = clock.at.replace(day=28)
    assert coach.says("配信")[0].startswith("書きかけの配信があります。")
    assert coach.taps("続きから")[0] == SHOWN
    old = coach.button("続きから")
    clock.at = clock.at.replace(month=12, day=6)
    assert coach.acts(old)[0].startswith("この下書きは片づけました。「配信」と送ると")
    assert coach.says("配信")[0].startswith("みなさんに届ける文章か")


def test_housekeeping_forgets_what_nobody_needs(world, coach, clock):
    drafts(coach)
    coach.taps(SEND)
    clock.passes(minutes=1)
    drafts(coach, text="下書き")
    with world.database.write() as db:
        tidy(db, clock.now().replace(month=12, day=15))
        rows = db.exec(select(Broadcast)).all()
        assert [row.state for row in rows] == [State.SENT]
        assert not db.exec(select(BroadcastPiece)).all()


def test_a_change_of_language_midway(coach, aiko, clock):
    coach.says("配信")
    coach.says("English")
    coach.says("broadcast")
    coach.says(RAIN)
    shown, control = coach.taps("The class group (7)")
    assert shown == SHOWN  # the group's language is still Japanese
    assert "To: Sub-4 class: group" in control
    coach.says("日本語")
    assert coach.taps("Send to Sub-4 class (7)")[0].startswith("1分後に送ります。")


def test_without_an_address_of_our_own_a_photo_is_said_to_be_impossible(world, coach, monkeypatch):
    monkeypatch.setattr(type(world.engine._turns), "public_url", "")
    object.__setattr__(world.engine._turns, "public_url", "")
    coach.says("配信")
    assert coach.shows(picture())[0].startswith("写真を届ける設定(TASUKI_PUBLIC_URL)がまだ")
    assert coach.says(RAIN) == ["だれに届けますか?"]
