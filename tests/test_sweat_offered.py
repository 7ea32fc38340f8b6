"""発汗テスト, offered at the sessions that plan one, and picked up again after the run."""

from __future__ import annotations

from tests import bodies
from tests.test_checkin import GO, ON_TIME, digits
from tests.test_effort import AFTER

OFFER = GO.split("\n")[1]


def checks_in(world, actor, clock, *, pain="0", slept="よく眠れた"):
    """Check in at the week's session and return what is said last."""
    clock.goes_to(ON_TIME)
    actor.says(digits(world))
    actor.says(pain)
    return actor.says(slept)[0]


def test_offered_at_check_in_and_continued_after_the_session(world, aiko, clock):
    assert checks_in(world, aiko, clock) == GO
    aiko.taps("発汗テスト")
    aiko.says("54.4")
    clock.goes_to(AFTER)
    aiko.taps("6")
    assert aiko.says("75")[0].endswith(
        "発汗テストの続きができます。汗をふいて体重をはかったら、「走り終わった」と送ってください。"
    )
    aiko.taps("走り終わった")
    for answer in ("65分", "200", "なし", "なし", "53.9"):
        aiko.says(answer)
    assert aiko.says("わからない")[0].startswith("最後の質問です。")
    assert aiko.says("10.4")[0].startswith("発汗テストの結果\n条件: 12 °C・65分・10.4 km\n")


def test_the_air_of_the_session_is_taken(world, aiko, clock):
    one = bodies.session_of(world)
    with world.database.write() as db:
        one.temperature = 17.0
        db.merge(one)
    checks_in(world, aiko, clock)
    for answer in ("発汗テスト", "54.4", "走り終わった", "65分", "なし", "なし", "なし"):
        aiko.says(answer)
    assert "「わからない」。17 °C として計算します" in aiko.says("53.9")[0]


def test_not_offered_to_someone_tired_or_whom_the_doctor_decides_for(world, aiko, ryo, clock):
    bodies.screened(world, ryo, organs=True)
    assert OFFER not in checks_in(world, aiko, clock, slept="あまり")
    assert OFFER not in checks_in(world, ryo, clock)
