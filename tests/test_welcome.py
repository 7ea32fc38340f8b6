"""Welcome: coming, going, coming back, and what one can say here."""

from __future__ import annotations

import itertools
from uuid import uuid4

import pytest
from sqlmodel import select

from models import outbox
from models.outbox import RowState

GREETING_JA = (
    "はじめまして、たすきです\n"
    "次の練習のお知らせと出欠、走るコツ、水分のとり方、体の調子やコーチへの相談を、"
    "このトークでお手伝いします。\n"
    "お預かりするのは、LINEの表示名、クラスと目標、出欠や送っていただいた内容です。"
    "体のことは、別に同意をいただいたときだけ、暗号にして預かります。「削除」と送れば、"
    "いつでも全部消せます。\n"
    "スクールに参加している方は「はじめる」からどうぞ。"
)
GREETING_EN = (
    "Hello, I'm Tasuki\n"
    "Your next session and RSVP, running tips, how much to drink, aches and questions to "
    "your coach: all here in this chat.\n"
    "Kept: your LINE name, class and goal, your answers and what you send. Anything about "
    "your body only if you agree separately, and encrypted. Send “delete me” any time to "
    "remove it all.\n"
    "With the school? Tap “Start”."
)


def test_a_stranger_is_greeted_in_their_language(hikari, oliver):
    assert hikari.follows() == [GREETING_JA]
    assert hikari.labels() == ["はじめる", "English"]
    assert oliver.follows() == [GREETING_EN]
    assert oliver.labels() == ["Start", "日本語"]


def test_blocking_stops_sending_at_once_and_nothing_is_lost(world, aiko):
    aiko.says("今週")
    _queue(world, aiko.id)
    aiko.blocks()
    assert not aiko.record().reachable
    assert _states(world, "queued") == [RowState.CANCELLED]
    assert aiko.follows() == ["相川 愛子さん、おかえりなさい。登録も記録もそのまま残っています。"]
    assert aiko.record().reachable
    assert aiko.labels() == ["今週", "メニュー"]


def test_welcome_back_in_english(emma):
    emma.blocks()
    assert emma.follows() == [
        "Welcome back, Emma Clarke. Your class and everything you noted are still here."
    ]


def test_a_stranger_who_blocks_and_returns_is_greeted_anew(hikari):
    hikari.follows()
    hikari.blocks()
    assert hikari.follows() == [GREETING_JA]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_newest_of_follow_and_unfollow_counts_in_any_order(world, hikari, order):
    start = world.clock.now().timestamp() * 1000
    kinds = [("follow", 1), ("unfollow", 2), ("follow", 3)]
    for index in order:
        kind, second = kinds[index]
        _hears_event(world, hikari.id, kind, int(start) + second * 1000)
    assert hikari.record().reachable


def test_an_unfollow_that_comes_first_still_counts(world, hikari):
    now = int(world.clock.now().timestamp() * 1000)
    _hears_event(world, hikari.id, "unfollow", now - 1000)
    _hears_event(world, hikari.id, "follow", now - 2000)
    assert not hikari.record().reachable


def test_whoever_writes_can_be_written_to_again(world, aiko):
    aiko.blocks()
    now = int(world.clock.now().timestamp() * 1000)
    hello = {"type": "text", "id": "1", "quoteToken": "q", "text": "今週"}
    _hears_event(world, aiko.id, "message", now - 5000, message=hello | {"id": "7001"})
    assert not aiko.record().reachable
    _hears_event(world, aiko.id, "message", now + 5000, message=hello | {"id": "7002"})
    assert aiko.record().reachable


def test_whoever_joins_the_class_group_is_told_how_to_begin(world, aiko, hikari):
    group = aiko.in_group("S4")
    world.rooms.join(group.chat, hikari.id)
    world.settle()
    assert group.hears() == [
        "ようこそ、サブ4クラスへ。練習のお手伝いをする、たすきです。\n\n"
        f"出欠や水分のこと、コーチへの相談は1対1のトークで。{world.sim.bot.basic_id} "
        "を友だちに追加して「登録」と送ってください。"
    ]
    assert group.button("たすきを友だちに追加")["uri"].startswith("https://line.me/R/ti/p/")


