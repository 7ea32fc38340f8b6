"""カーボ: grams for a body or for the class's default, on two days or one, as Japanese foods."""

from __future__ import annotations

import pytest

from models import carb, school
from tests import bodies

CAUTIONS = (
    "食物繊維(玄米・ごぼう・きのこ・海藻・豆)と脂は控えめに。生もの・お酒・初めての食べ物は"
    "お休みして、食べる前に手を洗いましょう。"
)
FODMAP = (
    "おなかが張りやすい方は、りんごジュース・はちみつ・たくさんの小麦(うどんやパン)を避け、"
    "ごはんと餅を中心に。"
)
GAIN = "翌朝に体重が1〜2 kg増えるのは、糖と一緒に水分が蓄えられた印です。減らそうとしなくて大丈夫。"
SOURCE = "出典: 文部科学省「日本食品標準成分表2020年版(八訂)」の炭水化物。1食の量は目安です。"


def without_weight(world, actor):
    """Forget the weight, keep consent and screening."""
    bodies.consents(world, actor, given=False)
    bodies.consents(world, actor)
    names = ("organs", "pregnancy", "medicines", "eating", "minor")
    bodies.screened(world, actor, **dict.fromkeys(names, False))


def test_two_days_of_grams_as_japanese_foods(aiko):
    assert aiko.says("カーボ") == [
        "レース前の2日間の食べ方\n"
        "3月5日(金): 糖質 432〜540 g\n"
        "3月6日(土): 糖質 432〜540 g\n"
        "計算: 54.0 kg × 8〜10 g\n"
        "レースの朝: 糖質 108〜135 g。例: おにぎり1個、切り餅2個、カステラ1切れ\n"
        f"{GAIN}\n{CAUTIONS}\n{FODMAP}",
        "カーボの日の献立の例\n"
        "朝食: ごはん(大盛り)1杯、オレンジジュース1杯\n"
        "午前の補食: おにぎり1個\n"
        "昼食: うどん1玉、おにぎり1個、切り餅1個\n"
        "午後の補食: あんパン1個\n"
        "夕食: ごはん(大盛り)1杯\n"
        "夜の補食: ういろう1切れ\n"
        "1日の合計: 糖質 約435 g(食物繊維 14 g)\n"
        "好きなものと入れ替えて大丈夫です。食べたら「おにぎり2個」のように送ると、"
        f"1日のグラフが埋まっていきます。\n{SOURCE}",
    ]


def test_in_english(emma):
    overview, sample = emma.says("What should I eat?")
    assert overview.startswith(
        "Eating on the last two days\n"
        "Fri 5 Mar: 432 to 540 g of carbs\n"
        "Sat 6 Mar: 432 to 540 g of carbs\n"
        "Worked out: 54.0 kg × 8 to 10 g\n"
        "Race morning: 108 to 135 g of carbs, e.g. "
        "1 rice ball, 2 pieces of mochi, 1 slice of castella\n"
        "Being 1 to 2 kg heavier next morning is normal"
    )
    assert "Breakfast: 1 large bowl of rice, 1 glass of orange juice\n" in sample


def test_the_day_before_only(world, aiko):
    aiko.says("カーボ")
    chosen, overview, _ = aiko.taps("前日だけ(ほとんど走らずに)")
    assert chosen.startswith("前日の1日ですね。")
    assert overview.startswith("レース前日の食べ方\n3月6日(土): 糖質 540 g\n計算: 54.0 kg × 10 g\n")
    assert aiko.says("カーボ")[0] == overview
    assert aiko.says("2日間カーボ")[1].startswith("レース前の2日間の食べ方\n")
    assert [row.days for row in bodies.rows(world, carb.CarbWish)] == [2]


def test_a_goal_of_five_hours_and_more_eats_less_a_kilo(world, aiko):
    bodies.aims_at(world, aiko, 17999)
    assert "計算: 54.0 kg × 6〜8 g\n" in aiko.says("カーボローディング")[0]
    with world.database.write() as db:
        one = aiko.record()
        held = school.membership(db, one, school.class_of(db, one).key)
        class_ = school.class_of(db, one)
        held.goal_seconds, class_.goal_seconds = 0, None  # to finish
        db.add_all([held, class_])
    assert "3月5日(金): 糖質 324〜432 g\n" in aiko.says("カーボ")[0]


