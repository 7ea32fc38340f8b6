"""給水計画: drinking in the race, with floor and ceiling, or why there is no plan."""

from __future__ import annotations

from bot import hydration_words
from bot.cards import Note
from models.rules.hydration import FluidPlan, FluidWarning
from tests import bodies
from tests.test_hydration import GENERAL, THIRST, THIRST_EN

ESTIMATE = (
    "汗の量は体重・速さ・気温からの推定で、人によって4割ほど違います。\n"
    "下限と上限の間で、渇きに合わせてどうぞ。"
    "体重が増えてゴールするのは飲みすぎの印です。給水所の数と場所は公式の案内で確かめてください。"
    "「給水計画 18度」のように送ると、その気温で計算します。"
)
NEXT = (
    "ペースを落とした計画を、コーチと一緒に立てましょう。"
    "体調に不安があれば医師にも相談してください。"
)


def test_the_plan_for_my_goal(aiko):
    assert aiko.says("給水計画") == [
        "レースの給水計画\n"
        "目標: 3:59:59\n"
        "気温: 9 °C(平年の目安)\n"
        "目安: 1時間に260 mL(推定)\n"
        "飲む範囲: 1時間に260〜350 mL\n"
        f"{THIRST}\n"
        "合計: 1.04 L まで\n"
        "給水所: 1か所で約69 mL(15か所の場合)\n"
        "ゴール時: 体重 −2.1 % の見込み\n"
        f"{ESTIMATE}"
    ]


def test_the_worked_example_of_the_domain(world, aiko):
    bodies.weighs(world, aiko, 68.0)
    bodies.aims_at(world, aiko, 3 * 3600 + 55 * 60)
    said = aiko.says("給水計画　１８度")[0]
    assert "目標: 3:55:00\n気温: 18 °C\n目安: 1時間に480 mL(推定)\n" in said
    assert "飲む範囲: 1時間に480〜540 mL\n" in said
    assert "合計: 1.88 L まで\n給水所: 1か所で約125 mL" in said


def test_in_english(emma):
    said = emma.says("fluid plan for 18 C")[0]
    assert said.startswith(
        "Drinking in the race\nGoal: 3:59:59\nAir: 18 °C\nAim: 350 mL an hour (estimate)\n"
        f"Range: 350 to 400 mL an hour\n{THIRST_EN}\nIn all: up to 1.40 L\n"
    )


def test_too_much_altogether_is_refused_without_numbers_to_follow(world, aiko):
    bodies.weighs(world, aiko, 100.0)
    bodies.aims_at(world, aiko, 6 * 3600)
    assert aiko.says("給水計画 33度") == [
        "レースの給水計画\n目標: 6:00:00\n気温: 33 °C\n"
        "計算上の合計が3.5 Lを超えました。飲みすぎの危険が大きいので、計画はお出ししません。\n"
        f"{NEXT}"
    ]
    assert aiko.labels() == ["相談"]


def test_over_three_litres_comes_with_a_warning(world, aiko):
    bodies.weighs(world, aiko, 75.0)
    bodies.aims_at(world, aiko, 8 * 3600)
    said = aiko.says("給水計画 30度")[0]
    assert "合計が3 Lを超えます。飲みすぎると血液の塩分が薄まり(低ナトリウム血症)" in said
    assert "合計: 3.20 L まで" in said


def test_drinking_that_cannot_protect_asks_for_a_slower_pace(world, aiko):
    bodies.weighs(world, aiko, 90.0)
    bodies.aims_at(world, aiko, 3 * 3600)
    said = aiko.says("給水計画 35度")[0]
    assert (
        "このペースと気温では、給水だけでは体を守れません。ペースを落とす計画に変えましょう。"
        in said
    )


def test_a_withheld_plan_shows_the_stronger_word_alone(world, aiko):
    every = frozenset({FluidWarning.SLOW_DOWN, FluidWarning.WITHHELD})
    plan = FluidPlan(1500, 1153, 800, 800, 800, 4.03, 3133, 200, every)
    with world.database.read() as db:
        router = world.parts.router()
        turn = _turn(world, db, router)
        notes = hydration_words.warnings(turn, plan)
    assert notes == [
        Note(
            "このペースと気温では、飲んでも体の水分が減りすぎます。"
            "この目標での計画はお出しできません。",
            strong=True,
        )
    ]


def _turn(world, db, router):
    from bot.turns import Turns
    from models import person
    from tests.world import SETTINGS

    one = person.by_line_id(db, world.person("相川 愛子").id)
    return Turns(SETTINGS.zone, router.texts).of_person(db, one, world.clock.now())


def test_without_a_goal_the_coach_is_offered(world):
    aoi = world.person("後藤 葵")
    assert aoi.says("給水計画")[0].startswith("目標タイムが決まると給水計画をお出しできます。")
    assert aoi.labels() == ["目標", "相談"]


def test_who_should_ask_the_doctor_gets_no_plan(world, aiko):
    bodies.screened(world, aiko, medicines=True)
    said = aiko.says("給水計画 18度")[0]
    assert said.startswith(f"{GENERAL}\n{THIRST}\n健康チェックの内容から、")
    assert "mL" not in said


def test_an_impossible_temperature_is_asked_again(aiko):
    assert aiko.says("給水計画 60度") == ["気温は0〜40 °Cで教えてください。例: 給水計画 18度"]
