"""配信の結果: what LINE took, who is out of reach, and who tapped that they read it."""

from __future__ import annotations

from bot.broadcast_letter import Read
from bot.buttons import pack
from tests.broadcasting import (
    RAIN,
    drafts,
    newest,
)


def asks_and_sends(coach, clock, whom="メンバー全員に1対1で(5人)", many=5):
    """Broadcast with a button to tap."""
    drafts(coach, whom=whom)
    coach.taps("「読みました」ボタンを付ける")
    coach.taps(f"サブ4クラスの{many}人に送る")
    clock.passes(minutes=1)


def test_the_report_counts_what_arrived_and_who_tapped(coach, aiko, ryo, clock):
    ryo.blocks()
    asks_and_sends(coach, clock, "メンバー全員に1対1で(4人)", 4)
    assert aiko.hears()[-1].startswith("読んだら、下のボタンを押してください。")
    tap = aiko.button("読みました")
    assert aiko.acts(tap) == aiko.acts(tap) == ["ありがとうございます。"]
    (said,) = coach.says("配信の結果")
    assert said.splitlines()[:6] == [
        "11月23日(月) 09:01の配信",
        "届け先: サブ4クラス メンバー全員(1対1)",
        "人数: 4人",
        "LINEが受け付けた: 4件",
        "ブロックかお休みで届かない: 1件",
        "「読みました」: 1人",
    ]
    assert RAIN in said


def test_in_a_group_taps_are_counted_in_silence(world, coach, aiko, ryo, hikari, clock):
    asks_and_sends(coach, clock, "クラスのグループ(7人)", 7)
    group = aiko.in_group("S4")
    before = group.hears()
    tap = group.button("読みました")
    assert "displayText" not in tap
    for one in (aiko, ryo, aiko):
        assert one.in_group("S4").acts(tap) == []
    world.phones.tap(world.group("S4"), aiko.id, tap["data"], anonymous=True)
    world.settle()
    assert group.hears() == before
    assert "「読みました」: 2人" in coach.says("配信の結果")[0]


def test_taps_from_elsewhere_do_not_count(world, coach, aiko, hikari, clock):
    asks_and_sends(coach, clock)
    tap = aiko.button("読みました")
    world.person("佐藤 美咲").acts(tap)
    hikari.follows()
    hikari.acts(tap)
    for odd in (0, -1, 999):
        assert aiko.sends_data(pack(Read(odd))) == ["この配信はもう受け付けていません。"]
    assert "「読みました」: 0人" in coach.says("配信の結果")[0]


def test_a_draft_cannot_be_read(world, coach, aiko):
    drafts(coach)
    coach.taps("「読みました」ボタンを付ける")
    assert aiko.sends_data(pack(Read(newest(world).key)))[0] == "この配信はもう受け付けていません。"


def test_only_ones_own_classes_are_reported(world, coach, support, office, clock):
    asks_and_sends(coach, clock)
    stranger = world.person("Daniel Okafor")
    assert stranger.says("配信の結果") == ["この30日間に送った配信はありません。"]
    for one in (support, office):
        assert one.says("配信結果")[0].startswith("11月23日(月) 09:01の配信")


def test_in_english(coach, clock):
    coach.says("English")
    asks_and_sends_in_english(coach, clock)
    (said,) = coach.says("broadcast report")
    assert said.splitlines()[:4] == [
        "Broadcast of Mon 23 Nov, 09:01",
        "To: Sub-4 class: every member, 1:1",
        "People: 5",
        "Accepted by LINE: 5",
    ]
    assert coach.says("scheduled broadcasts") == ["No broadcast is waiting to go out."]


def asks_and_sends_in_english(coach, clock):
    """The same in English."""
    coach.says("broadcast")
    coach.says(RAIN)
    coach.taps("Every member, 1:1 (5)")
    coach.taps("Send to Sub-4 class (5)")
    clock.passes(minutes=1)


def test_a_member_sees_none_of_it(aiko):
    for word in ("配信", "配信予定", "配信の結果"):
        assert aiko.says(word)[0].startswith("この操作は、担当のコーチか事務局の方だけが")
