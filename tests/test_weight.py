"""体重: read as people type it, kept with consent, confirmed where it surprises."""

from __future__ import annotations

import pytest

from tests import bodies

KEPT = "{} kg、記録しました。「給水」や「カーボ」と送ると、この体重での目安をお出しします。"
AGAIN = "30〜200 kg の数字で教えてください。例: 54.5"


@pytest.mark.parametrize(
    "typed",
    [
        "体重 55.5",
        "体重は５５．５ｋｇです",
        "体重55,5キロ",
        "my weight is 55.5 kg",
        "I weigh 55.5kg",
    ],
)
def test_a_weight_is_kept_as_it_is_typed(world, aiko, typed):
    assert aiko.says(typed) == [KEPT.format("55.5")]
    assert bodies.kilos(world, aiko) == 55.5


def test_asked_for_with_the_bad_answers_before_the_good_one(world, aiko):
    assert aiko.says("体重") == [
        "いまの記録は 54.0 kg です。新しい体重を kg で教えてください(例: 54.5)。"
    ]
    for bad in (
        "nan",
        "−3",
        "1_000",
        "29.9",
        "200.5",
        "ごじゅっこ",
        "137 lb",
        "4821",
        "=HYPERLINK(1)",
    ):
        assert aiko.says(bad) == [AGAIN], bad
        assert bodies.kilos(world, aiko) == 54.0
    assert aiko.says("５２．５キロ") == [KEPT.format("52.5")]
    assert bodies.kilos(world, aiko) == 52.5


def test_in_english(world, emma):
    assert emma.says("weight") == ["I have 54.0 kg. What is it now, in kg (for example 54.5)?"]
    assert emma.says("55") == [
        "55.0 kg, noted. Send “drink” or “carbs” for amounts worked out for this weight."
    ]
    assert emma.says("weight 62") == [
        "62.0 kg, is that right? It is more than a tenth away from what I had (55.0 kg)."
    ]
    assert emma.taps("yes")[0].startswith("62.0 kg, noted.")


def test_a_surprising_weight_is_confirmed(world, aiko):
    assert aiko.says("体重 64.5") == [
        "64.5 kg でいいですか? 前の記録(54.0 kg)と1割以上ちがうので、念のため確かめさせてください。"
    ]
    assert aiko.labels() == ["はい", "いいえ"]
    assert aiko.says("たぶん") == ["「はい」か「いいえ」で教えてください。"]
    assert bodies.kilos(world, aiko) == 54.0
    assert aiko.taps("はい") == [KEPT.format("64.5")]
    assert bodies.kilos(world, aiko) == 64.5


def test_a_slip_is_asked_again(world, aiko):
    aiko.says("体重 145")
    assert aiko.taps("いいえ")[0].startswith("いまの体重を kg で教えてください")
    assert aiko.says("54.5") == [KEPT.format("54.5")]


def test_cancelled_midway(world, aiko):
    aiko.says("体重 80")
    aiko.says("やめる")
    assert bodies.kilos(world, aiko) == 54.0


@pytest.mark.parametrize("typed", ["体重 300", "体重 5", "体重 0"])
def test_an_impossible_weight_is_asked_again(world, aiko, typed):
    assert aiko.says(typed) == [AGAIN]
    assert bodies.kilos(world, aiko) == 54.0


@pytest.mark.parametrize("typed", ["体重", "体重 60"])
def test_without_consent_it_is_not_kept(world, hiroshi, typed):
    assert hiroshi.says(typed) == [
        "体重は、健康情報の同意をいただいた方だけお預かりしています。「設定」から同意していただけます。"
    ]
    assert bodies.kilos(world, hiroshi) is None


def test_consent_withdrawn_before_the_confirmation(world, aiko):
    aiko.says("体重 70")
    bodies.consents(world, aiko, given=False)
    aiko.says("はい")
    assert bodies.kilos(world, aiko) is None


def test_unsend_of_the_first_message_takes_a_confirmed_weight_back(world, aiko):
    outcome = world.phones.say(aiko.id, aiko.id, "体重 70")
    world.settle()
    aiko.taps("はい")
    assert bodies.kilos(world, aiko) == 70
    world.phones.unsend(outcome.message_id)
    world.settle()
    assert bodies.kilos(world, aiko) is None


def test_never_in_a_group(world, aiko):
    assert "1対1" in aiko.in_group("S4").says("たすき 体重 55")[0]
    assert bodies.kilos(world, aiko) == 54.0
