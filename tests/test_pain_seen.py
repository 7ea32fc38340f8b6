"""対応します: the first coach of the class to see a pain has it, and the member hears."""

from __future__ import annotations

import pytest

from bot.buttons import pack
from bot.pain_words import Seen
from models.pain import PainReport
from tests import bodies


def test_the_first_coach_takes_it_and_the_member_hears(aiko, coach, support):
    aiko.says("膝の痛み5")
    mine, theirs = coach.button("対応します"), support.button("対応します")
    assert coach.acts(mine) == [
        "ありがとうございます。相川 愛子さんに、コーチが見たことを伝えました。"
    ]
    assert aiko.hears()[-1] == "西岡 遥コーチが、痛みの連絡を読みました。"
    assert support.acts(theirs) == ["この連絡は、西岡 遥さんがもう見ています。"]
    assert coach.acts(mine) == ["この連絡は、西岡 遥さんがもう見ています。"]
    assert aiko.hears().count("西岡 遥コーチが、痛みの連絡を読みました。") == 1


def test_only_coaches_of_the_class_may_take_it(world, aiko, ryo):
    aiko.says("膝の痛み5")
    report = bodies.rows(world, PainReport)[0].id
    other = world.person("橋爪 岳")  # main coach of sub-3
    assert other.sends_data(pack(Seen(report))) == ["これは担当クラスの連絡ではないようです。"]
    assert "担当のコーチか事務局" in ryo.sends_data(pack(Seen(report)))[0]
    assert bodies.rows(world, PainReport)[0].taken_by is None


@pytest.mark.parametrize("number", [999, 0, -1, 10**15])
def test_a_report_that_is_not_there_is_met_kindly(coach, number):
    assert coach.sends_data(pack(Seen(number))) == ["この連絡は取り下げられました。"]