def test_the_weight_is_asked_once_and_need_not_be_told(world, aiko):
    without_weight(world, aiko)
    assert aiko.says("カーボ") == [
        "体重を kg で教えていただくと、あなたの量を計算できます(例: 54.5)。お聞きするのは、"
        "この一度だけです。「なしで」なら、55 kgの人の目安をお出しします。"
        "コーチにも、ほかの方にも見せません。"
    ]
    assert aiko.labels() == ["なしで"]
    said = aiko.taps("なしで")[0]
    assert "3月6日(土): 糖質 440〜550 g\n計算: 55.0 kg × 8〜10 g\n" in said
    assert "体重をうかがっていないので、55 kgの人の目安です。" in said
    assert aiko.says("カーボ")[0] == said
    assert "55 kgの人の目安です" in aiko.says("おにぎり2個")[0]


@pytest.mark.parametrize(("typed", "first"), [("６２．５", "500〜625"), ("62,5 kg", "500〜625")])
def test_the_weight_that_was_asked_for_is_kept(world, aiko, typed, first):
    without_weight(world, aiko)
    aiko.says("カーボ")
    for odd in ("−3", "nan", "1e9", "900"):
        assert aiko.says(odd)[0].startswith("30〜200 kg の数字で")
    assert f"糖質 {first} g" in aiko.says(typed)[0]
    assert bodies.kilos(world, aiko) == 62.5


def test_a_weight_taken_back_and_consent_withdrawn_midway(world, aiko):
    without_weight(world, aiko)
    aiko.says("カーボ")
    outcome = world.phones.say(aiko.id, aiko.id, "60")
    world.settle()
    world.phones.unsend(outcome.message_id)
    world.settle()
    assert bodies.kilos(world, aiko) is None
    without_weight(world, aiko)
    aiko.says("カーボ")
    bodies.consents(world, aiko, given=False)
    assert "健康情報に同意" in aiko.says("60")[0]
    assert bodies.kilos(world, aiko) is None


def test_not_even_the_default_is_for_those_nobody_knows(world, aiko, hiroshi):
    for typed in (
        "カーボ",
        "献立",
        "前日だけ",
        "ジェル",
        "カフェイン",
        "レースの朝食",
        "今日のカーボ",
    ):
        said = hiroshi.says(typed)[0]
        assert "健康情報に同意" in said
        assert not any(char.isdigit() for char in said.replace("2日間", ""))
    bodies.screened(world, aiko, eating=None)
    assert "健康チェック(5問)が済んだ方だけ" in aiko.says("カーボ")[0]
    assert aiko.labels() == ["健康チェック"]


@pytest.mark.parametrize("question", ["organs", "pregnancy", "medicines", "eating", "minor"])
def test_each_answer_of_the_screening_leads_to_a_doctor_without_a_number(world, aiko, question):
    bodies.screened(world, aiko, **{question: True})
    for typed in ("カーボ", "献立", "1日カーボ", "ジェル", "食べた"):
        assert aiko.says(typed) == [
            "健康チェックの内容から、糖質の数字や記録はお休みにしています。レース前の食べ方は、"
            "主治医か管理栄養士に相談してくださいね。生ものと初めての食べ物を避けるのは、"
            "みなさん同じです。"
        ]
    assert "主治医" in aiko.sends_data("carbs.LoadFor?days=1")[0]
    assert bodies.rows(world, carb.CarbWish) == []


def test_gels_by_the_goal(aiko):
    assert aiko.says("ジェル")[0].startswith(
        "レース中の補給\n"
        "目安: 1時間に糖質 45 g(スポーツドリンク 250 mLの分を含みます)\n"
        "ジェル4本: 45分(7.9 km)、95分(16.7 km)、145分(25.5 km)、195分(34.3 km)\n"
    )


def test_breakfast_and_caffeine(emma):
    assert emma.says("race breakfast")[0].startswith(
        "Race breakfast\nDone by: about 06:10, some three hours before the start\n"
        "How much: 108 to 135 g of carbs\n"
        "For example: 1 rice ball, 2 pieces of mochi, 1 slice of castella: "
        "about 121 g\n"
    )
    assert emma.says("caffeine")[0].startswith(
        "Caffeine\nAt most: 162 mg at once, 400 mg a day (a cup of coffee is about 90 mg)\n"
    )
    assert "Not in pregnancy" in emma.says("caffeine")[0]


def test_a_hand_made_choice_and_the_group(world, aiko, coach):
    for data in ("carbs.LoadFor?days=99", "carbs.LoadFor?days=x", "carbs.LoadFor?"):
        aiko.sends_data(data)
    assert [row.days for row in bodies.rows(world, carb.CarbWish)] == [2]
    assert "1対1" in aiko.in_group("S4").says("たすき カーボ")[0]
    assert "メンバー" in coach.says("カーボ")[0]
