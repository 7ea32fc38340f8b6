"""Enrolment: terms, code, goal, race, consent and the five questions, as a conversation."""

from __future__ import annotations

from datetime import timedelta

from models.health import TERMS
from tests.newcomers import CODE, agreed, class_of, consented, may_have_numbers, membership


def test_the_terms_come_first_in_japanese(world, hikari):
    hikari.follows()
    assert hikari.taps("はじめる") == [
        "お預かりするもの\n"
        "LINEの表示名、クラスと目標、出欠と出席、相談の内容です。そのほかの文章は7日で消します。\n"
        "見られるのは、担当のコーチと事務局だけです。練習と大会の準備のほかには使いません。\n"
        "体のことは含みません。あとで別におたずねします。「削除」と送れば、いつでも全部消せます。\n"
        "よければ「同意する」を押すか、そう送ってください。"
    ]
    assert not consented(world, hikari, TERMS)


def test_the_way_on_in_japanese(world, hikari):
    hikari.follows()
    hikari.says("登録")
    assert hikari.taps("同意する") == [
        "クラスコードを送ってください\n"
        "案内に書かれた8文字くらいの英数字です。大文字・小文字、"
        "全角・半角はどちらでも大丈夫です。\n"
        "QRコードを読み取ると、そのまま送れます。"
    ]
    assert consented(world, hikari, TERMS)
    assert hikari.says("vy4h-k9td") == [
        "目標タイムは?\n"
        "「サブ4」「3:50」「3時間50分」のように送っても大丈夫です。あとから「目標」で変えられます。"
    ]
    assert hikari.labels() == ["3:59:59", "完走"]
    assert class_of(world, hikari) == "S4"
    assert hikari.taps("3:59:59") == [
        "大会の申込は?\n東京マラソン2027(3月7日(日))のエントリーです。"
    ]
    assert hikari.labels() == ["申込済み", "出ない", "これから"]
    assert hikari.taps("申込済み")[0].startswith("体の情報を預けますか?\n体重、痛み、健康チェック")


def test_the_health_check_in_japanese(world, hikari):
    agreed(hikari)
    hikari.says(CODE)
    hikari.says("3:59:59")
    hikari.says("申込済み")
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
    assert may_have_numbers(world, hikari)
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


def test_without_consent_to_the_terms_nothing_is_joined(world, hikari):
    hikari.follows()
    hikari.says(f"登録 {CODE}")
    assert hikari.says("今はやめる") == ["わかりました。気が向いたら「登録」と送ってください。"]
    assert class_of(world, hikari) is None
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
    agreed(hikari)
    hikari.says(CODE)
    assert hikari.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    assert hikari.says("登録")[0].startswith("目標タイムは?")
    clock.at += timedelta(days=2)  # nobody else's reminders on the way
    assert hikari.says("登録")[0].startswith("目標タイムは?")
    hikari.says("3時間半")
    clock.at += timedelta(days=2)  # nobody else's reminders on the way
    assert hikari.says("はじめる")[0].startswith("大会の申込は?")
    assert membership(world, hikari).goal_seconds == 12_600


def test_in_a_group_nothing_of_this_is_said(aiko, world):
    for text in ("たすき 登録", f"たすき 登録 {CODE}", "たすき 目標", "たすき 健康チェック"):
        assert "1対1のトーク" in aiko.in_group("S4").says(text)[0]


def test_an_emergency_in_the_middle_leaves_the_question_open(hikari):
    hikari.follows()
    hikari.says("登録")
    assert hikari.says("隣の人が倒れて反応がない")[-1].startswith("いますぐ119")
    assert hikari.says("同意する")[0].startswith("クラスコードを送ってください")
