"""Enrolment: terms, code, goal, race, consent and the five questions, as a conversation."""

from __future__ import annotations

import pytest

from models import code, enrolment, health, school
from models.health import HEALTH, TERMS

CODE = "VY4HK9TD"
OTHER = "PX6MJ2GE"


def test_the_whole_way_in_japanese(world, hikari):
    hikari.follows()
    assert hikari.taps("はじめる") == [
        "お預かりするもの\n"
        "LINEの表示名、クラスと目標、出欠と出席、相談の内容です。そのほかの文章は7日で消します。\n"
        "見られるのは、担当のコーチと事務局だけです。練習と大会の準備のほかには使いません。\n"
        "体のことは含みません。あとで別におたずねします。「削除」と送れば、いつでも全部消せます。\n"
        "よければ「同意する」を押すか、そう送ってください。"
    ]
    assert not _consented(world, hikari, TERMS)
    assert hikari.taps("同意する") == [
        "クラスコードを送ってください\n"
        "案内に書かれた8文字くらいの英数字です。大文字・小文字、"
        "全角・半角はどちらでも大丈夫です。\n"
        "QRコードを読み取ると、そのまま送れます。"
    ]
    assert _consented(world, hikari, TERMS)
    assert hikari.says("vy4h-k9td") == [
        "目標タイムは?\n"
        "「サブ4」「3:50」「3時間50分」のように送っても大丈夫です。あとから「目標」で変えられます。"
    ]
    assert hikari.labels() == ["3:59:59", "完走"]
    assert _class(world, hikari) == "S4"
    assert hikari.taps("3:59:59") == [
        "大会の申込は?\n東京マラソン2027(3月7日(日))のエントリーです。"
    ]
    assert hikari.labels() == ["申込済み", "出ない", "これから"]
    assert hikari.taps("申込済み")[0].startswith("体の情報を預けますか?\n体重、痛みの記録")
    assert hikari.taps("同意する") == [
        "心臓・腎臓・肝臓の病気がありますか?(治療中、経過をみている場合も)\n"
        "全部で5問です。1つでも「はい」があるときは、体に合わない数字をお出ししないようにします。"
    ]
    for _ in range(4):
        hikari.taps("いいえ")
    assert hikari.taps("いいえ") == [
        "準備ができました\n"
        "クラス: サブ4クラス\n"
        "コーチ: 西岡 遥、久我 大地\n"
        "目標: 3:59:59\n"
        "水分の目安などを、あなたの体に合わせてお出しします。"
    ]
    assert _may_have_numbers(world, hikari)
    assert hikari.taps("今週")


def test_the_whole_way_in_english(world, oliver):
    oliver.follows()
    assert oliver.taps("Start")[0].startswith("What Tasuki keeps\nYour LINE name")
    assert oliver.taps("I agree")[0].startswith("Please send your class code\nAbout eight letters")
    assert oliver.says(CODE)[0].startswith("What is your goal time?\nYou can also type it")
    assert oliver.says("sub 4") == ["Have you entered the race?\nTokyo Marathon 2027, Sun 7 Mar."]
    assert oliver.says("Not yet")[0].startswith("May Tasuki keep health data?")
    assert oliver.says("yes")[0].startswith("Any disease of the heart")
    for _ in range(4):
        oliver.says("no")
    assert oliver.says("no") == [
        "You're ready to go\n"
        "Class: Sub-4 class\n"
        "Coaches: 西岡 遥, 久我 大地\n"
        "Goal: 3:59:59\n"
        "Drinking advice and the like will be fitted to you."
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "登録 VY4HK9TD",
        "登録VY4HK9TD",
        "ＶＹ４ＨＫ９ＴＤ",
        "vy4hk9td",
        "コードはvy4hk9tdです",
        "クラスコード VY4H K9TD",
        "enrol VY4HK9TD",
        "my code is VY4HK9TD",
        "こんにちは、登録 VY4HK9TD お願いします",
    ],
)
def test_a_code_typed_first_is_kept_until_the_terms_are_agreed(world, hikari, typed):
    hikari.follows()
    assert hikari.says(typed)[0].startswith("お預かりするもの")
    assert _class(world, hikari) is None
    assert hikari.says("同意します")[0].startswith("目標タイムは?")
    assert _class(world, hikari) == "S4"


def test_a_code_may_have_spaces_when_it_was_asked_for(world, hikari):
    _agreed(hikari)
    assert hikari.says("ＶＹ４Ｈ　Ｋ９ＴＤ")[0].startswith("目標タイムは?")


