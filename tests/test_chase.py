"""Asking the silent: once a session, each member once, by day, and one tap to answer."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import select

from bot.buttons import pack
from bot.chasing import AskSilent
from handlers.chase import Send, Stop
from models import chase
from models.chase import Chased
from models.record import Audit
from tests import bodies
from tests.test_roster import class_id

ASKED = "来られそうですか? まだ決まっていなければ「未定」でも大丈夫です。"
PREVIEW = (
    "未回答の人に聞きますか? 11月25日(水) 19:00\n"
    "届く人 4人: 山田 亮、Emma Clarke、山口 浩、松本 千尋\n"
    "通数: 4通(1人1通)\n"
    "届く時間: すぐに\n"
    "届く文面:「11月25日(水) 19:00の練習、来られそうですか? "
    "まだ決まっていなければ「未定」でも大丈夫です。」(参加・欠席・未定のボタンつき)"
)
DONE = (
    "11月25日(水) 19:00の練習については、西岡 遥さんが11月23日(月) 09:00にもう聞きました。"
    "聞くのは、1回の練習につき1度だけです。"
)


def questions(actor):
    return [said for said in actor.hears() if "来られそうですか" in said or "make it on" in said]


def test_a_coach_asks_the_silent_once_and_reads_it_in_the_roster(
    world, coach, aiko, ryo, emma, hiroshi
):
    aiko.says("参加します")
    coach.says("名簿")
    assert coach.taps("未回答の人に聞く") == [PREVIEW]
    assert questions(ryo) == []
    assert coach.taps("いま聞く") == ["4人に聞きました。お返事は「名簿」に出ます。"]
    assert questions(ryo) == [f"T走(少しきつい一定ペース)\n11月25日(水) 19:00の練習、{ASKED}"]
    assert ryo.labels() == ["参加", "欠席", "未定"]
    assert emma.labels() == ["Coming", "Can't come", "Not sure"]
    assert questions(aiko) == []
    assert ryo.taps("未定")[0].startswith("11月25日(水) 19:00の練習、未定で承りました。")
    (said,) = coach.says("名簿")
    assert "山口 浩(はじめて、聞きました)" in said
    assert said.endswith("確認の連絡: 11月23日(月) 09:00 西岡 遥さんから4人に。お返事1人")
    assert coach.labels() == []
    with world.database.read() as db:
        audited = db.exec(select(Audit).where(Audit.deed == "chase")).one()
        assert audited.people == 4


def test_a_double_tap_and_the_other_coach_ask_nobody_twice(coach, support, ryo):
    coach.says("未回答の人に聞く")
    support.says("催促")
    mine, theirs = coach.button("いま聞く"), support.button("いま聞く")
    assert coach.acts(mine)[0].startswith("5人に聞きました。")
    assert coach.acts(mine) == [DONE]
    assert support.acts(theirs) == [DONE]
    assert support.says("未回答に聞く") == [DONE]
    assert len(questions(ryo)) == 1


def test_the_same_tap_delivered_twice(world, coach, ryo):
    coach.says("未回答の人に聞く")
    outcome = world.phones.tap(coach.id, coach.id, coach.button("いま聞く")["data"])
    world.settle()
    world.comes_again(outcome)
    assert len(questions(ryo)) == 1


def test_nobody_is_asked_about_a_session_twice_nor_thrice_a_week(world, coach, ryo, emma):
    now = world.clock.now()
    with world.database.write() as db:
        chase.note(db, bodies.session_of(world).key, ryo.record().key, now)
        for week in (9, 10):
            earlier = bodies.session_of(world, week=week)
            chase.note(db, earlier.key, emma.record().key, now - timedelta(days=6))
    (said,) = coach.says("催促")
    assert "届く人 3人: 相川 愛子、山口 浩、松本 千尋" in said
    assert "この練習についてもう聞いた1人には、重ねて聞きません。" in said
    assert "今週もう2回聞いた1人には送りません。" in said
    coach.taps("いま聞く")
    assert questions(ryo) == questions(emma) == []


def test_who_blocked_us_is_counted_and_left_out(world, coach, ryo):
    ryo.blocks()
    (said,) = coach.says("催促")
    assert "届く人 4人" in said
    assert "たすきをブロックしている1人には届きません。" in said


def test_others_may_not_and_old_or_made_up_buttons_do_nothing(world, coach, aiko, ryo):
    found = bodies.session_of(world)
    other = world.person("橋爪 岳")  # main coach of sub-3
    theirs = ["これは担当クラスの練習ではないようです。"]
    for data in (AskSilent(found.key), Send(found.key, "x"), Stop(found.key), AskSilent(-1)):
        assert other.sends_data(pack(data)) == theirs
        assert "担当のコーチか事務局" in aiko.sends_data(pack(data))[0]
    assert coach.sends_data(pack(Send(found.key, "x")))[0].startswith("このボタンは一度きり")
    assert "もう使えない" in coach.sends_data("chase.Send?session=abc&token=x")[0]
    assert "1対1" in coach.in_group("S4").says("たすき 催促")[0]
    assert questions(ryo) == []


def test_the_office_chooses_a_class_in_the_roster(world, office, ryo):
    assert office.says("未回答の人に聞く")[0].startswith("この先の練習がまだないか")
    office.sends_data(f"roster.Roster?class_id={class_id(world, 'S4')}")
    office.taps("未回答の人に聞く")
    assert office.taps("いま聞く")[0].startswith("5人に聞きました。")


def test_in_english(coach, emma):
    coach.says("English")
    coach.says("ask the silent")
    assert coach.hears()[-1].startswith(
        "Ask those who haven't answered? Wed 25 Nov, 19:00\nReaches 5: "
    )
    assert coach.taps("Ask now") == ["Asked 5. Their answers show up in the roster."]
    assert questions(emma)[0].endswith(
        "Can you make it on Wed 25 Nov, 19:00? If you don't know yet, “Not sure” is fine."
    )


def test_everyone_answered(world, coach):
    for name in ("相川 愛子", "山田 亮", "山口 浩", "松本 千尋", "Emma Clarke"):
        world.person(name).says("参加します")
    assert coach.says("催促") == ["11月25日(水) 19:00の練習について、これから聞く人はいません。"]
    coach.says("名簿")
    assert coach.labels() == []
    assert bodies.rows(world, Chased) == []
