"""Mute: reminders of a topic stop for one person; changes, cancellations and safety never do."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.feature import Feature, RouteFault
from bot.messages import Text
from bot.speech import speak
from bot.turn import Tell
from bot.turns import Turns
from models import mute
from models.class_group import ClassGroup
from models.outbox import OutboxRow
from tests import bodies
from tests.broadcasting import RAIN, SHOWN, drafts

BEFORE = "2026-11-25 17:00"


def mutes(world, actor, topic):
    with world.database.write() as db:
        mute.mute(db, actor.record(), topic, world.clock.now())


def nudges(actor):
    return [said for said in actor.hears() if said.startswith("練習前のひと息に")]


def rows_to(world, actor):
    with world.database.read() as db:
        return list(db.exec(select(OutboxRow).where(OutboxRow.recipient == actor.id)))


def test_a_muted_reminder_is_never_written(world, aiko, ryo, clock):
    mutes(world, aiko, mute.PRACTICE)
    bodies.lasts(world, 95)
    for one in (aiko, ryo):
        one.says("次の練習に参加します")
    clock.goes_to(BEFORE)
    assert nudges(aiko) == []
    assert len(nudges(ryo)) == 1
    assert not any("session.drink" in row.occurrence for row in rows_to(world, aiko))


def test_word_with_a_topic_is_not_told_to_whoever_muted_it(world, aiko, ryo):
    mutes(world, aiko, mute.COACH)
    with world.database.write() as db:
        turn = Turns(world.parts.settings.zone, world.engine._router.texts).of_person(
            db, ryo.record(), world.clock.now()
        )
        told = [
            Tell(aiko.record(), [Text("配信")], topic="coach"),
            Tell(aiko.id, [Text("配信 2")], topic="coach"),
            Tell(ryo.record(), [Text("配信")], topic="coach"),
            Tell(aiko.record(), [Text("中止です")]),
            Tell(aiko.record(), [Text("レース")], topic="race"),
        ]
        speak(turn, told, "test")
    world.settle()
    assert aiko.hears() == ["中止です", "レース"]
    assert ryo.hears() == ["配信"]


def test_a_topic_made_up_is_refused_at_start_up():
    with pytest.raises(RouteFault, match="'weather' is none of practice, race, carbs, tips, coach"):
        Feature("probe").clock("probe.at", topic="weather")


ALWAYS = (
    "練習の変更や中止、安全に関わる連絡、あなたへのお返事は、いつでも届きます。\n"
    "クラスのグループへのお知らせは、ひとりだけ止めることはできません。"
    "鳴らしたくないときは、LINEのグループの右上のメニューから「通知オフ」にしてください。"
)
STILL = "練習の変更や中止、安全に関わる連絡は、これまでどおり届きます。"
OFF_CARBS = f"「カーボローディング」の通知をお休みにしました。{STILL}"


def topics_of(world, actor):
    with world.database.read() as db:
        return mute.of(db, actor.record())


def test_the_list_shows_what_comes_and_a_tap_changes_it(world, aiko):
    assert aiko.says("通知") == [
        "1対1で届く通知\n飲み物・練習の振り返り: 届きます\nレースまでの準備: 届きます\n"
        "カーボローディング: 届きます\nコツ・シーズンの記録: 届きます\n"
        f"コーチからの配信: 届きます\n{ALWAYS}"
    ]
    old = aiko.button("カーボをお休み")
    assert aiko.acts(old) == [OFF_CARBS]
    assert aiko.acts(old) == ["「カーボローディング」の通知は、もうお休みになっています。"]
    assert topics_of(world, aiko) == {"carbs"}
    assert "カーボローディング: お休み中" in aiko.says("通知設定")[0]
    assert "カーボを再開" in aiko.labels()
    assert aiko.says("設定")[0].splitlines()[-2] == "通知: お休み中: カーボローディング"
    assert aiko.taps("元に戻す") == ["「カーボローディング」の通知を、またお届けしますね。"]
    assert topics_of(world, aiko) == set()


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("お休み 飲み物", "practice"),
        ("通知オフ　カーボ", "carbs"),
        ("カーボの通知いらない", "carbs"),
        ("ﾚｰｽの通知をオフにして", "race"),
        ("コーチからの連絡は止めてください", "coach"),
        ("すみません、コツのお知らせは不要です", "tips"),
        ("ミュート　こつ", "tips"),
        ("Mute carbs", "carbs"),
        ("please turn off the race countdown reminders", "race"),
        ("no more tips messages please", "tips"),
    ],
)
def test_it_is_left_out_as_it_is_typed(world, aiko, typed, topic):
    aiko.says(typed)
    assert topics_of(world, aiko) == {topic}


@pytest.mark.parametrize(
    "typed",
    ["再開 カーボ", "カーボの通知をまた送って", "通知オン カーボ", "unmute carbs", "turn carbs on"],
)
def test_it_is_taken_up_as_it_is_typed(world, aiko, typed):
    mutes(world, aiko, mute.CARBS)
    assert aiko.says(typed) == ["「カーボローディング」の通知を、またお届けしますね。"]
    assert aiko.says(typed) == ["「カーボローディング」の通知は、いまも届くようになっています。"]


@pytest.mark.parametrize("typed", ["明日お休みします", "お休み", "水いらない", "レース", "カーボ"])
def test_near_misses_mute_nothing(world, aiko, typed):
    aiko.says(typed)
    assert topics_of(world, aiko) == set()


def test_everything_at_once_and_back(world, aiko):
    said = aiko.says("通知オフ 全部")[0]
    assert said.startswith("「飲み物・練習の振り返り、レースまでの準備、カーボローディング、コツ")
    assert topics_of(world, aiko) == set(mute.TOPICS)
    aiko.taps("元に戻す")
    assert topics_of(world, aiko) == set()


def test_in_english(world, emma):
    assert emma.says("reminders")[0].startswith("What I send you 1:1\nDrinks and how it felt: on\n")
    assert emma.taps("Mute race countdown") == [
        "Muted: Race countdown. Changes, cancellations and anything about safety still come."
    ]
    assert emma.taps("Undo") == ["Race countdown: you'll hear from me again."]


def test_a_cancellation_comes_in_spite_of_every_mute(world, aiko, coach, clock):
    aiko.says("通知オフ 全部")
    with world.database.write() as db:
        group = db.get(ClassGroup, world.group("S4"))
        group.class_id = None  # without a group each member is told
        db.add(group)
    bodies.changes(world, bodies.session_of(world), cancelled=True)
    before = len(aiko.hears())
    clock.passes(minutes=2)
    assert aiko.hears()[before].startswith("【中止】")


def test_data_made_by_hand_and_a_group_change_nothing(world, aiko, hikari):
    assert "このボタンはもう使えない" in aiko.sends_data("mute.LeaveOut?topic=safety")[0]
    assert "1対1" in aiko.in_group("S4").says("たすき 通知オフ カーボ")[0]
    hikari.follows()
    assert "登録" in hikari.says("mute carbs")[0]
    assert topics_of(world, aiko) == set()


def test_a_broadcast_does_not_reach_whoever_muted_them_and_the_coach_sees_it(
    world, aiko, ryo, coach, clock
):
    mutes(world, aiko, mute.COACH)
    control = drafts(coach, whom="メンバー全員に1対1で(4人)")[1]
    assert "たすきをブロックしているか、配信をお休みにしている1人には届きません。" in control
    coach.taps("サブ4クラスの4人に送る")
    clock.passes(minutes=1)
    assert ryo.hears()[-1] == SHOWN
    assert not any(RAIN in said for said in aiko.hears())