def test_without_consent_to_the_terms_nothing_is_joined(world, hikari):
    hikari.follows()
    hikari.says(f"登録 {CODE}")
    assert hikari.says("今はやめる") == ["わかりました。気が向いたら「登録」と送ってください。"]
    assert _class(world, hikari) is None
    assert hikari.taps("登録")[0].startswith("お預かりするもの")


def test_what_is_no_answer_is_asked_again(hikari):
    hikari.follows()
    hikari.says("登録")
    assert hikari.says("うーん") == ["「同意する」か「今はやめる」で教えてください。"]
    assert hikari.labels() == ["同意する", "今はやめる", "やめる"]
    hikari.says("同意する")
    assert hikari.says("今日は寒いですね")[0].startswith("クラスコードは8文字くらいの英数字です。")
    hikari.says(CODE)
    assert hikari.says("62.5")[0].startswith("目標は「サブ4」「3:50」「完走」のように")
    hikari.says("完走")
    assert hikari.says("？？？")[0].startswith("「申込済み」「これから」「出ない」")


def test_left_midway_it_goes_on_where_it_was(world, hikari, clock):
    _agreed(hikari)
    hikari.says(CODE)
    assert hikari.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    assert hikari.says("登録")[0].startswith("目標タイムは?")
    clock.passes(days=2)
    assert hikari.says("登録")[0].startswith("目標タイムは?")
    hikari.says("3時間半")
    clock.passes(days=2)
    assert hikari.says("はじめる")[0].startswith("大会の申込は?")
    assert _membership(world, hikari).goal_seconds == 12_600


def test_five_wrong_codes_lock_kindly_for_an_hour(world, hikari, clock):
    _agreed(hikari)
    for left in (4, 3, 2, 1):
        assert f"(あと{left}回)" in hikari.says(f"ABCDEFG{left}")[0]
    locked = "続けて5回ちがっていたので、1時間お休みします。コードは事務局が確かめてくれます。"
    assert hikari.says("ABCDEFG9") == [locked]
    assert hikari.says(CODE) == [locked]
    assert _class(world, hikari) is None
    clock.passes(minutes=61)
    assert hikari.says(CODE)[0].startswith("目標タイムは?")


def test_wrong_codes_in_english(oliver):
    oliver.follows()
    oliver.says("enrol")
    oliver.says("I agree")
    assert "(4 tries left)" in oliver.says("ABCDEFG2")[0]
    for _ in range(2):
        oliver.says("ABCDEFG2")
    assert "(1 try left)" in oliver.says("ABCDEFG2")[0]


def test_without_a_code_the_office_can_be_asked_once_a_day(hikari, office, clock):
    _agreed(hikari)
    assert hikari.taps("コードがない")[0].startswith("クラスコードは、申込のあとに届く案内に")
    assert hikari.taps("事務局に頼む") == [
        "事務局に伝えました。連絡が来るまで、少しお待ちください。"
    ]
    hikari.says("事務局に頼む")
    assert office.hears() == [
        "新田 ひかりさん(LINEの表示名)が、クラスコードを必要としています。"
        "ご本人に連絡をお願いします。"
    ]
    clock.passes(days=1)
    hikari.says("事務局に頼む")
    assert len(office.hears()) == 2


def test_a_full_class_is_told_to_both(world, hikari, office):
    with world.database.write() as db:
        class_ = next(c for c in school.classes(db) if c.code == "S4")
        class_.capacity = len(school.members_of(db, class_.key))
        db.add(class_)
    _agreed(hikari)
    assert hikari.says(CODE) == [
        "サブ4クラスは、いま定員いっぱいです。事務局に伝えましたので、連絡をお待ちください。"
    ]
    assert _class(world, hikari) is None
    assert office.hears() == [
        "新田 ひかりさん(LINEの表示名)がS4のコードを使いましたが、"
        "定員いっぱいで登録できていません。"
    ]


def test_a_member_is_asked_before_changing_class(world, aiko):
    assert aiko.says(OTHER) == [
        "いまはサブ4クラスです。サブ4.5クラスに移りますか?これまでの記録は残ります。"
    ]
    assert aiko.taps("このまま") == ["では、いまのクラスのままにしますね。"]
    assert _class(world, aiko) == "S4"
    aiko.says(OTHER)
    assert aiko.taps("移る")[0].startswith("目標タイムは?")
    assert _class(world, aiko) == "S45"


