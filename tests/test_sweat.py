"""発汗テスト: guided, paused, checked at every step, and used in all drinking advice."""

from __future__ import annotations

import pytest

from models import sweat
from tests import bodies

RAN = ("走り終わった", "90分", "500", "なし", "なし")


def takes_test(actor, before="68", after="66.9", air="12", km="16.36", *, run=RAN):
    """Go through a whole test and return what is said at its end."""
    actor.says("発汗テスト")
    for answer in (before, *run, after, air):
        actor.says(answer)
    return actor.says(km)


def test_a_test_from_beginning_to_end(world, aiko):
    bodies.weighs(world, aiko, 68.0)
    said = aiko.says("発汗テスト")[0]
    assert said.startswith("発汗テストを始めましょう。\n1. トイレをすませる\n")
    assert aiko.says("６８．０ｋｇ")[0].startswith("68.0 kg ですね。では、レースのペースで60〜90分")
    assert aiko.taps("走り終わった") == [
        "おつかれさまでした。走った時間はどれくらいでしたか?(例: 75分)"
    ]
    assert aiko.says("1時間半")[0].startswith("走っている間に、どれだけ飲みましたか?")
    assert aiko.taps("500 mL")[0].startswith("走っている間に食べた物は、何 g でしたか?")
    assert aiko.taps("食べていない")[0].startswith("走る前と後の計測のあいだに、トイレ")
    assert aiko.taps("150 mL")[0].startswith("タオルで汗をふいて")
    assert aiko.says("66.9")[0].startswith("走ったときの気温は何 °C でしたか?")
    assert aiko.says("12度")[0].startswith("最後の質問です。")
    assert aiko.says("16.36km")[0].startswith(
        "発汗テストの結果\n条件: 12 °C・90分・16.4 km\n汗の量: 1時間に約970 mL\n"
        "減った体重: 1.1 kg(1.6 %)\n飲む上限: 同じ条件なら1時間に870 mL\n".replace("870", "800")
    )
    assert "同じ体重・速さ・気温の推定の1.2倍です。" in aiko.hears()[-1]
    assert "食事や塩分と一緒に 1.38〜1.65 L、4〜6時間かけて" in aiko.hears()[-1]
    assert aiko.labels() == ["給水計画", "発汗テストの記録"]


def test_the_measured_factor_is_in_the_race_plan_and_the_sessions(world, aiko):
    bodies.weighs(world, aiko, 68.0)
    bodies.aims_at(world, aiko, 3 * 3600 + 55 * 60)
    takes_test(aiko, run=("走り終わった", "90分", "500", "なし", "150"))
    said = aiko.says("給水計画 18度")[0]
    assert "目安: 1時間に670 mL(発汗テストから)\n飲む範囲: 1時間に670〜800 mL\n" in said
    assert "合計: 2.62 L まで" in said
    assert "推定" not in said
    assert "(発汗テストから)" in aiko.says("給水")[0]


def test_in_english(emma):
    assert emma.says("Sweat test, please")[0].startswith("Let's do a sweat test.")
    for answer in ("54", "finished my run", "75 min", "none", "none", "none"):
        emma.says(answer)
    assert emma.says("53.2")[0].startswith("How warm was it, in °C?")
    emma.says("not sure")
    assert emma.says("5:30")[0].startswith(
        "Your sweat test\nRun: 12 °C, 75 min, 13.6 km\nSweat: about 640 mL an hour\n"
        "Weight lost: 0.8 kg (1.5%)\n"
    )


def test_a_week_of_silence_and_another_language_do_no_harm(world, aiko, clock):
    aiko.says("発汗テスト")
    aiko.says("54.5")
    clock.passes(days=7)
    assert aiko.says("発汗テスト") == [
        "11月23日(月) 09:00 に始めた発汗テストが途中です(走る前 54.5 kg)。"
        "走り終わっていたら「走り終わった」で続けられます。"
        "はかり直すなら「発汗テストをやり直す」をどうぞ。"
    ]
    aiko.taps("走り終わった")
    assert aiko.says("English") != []
    aiko.says("finished my run")
    aiko.says("1:15")
    assert aiko.says("今週") != []
    assert aiko.says("finished running")[0].startswith("How much did you drink")


@pytest.mark.parametrize(
    ("step", "bad"),
    [
        (0, ["nan", "−3", "29.9", "６２，５，１"]),
        (2, ["29", "301", "6時間", "-60", "nan"]),
        (3, ["3001", "-200", "5 L", "=1+1"]),
        (4, ["ジェル2本", "1501", "−1"]),
        (5, ["3001", "多め"]),
        (6, ["0", "201"]),
        (7, ["46", "-3", "暑かった"]),
        (8, ["3", "60", "2:00", "1 2"]),
    ],
)
def test_what_cannot_be_is_asked_again(world, aiko, step, bad):
    good = ["54", *RAN, "53.2", "12", "15"]
    aiko.says("発汗テスト")
    for answer in good[:step]:
        aiko.says(answer)
    before = _values(world, aiko)
    for answer in bad:
        assert "送ってください" in aiko.says(answer)[0], answer
    assert _values(world, aiko) == before
    aiko.says(good[step])
    assert len(_values(world, aiko)) == len(before) + 1


def test_no_lighter_after_the_run_is_no_rate_but_a_warning(world, aiko):
    aiko.says("発汗テスト")
    for answer in ("54", "走り終わった", "90", "1500", "なし", "なし"):
        aiko.says(answer)
    said = aiko.says("54.3")[0]
    assert said.startswith("走ったあとの体重が、減っていませんでした。飲みすぎの可能性があります")
    assert aiko.says("発汗テストの記録")[0].startswith("まだ結果の出た発汗テストがありません。")
    with world.database.read() as db:
        assert sweat.factor(db, aiko.record()) is None


def test_more_than_five_percent_is_weighed_again(aiko):
    aiko.says("発汗テスト")
    for answer in ("54", *RAN):
        aiko.says(answer)
    assert aiko.says("50")[0].startswith(
        "走る前 54.0 kg、あと 50.0 kg。4.0 kg の差は体重の5 %を超えていて"
    )
    assert aiko.says("53.2")[0].startswith("走ったときの気温は")


def test_a_rate_nobody_has_is_weighed_again(aiko):
    aiko.says("発汗テスト")
    for answer in ("54", "走り終わった", "120分", "なし", "なし", "なし"):
        aiko.says(answer)
    assert "100〜3000 mL の範囲に入りません" in aiko.says("53.9")[0]


def _values(world, actor):
    mine = actor.record().key
    return {r.name: r.value for r in bodies.rows(world, sweat.WeighingValue) if r.person_id == mine}
