"""記録: time trials and races, what they predict, and who sees them."""

from __future__ import annotations

from datetime import datetime

from models import result
from tests.newcomers import settled
from tests.world import SETTINGS

KEPT = (
    "11月23日(月) 10 km 49:30、記録しました。担当のコーチも見られます。\n"
    "フルの予想は3:48〜4:20、計画するなら3:58くらいです。\n"
    "いまの目標 3:59:59 に合った力です。"
)


def kept(world, actor):
    with world.database.read() as db:
        rows = result.of_person(db, actor.record().key, 10)
        return [(row.ran_on.isoformat(), row.km, row.seconds) for row in rows]


def test_a_result_told_in_one_go_predicts_the_marathon(world, aiko):
    settled(aiko)
    assert aiko.says("記録　１０ｋｍ　４９：３０") == [KEPT]
    assert kept(world, aiko) == [("2026-11-23", 10.0, 2970)]


def test_a_result_is_asked_for_step_by_step(world, aiko):
    assert aiko.says("記録を入れる")[0].startswith("おつかれさまでした! 走った距離は?")
    assert aiko.taps("ハーフ") == ["ハーフのタイムを送ってください。例: 1:56:02"]
    assert aiko.says("とても速い")[0].startswith("その距離のタイムとして読み取れませんでした。")
    assert aiko.says("12:00")[0].startswith("その距離のタイムとして読み取れませんでした。")
    assert aiko.says("1時間46分40秒")[0].startswith("11月23日(月) ハーフ 1:46:40、記録しました。")
    assert kept(world, aiko) == [("2026-11-23", 21.0975, 6400)]


def test_a_result_in_english_of_another_day(world, emma):
    settled(emma, goal="3:59:59", race="entered")
    said = emma.says("yesterday")  # no day alone is a result
    assert "noted" not in said[0]
    said = emma.says("11/15 half in 1:46:40")[0]
    assert said.splitlines() == [
        "a half marathon in 1:46:40 on Sun 15 Nov, noted. Your coaches can see it too.",
        "For the marathon that means 3:43 to 3:57; plan with about 4:00.",
        "That fits your goal of 3:59:59.",
    ]
    assert kept(world, emma) == [("2026-11-15", 21.0975, 6400)]


def test_a_slow_test_is_met_kindly_and_a_fast_one_without_pushing(aiko):
    settled(aiko)
    assert "もう少し時間をかけて" in aiko.says("10キロ 1:05:00")[0]
    assert "余裕がありそうです" in aiko.says("10キロ 44:00")[0]


def test_other_distances_predict_nothing(aiko):
    assert aiko.says("5km 24分30秒") == [
        "11月23日(月) 5 km 24:30、記録しました。担当のコーチも見られます。"
    ]


def test_told_again_for_the_day_it_is_corrected(world, aiko):
    aiko.says("10km 49:30")
    aiko.says("10km 48:30")
    assert kept(world, aiko) == [("2026-11-23", 10.0, 2910)]


def test_an_impossible_time_is_asked_again(world, aiko):
    assert aiko.says("10km 20:00")[0].startswith("10 kmのタイムが読み取れませんでした。")
    assert kept(world, aiko) == []
    assert "記録しました" in aiko.says("50:00")[0]


def test_it_is_deleted_by_a_tap_and_only_ones_own(world, aiko, ryo):
    aiko.says("10km 49:30")
    button = aiko.button("この記録を消す")
    assert ryo.acts(button) == ["その記録は、もうありません。"]
    assert aiko.acts(button) == ["11月23日(月) 10 kmの記録を消しました。"]
    assert aiko.acts(button) == ["その記録は、もうありません。"]
    assert kept(world, aiko) == []


def test_taking_the_message_back_takes_the_result_back(world, aiko):
    aiko.says("10km 49:30")
    mine = [b for b in world.sim.chats.bubbles if b.sender == aiko.id]
    world.phones.unsend(mine[-1].id)
    world.settle()
    assert kept(world, aiko) == []


def test_after_a_test_those_who_were_there_are_asked(world, clock, aiko, ryo, coach):
    clock.at = datetime(2027, 1, 17, 8, 50, tzinfo=SETTINGS.zone)  # the half, in week 18
    coach.says("点呼")
    coach.taps("相川 愛子")
    clock.goes_to("2027-01-17 20:00")
    assert [said for said in aiko.hears() if "タイムを残しておくと" in said] != []
    assert [said for said in ryo.hears() if "タイムを残しておくと" in said] == []
    aiko.says("ハーフ")
    assert "記録しました" in aiko.says("1:48")[0]


def test_a_coach_sees_the_results_of_their_classes_only(world, aiko, coach):
    assert coach.says("記録一覧")[0].startswith("サブ4クラスの記録は、まだありません。")
    aiko.says("10km 49:30")
    assert coach.says("クラスの記録")[0].splitlines() == [
        "クラスの記録",
        "相川 愛子: 10 km 49:30(11月23日(月))",
    ]
    assert aiko.says("記録一覧") == ["この操作は、クラスの担当コーチだけができます。"]
    other = world.person("橋爪 岳")
    assert "相川" not in other.says("記録一覧")[0]


def test_an_old_button_never_deletes_a_later_result(world, aiko):
    settled(aiko)
    aiko.says("記録 10km 59:30")
    old = aiko.button("この記録を消す")
    aiko.acts(old)
    aiko.says("記録 10km 49:30")
    aiko.acts(old)
    assert kept(world, aiko) == [("2026-11-23", 10.0, 2970)]


def test_a_time_that_comes_a_day_late_is_met_kindly(aiko, clock):
    aiko.says("記録を入れる")
    aiko.taps("ハーフ")
    clock.passes(hours=25)
    assert "時間" in aiko.says("1:46:40")[0]