def test_ones_own_code_again_changes_nothing(world, aiko):
    assert aiko.says(CODE)[0].startswith("目標タイムは?")
    assert _class(world, aiko) == "S4"


def test_the_same_code_twice_at_once_joins_once(world, hikari):
    _agreed(hikari)
    outcome = world.phones.say(hikari.id, hikari.id, CODE)
    world.settle()
    world.sim.redeliver(outcome.event_id).result(5)
    world.settle()
    with world.database.read() as db:
        assert len(school.roles(db, hikari.record())) == 1


def test_health_data_is_asked_separately_and_may_be_declined(world, hikari):
    _agreed(hikari)
    hikari.says(CODE)
    hikari.says("完走")
    hikari.says("これから")
    assert hikari.taps("同意しない")[0].endswith(
        "体に合わせた数字はお出ししません。気が変わったら「健康情報に同意する」と送ってください。"
    )
    assert not _consented(world, hikari, HEALTH)
    assert hikari.says("登録")[0].startswith("準備ができました")
    assert hikari.says("健康情報に同意する")[0].startswith("体の情報を預けますか?")
    assert hikari.says("同意する")[0].startswith("心臓・腎臓・肝臓")


def test_a_goal_is_changed_by_saying_so(world, aiko):
    _settled(aiko)
    assert aiko.says("目標は３時間５０分です") == [
        "目標を3:50:00にしました。一緒に向かいましょう。"
    ]
    assert _membership(world, aiko).goal_seconds == 13_800
    assert aiko.says("目標 がんばる")[0].startswith("目標タイムは?")
    assert aiko.says("完走") == ["目標を完走にしました。一緒に向かいましょう。"]
    assert _membership(world, aiko).goal_seconds == 0


def test_the_race_entry_is_changed_later(world, aiko):
    _settled(aiko)
    assert aiko.says("大会の申込")[0].startswith("大会の申込は?")
    assert aiko.says("出ない")[0].startswith("わかりました。")
    assert _membership(world, aiko).race_entry == enrolment.NO


def test_a_goal_in_english(emma):
    emma.says("enrol")
    emma.says("3:59")
    emma.says("entered")
    assert emma.says("my goal is 3:45") == ["Your goal is 3:45:00 now. Let's get there together."]


def test_a_coach_has_no_goal_to_set(coach):
    assert coach.says("目標") == ["これは、クラスのメンバーとして登録した方の設定です。"]
    assert coach.says("健康チェック")[0].startswith("健康チェックは、クラスのメンバー")
    assert coach.says("登録")[0].startswith("登録されています\nメインコーチ: サブ4クラス")


def test_in_a_group_nothing_of_this_is_said(aiko, world):
    for text in ("たすき 登録", f"たすき 登録 {CODE}", "たすき 目標", "たすき 健康チェック"):
        assert "1対1のトーク" in aiko.in_group("S4").says(text)[0]


def test_an_emergency_in_the_middle_leaves_the_question_open(hikari):
    hikari.follows()
    hikari.says("登録")
    assert hikari.says("隣の人が倒れて反応がない")[-1].startswith("いますぐ119")
    assert hikari.says("同意する")[0].startswith("クラスコードを送ってください")


def test_a_code_past_its_date_is_unknown(world, hikari, clock):
    _agreed(hikari)
    clock.goes_to("2027-03-08 09:00")
    hikari.says("登録")
    assert "見つかりませんでした" in hikari.says(CODE)[0]


def _agreed(actor):
    actor.follows()
    actor.says("登録")
    actor.says("同意する")


def _settled(actor):
    actor.says("登録")
    actor.says("3:59:59")
    actor.says("申込済み")


def _class(world, actor):
    with world.database.read() as db:
        found = school.class_of(db, actor.record())
        return found.code if found else None


def _membership(world, actor):
    with world.database.read() as db:
        return enrolment.mine(db, actor.record())


def _consented(world, actor, kind):
    with world.database.read() as db:
        return health.has_consent(db, actor.record(), kind)


def _may_have_numbers(world, actor):
    with world.database.read() as db:
        return health.may_have_numbers(db, actor.record())


def test_codes_are_kept_as_hashes_only(world):
    with world.database.read() as db:
        assert code.find(db, CODE, (school.MEMBER,), world.clock.now())
        assert CODE not in str(db.connection().exec_driver_sql("SELECT * FROM code").all())
