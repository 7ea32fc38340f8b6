"""What runners write about eating goes where it belongs, and nothing is noted on a guess."""

from __future__ import annotations

from datetime import date

import pytest

import app

ROUTER = app.router()
SENTENCES = {
    "carbs.advice": [
        *("カーボローディングって何", "カーボどうすればいい？", "レース前日何食べればいい"),
        *(
            "あと何g食べればいい",
            "ご飯はどれくらい食べればいいですか",
            "何グラム食べたらいいですか",
        ),
        *("how many carbs should I eat", "What should I eat before the marathon?"),
    ],
    "fuel.gels": ["ジェルいつ飲む？", "ジェルは何本必要", "How many gels do I need"],
    "fuel.caffeine": ["カフェインとっていい？", "can i drink coffee before the race"],
    "fuel.breakfast": ["レース当日の朝ごはん", "朝何食べる？", "what to eat on race morning"],
    "meals.undo": ["さっきの食事の記録を消して", "食べたの間違えた", "undo the last meal"],
    "meals.told": [
        *(
            "昼に うどん食べました！",
            "さっきバナナ食べた",
            "お昼うどん2玉",
            "白米400g",
            "おにぎり三個",
        ),
        *("ate a bagel", "just ate two slices of toast and a banana", "Had rice"),
    ],
    "meals.ate_something": ["ラーメン食べた", "朝ごはん食べた", "I just ate something odd"],
    "carbs.one_day": ["前日だけカーボ"],
    "drinks.drank": ["スポドリ500", "ポカリ 500ml飲んだ", "コーヒー200ml飲んだ"],
    "tips.about": ["コツ ジェル", "コツ 食べ物"],
}


@pytest.mark.parametrize(
    ("said", "command"), [(said, command) for command, each in SENTENCES.items() for said in each]
)
def test_it_goes_where_it_belongs(said, command):
    assert [route.command for route in ROUTER.by_text(said, date(2027, 3, 6))] == [command]


def test_a_breakfast_without_food_is_asked_about_and_not_noted(aiko):
    assert aiko.says("朝ごはん食べた")[0].startswith("何を食べましたか?")
