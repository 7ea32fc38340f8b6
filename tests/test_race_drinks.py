"""レース前の水分・レース後: by the hour and by the scales, with floor, ceiling and when not to."""

from __future__ import annotations

import pytest

from tests import bodies
from tests.test_hydration import GENERAL, THIRST
from tests.test_race_plan import starts

PLAIN = (
    "前の日に水をがぶ飲みする「ウォーターローディング」はおすすめしません。"
    "血液の塩分が薄まり(低ナトリウム血症)、夜のトイレも増えます。"
    "いつもの食事と飲み物で大丈夫です。"
)
LOADING = PLAIN + "増やすなら、塩分のある食事と一緒に、ふだんより0.5 L多いところまで。"


def test_before_the_race_by_the_hour(world, aiko):
    bodies.weighs(world, aiko, 68.0)
    assert aiko.says("レース前の水分") == [
        "レース前の水分\n"
        "前日: いつもの食事と飲み物に、多くても+0.5 L。塩分のある食事と一緒に\n"
        "05:10: 340〜476 mL(スタートの4時間前)\n"
        "07:10: 尿が濃い、または出ていないときだけ 204〜340 mL\n"
        "08:50〜09:00: スポーツドリンク 100〜200 mL\n"
        f"{THIRST}\n{LOADING}\n"
        "号砲の時刻から数えています。「レース設定」で自分のスタート時刻にできます。"
    ]
    assert aiko.labels() == ["レースプラン", "レース後"]


def test_a_start_that_was_told_shifts_the_hours(world, aiko):
    starts(world, aiko, 20)
    said = aiko.says("レース前の水分を教えて")[0]
    assert "05:30: 270〜378 mL" in said
    assert "09:10〜09:20: スポーツドリンク" in said
    assert "号砲の時刻から" not in said


def test_in_english(emma):
    said = emma.says("Before the race")[0]
    assert "05:10: 270 to 378 mL (four hours before)\n07:10: only with dark or no urine: " in said
    assert emma.says("after the race 53")[0].startswith(
        "After the finish\nComparing the 54.0 kg you told me with 53.0 kg now.\n"
        "Afterwards: 1.25 to 1.50 L over 4 to 6 hours, with food and salt\n"
        "Each hour: 205 to 375 mL (700 mL at most)\n"
    )


def test_who_should_ask_the_doctor_gets_no_amounts(world, aiko):
    bodies.screened(world, aiko, organs=True)
    for word in ("レース前の水分", "レース後 53", "塩分"):
        said = aiko.says(word)[0]
        assert "主治医" in said
        assert "mL" not in said
    assert "1.25" not in aiko.says("レース後")[0]


def test_after_the_race_by_the_scales(world, aiko):
    bodies.weighs(world, aiko, 68.0)
    assert aiko.says("レース後　６６．２ｋｇ")[0].startswith(
        "ゴールのあと\n登録の体重 68.0 kg と、いまの 66.2 kg を比べました。\n"
        "あとの水分: 食事や塩分と一緒に 2.25〜2.70 L、4〜6時間かけて\n"
        "1時間では: 375〜675 mL(多くても700 mL)\n"
        "頭痛、吐き気、ぼんやりする感じがあるときは、この量を飲まずに"
    )


@pytest.mark.parametrize("kg", ["68", "69.5"])
def test_no_lighter_means_no_number(world, aiko, kg):
    bodies.weighs(world, aiko, 68.0)
    said = aiko.says(f"レース後 {kg}")[0]
    assert "体重が減っていないので、量を決めて飲むのはやめましょう。" in said
    assert "mL" not in said


def test_after_the_race_in_words(aiko):
    said = aiko.says("ゴール後")[0]
    assert said.startswith("ゴールのあと\nゴールしても急に止まらず、10分は歩き続けてください。")
    assert "減った体重1 kgあたり、下限1.25 L、上限1.5 L" in said
    assert "痛み止め(ロキソニン、イブなど)を飲まないでください。" in said
    assert aiko.labels() == ["尿の色"]


@pytest.mark.parametrize("kg", ["0", "5.3", "530", "45"])
def test_a_weight_that_cannot_be_is_asked_again(aiko, kg):
    assert aiko.says(f"レース後 {kg}")[0].startswith("登録の体重 54.0 kg と1割以上ちがうようです。")


def test_without_consent_in_general_words(hiroshi):
    said = hiroshi.says("レース前の水分")[0]
    assert GENERAL in said
    assert said.endswith(PLAIN)
    assert hiroshi.labels() == ["設定"]


def test_no_water_loading_and_salt_as_facts(aiko):
    assert aiko.says("ウォーターローディング") == [LOADING]
    assert "ナトリウム460〜690 mg(食塩で約1.2〜1.8 g)" in aiko.says("塩タブレット")[0]


def test_never_in_a_group(aiko):
    assert "1対1" in aiko.in_group("S4").says("たすき レース後 53")[0]
