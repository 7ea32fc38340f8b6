"""My settings, and consent taken back."""

from __future__ import annotations

from models import health
from models.health import HEALTH, BodyWeight
from tests.newcomers import consented, settled


def test_the_settings_of_a_member(aiko):
    settled(aiko)
    assert aiko.says("設定") == [
        "設定とデータ\n言語: 日本語\nクラス: サブ4クラス\n目標: 3:59:59\n"
        "健康情報: 預けています(暗号化)\n通知: すべて届きます\n"
        "変えたいものを押すか、そのまま送ってください。"
    ]
    assert aiko.labels() == [
        "言語",
        "目標",
        "健康チェック",
        "同意をやめる",
        "通知",
        "マイデータ",
        "削除",
    ]
    assert aiko.taps("言語")[0].startswith("日本語とEnglish")


def test_the_settings_in_english_and_of_others(emma, hiroshi, coach, hikari):
    settled(emma, "finish", "entered")
    assert emma.says("settings") == [
        "My settings and data\nLanguage: English\nClass: Sub-4 class\nGoal: finish\n"
        "Health data: kept, encrypted\nReminders: all on\nTap what you want to change, or type it."
    ]
    hiroshi.says("設定")
    assert hiroshi.labels() == ["言語", "目標", "健康情報に同意する", "通知", "マイデータ", "削除"]
    coach.says("設定")
    hikari.follows()
    hikari.says("設定")
    assert coach.labels() == ["言語", "通知", "マイデータ", "削除"]
    assert hikari.labels() == ["言語", "マイデータ", "削除"]


def test_consent_taken_back_erases_at_once(world, aiko, hiroshi):
    assert aiko.says("健康情報の同意をやめる") == [
        "体重、痛み、健康チェックなど、体の情報をすべて消しました。"
        "練習の案内や出欠は、これまでどおりです。"
    ]
    with world.database.read() as db:
        assert not health.has_consent(db, aiko.record(), HEALTH)
        assert health.screening(db, aiko.record()) == {}
        assert db.get(BodyWeight, aiko.record().key) is None
    assert aiko.says("同意をやめる") == ["体の情報は、いまは何もお預かりしていません。"]
    assert hiroshi.says("consent off") == ["体の情報は、いまは何もお預かりしていません。"]


def test_consent_is_given_again(world, aiko):
    settled(aiko)
    aiko.says("同意をやめる")
    assert aiko.taps("健康情報に同意する")[0].startswith("体の情報を預けますか?")
    assert aiko.taps("同意する")[0].startswith("心臓・腎臓・肝臓")
    assert consented(world, aiko, HEALTH)


def test_a_group_never_shows_any_of_this(aiko):
    for word in ("設定", "削除", "同意をやめる"):
        assert "1対1のトーク" in aiko.in_group("S4").says(f"たすき {word}")[0]
