"""レースプラン: splits, gates and stations on cards, and when there is no plan."""

from __future__ import annotations

import json

from models import race
from models.race_runner import START
from tests import bodies
from tests.test_sweat import takes_test

THREE_55 = 3 * 3600 + 55 * 60


def cards(actor):
    """Return the texts of each card of the newest message."""
    contents = actor.shown()[-1]["message"]["contents"]
    return [_texts(bubble) for bubble in contents["contents"]]


def starts(world, actor, minutes):
    """Tell an actor's start, in minutes after the gun."""
    with world.database.write() as db:
        one = actor.record()
        held = race.of_person(db, one, world.clock.now())
        fact = race.RaceFact(person_id=one.key, race_id=held.key, name=START, value=str(minutes))
        fact.at = world.clock.now()
        race.tell(db, fact)


def test_the_plan_of_a_member(world, aiko):
    bodies.weighs(world, aiko, 68.0)
    bodies.aims_at(world, aiko, THREE_55)
    said = aiko.says("レースプラン")[0]
    assert said.startswith(
        "レースプラン\n目標: 3:55:00\nペース: 1 km 5:34(秒未満は切り捨て)\n"
        "5 km: 0:27:51\n10 km: 0:55:42\n15 km: 1:23:32\n20 km: 1:51:23\nハーフ: 1:57:30\n"
        "25 km: 2:19:14\n30 km: 2:47:05\n35 km: 3:14:56\n40 km: 3:42:47\nゴール: 3:55:00\n"
        "最初の5 kmは1 km 5:39 で抑えて入り、30 kmまで目標ペース。"
        "遅れは急いで取り返さなくて大丈夫です。ハーフは 1:57:01〜1:57:58 で通れたら理想的です。\n"
    )
    _, gates, drinks, first, second = cards(aiko)
    assert "号砲から10分後、09:20 にスタートすると仮定しました。" in gates[1]
    assert gates[2:4] == ["5.6 km", "〆10:30 余裕38分"]
    assert "関門は2023年大会の情報です。毎年変わるので、公式ガイドで必ず確かめてください。" in gates
    assert "1か所で約104 mL(15か所の場合)" in drinks
    assert first[:5] == [
        "給水所 5〜22.5 km",
        "5 km",
        "0:27　スポドリ 100 mL",
        "7.5 km",
        "0:41　水 100 mL+ジェル1本",
    ]
    assert second[0] == "給水所 25〜40 km"
    assert aiko.labels() == ["給水計画", "レース前の水分", "相談"]


def test_in_english(emma):
    said = emma.says("My race plan, please")[0]
    assert said.startswith(
        "Your race plan\nGoal: 3:59:59\nPace: 5:41/km (rounded down)\n5 km: 0:28:26\n"
    )
    assert cards(emma)[1][2:4] == ["5.6 km", "closes 10:30, 38 min to spare"]


def test_a_warm_day_slows_the_goal(world, aiko):
    bodies.aims_at(world, aiko, THREE_55)
    said = aiko.says("レースプラン　２０度")[0]
    assert "目標: 3:55:00\n20 °C: 目標は 4:07:42 に(暑さ指数 約19 °C)" in said
    assert "暑い日の計画です。" in said


def test_heat_in_which_nobody_should_run(aiko):
    assert aiko.says("35度ならレースプラン")[0].startswith(
        "35 °C で日差しがあると、走るのは危険です。"
    )
    assert aiko.labels() == ["相談"]
    assert "タイムを狙わないでください" in aiko.says("レースプラン 25度")[0]


def test_an_impossible_temperature(aiko):
    assert aiko.says("レースプラン 60度") == [
        "気温は0〜40 °Cで教えてください。例: レースプラン 18度"
    ]


def test_a_start_too_far_back_is_said_plainly(world, aiko):
    bodies.aims_at(world, aiko, 6 * 3600 + 30 * 60)
    starts(world, aiko, 20)
    aiko.says("レースプラン")
    gates = cards(aiko)[1]
    assert gates[1] == "号砲から20分後、09:30 にスタートする場合です。"
    assert gates[4:6] == ["9.9 km", "〆11:00 1.5分足りません"]
    assert (
        "このペースでは、9.9 kmの関門に間に合いません。"
        "全部の関門を通るには、1 km 8:48 より速く進む必要があります。"
        "スタート位置と目標を、コーチと見直しましょう。"
    ) in gates


def test_who_runs_to_finish_gets_a_kind_plan_inside_the_gates(world):
    aoi = world.person("後藤 葵")
    said = aoi.says("レースプラン")[0]
    assert said.startswith(
        "レースプラン\n完走が目標ですね。関門に少し余裕を残して、同じリズムで進む計画です。"
    )
    assert "4分走って1分歩くのもよい方法です。" in said
    assert not any("足りません" in line for line in cards(aoi)[1])
    assert any("給水所では30〜60秒歩いて" in line for line in cards(aoi)[-1])


def test_the_heavy_sweater_on_a_hot_day_must_slow_down(world, aiko):
    bodies.weighs(world, aiko, 68.0)
    bodies.aims_at(world, aiko, THREE_55)
    run = ("走り終わった", "90分", "1000", "なし", "なし")
    takes_test(aiko, after="66.72", air="22", run=run)
    said = aiko.says("給水計画 22度")[0]
    assert "この目標での計画はお出しできません。" in said
    assert "1時間に" not in said
    assert aiko.labels() == ["相談"]


def test_a_goal_that_drinking_cannot_protect_has_no_splits(world, aiko):
    bodies.weighs(world, aiko, 100.0)
    bodies.aims_at(world, aiko, 6 * 3600)
    aiko.says("レースプラン 24度")
    bodies.weighs(world, aiko, 68.0)
    bodies.aims_at(world, aiko, 2 * 3600 + 40 * 60)
    takes_test(
        aiko, after="65.9", air="12", run=("走り終わった", "60分", "なし", "なし", "なし"), km="12"
    )
    aiko.says("レースプラン 22度")
    titles = [card[0] for card in cards(aiko)]
    assert titles == ["レースの給水", "関門"]


def test_the_doctors_answer_leaves_splits_and_gates_alone(world, aiko):
    bodies.screened(world, aiko, medicines=True)
    aiko.says("レースプラン")
    shown = cards(aiko)
    assert [card[0] for card in shown] == ["東京マラソン2027", "関門", "レースの給水"]
    assert "主治医" in shown[2][-1]
    assert not any("mL" in line or "ジェル" in line for card in shown for line in card)


def test_without_weight_gels_but_no_amounts(world):
    hana = world.person("山口 浩")
    hana.says("レースプラン")
    shown = [line for card in cards(hana) for line in card]
    assert not any("mL" in line for line in shown)


def test_the_carousel_fits_lines_limits(aiko):
    aiko.says("レースプラン")
    contents = aiko.shown()[-1]["message"]["contents"]
    assert len(contents["contents"]) <= 12
    assert len(json.dumps(contents, ensure_ascii=False).encode()) < 25_000


def test_a_coach_without_a_class_of_their_own_is_told_kindly(coach):
    assert coach.says("レースプラン")[0].startswith("クラスに登録すると")


def _texts(node):
    if isinstance(node, list):
        return [text for part in node for text in _texts(part)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if node.get("type") == "text" else []
    return own + [text for part in node.values() for text in _texts(part)]