def test_a_member_of_the_school_who_joins_needs_no_telling(world, aiko, hikari, coach):
    stranger = world.group("S4")
    world.rooms.leave(stranger, coach.id)
    world.rooms.join(stranger, coach.id)
    world.settle()
    assert aiko.in_group("S4").hears() == []


def test_an_unbound_group_hears_nothing(world, hikari):
    group = world.group("FIN")
    world.rooms.invite(group)
    world.settle()
    before = len(hikari.shown())
    world.rooms.join(group, hikari.id)
    world.settle()
    assert len(hikari.shown()) == before


@pytest.mark.parametrize(
    "word", ["ヘルプ", "ﾍﾙﾌﾟ", "使い方を教えてください", "メニュー", "help", "Menu"]
)
def test_the_menu_has_many_names(aiko, word):
    assert aiko.says(word)[0].startswith("できること\n押すか、そのまま送ってください。")


def test_the_menu_types_the_word(aiko):
    aiko.says("メニュー")
    assert "カーボ レース前の食事" in aiko.labels()
    assert aiko.button("今週 次の練習と出欠")["text"] == "今週"
    assert aiko.taps("今週 次の練習と出欠")


def test_the_menu_in_english(emma):
    assert emma.says("help")[0].startswith("What you can do here\nTap one, or type it.")
    assert emma.button("this week next session, RSVP")["text"] == "this week"


def test_in_the_group_the_menu_is_a_line(world, aiko):
    assert aiko.in_group("S4").says("たすき ヘルプ") == [
        "ここでは「たすき 今週」で次の練習を出せます。出欠の理由や体のこと、相談は "
        f"{world.sim.bot.basic_id} との1対1のトークでどうぞ。"
    ]
    assert aiko.in_group("S4").says("ヘルプ") == []


def test_a_language_is_chosen_and_kept(aiko):
    assert aiko.says("ＥＮＧＬＩＳＨ") == [
        "From now on we'll speak English here. In your class's group the language stays the "
        "group's."
    ]
    aiko.blocks()
    assert aiko.follows()[0].startswith("Welcome back")
    assert aiko.says("language")[0].startswith("日本語 or English?")
    assert aiko.taps("日本語") == [
        "これからは日本語でお話しします。クラスのグループでの言葉は変わりません。"
    ]


def test_a_stranger_can_switch_too(hikari):
    hikari.follows()
    assert hikari.taps("English")[0].startswith("From now on")
    assert hikari.says("言語を変えるお願いします")[0].startswith("日本語 or English?")


def _hears_event(world, user, kind, timestamp, **more):
    event = {
        "type": kind,
        "mode": "active",
        "timestamp": timestamp,
        "source": {"type": "user", "userId": user},
        "webhookEventId": f"01TEST{kind}{timestamp}",
        "deliveryContext": {"isRedelivery": False},
    } | more
    if kind == "follow":
        event |= {"replyToken": f"{timestamp:032d}", "follow": {"isUnblocked": False}}
    assert world.sim.webhooks.try_out({"destination": "U" + "0" * 32, "events": [event]}).ok
    world.settle()


def _queue(world, recipient):
    """Write a row that is due tomorrow."""
    now = world.clock.now()
    with world.database.write() as db:
        row = {"recipient": recipient, "occurrence": "queued", "priority": 2, "created_at": now}
        row |= {"id": uuid4(), "messages": [{"type": "text"}]}
        later = now.replace(day=now.day + 1)
        outbox.write(db, [row | {"not_before": later, "expires_at": later, "message_id": None}])


def _states(world, occurrence):
    with world.database.read() as db:
        return [r.state for r in db.exec(select(outbox.OutboxRow)) if r.occurrence == occurrence]
