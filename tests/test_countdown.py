"""カウントダウン: what comes next and what is done, for runners and for those who lead them."""

from __future__ import annotations

import pytest

from tests.race_stage import enters, stands_at, titles, world

__all__ = ["world"]


def test_the_word_says_what_comes_next_and_what_is_done(world, aiko, clock):
    assert aiko.says("カウントダウン") == [
        "東京マラソン2027 3月7日(日) 09:10\n次は: 2月7日(日) 19:00 あと4週間\n"
        "済み: これから始まります\nスタート: 09:10(まだ聞いていないので、号砲と同じとして)\n"
        "朝食: 06:10(まだ聞いていないので、スタートの3時間前として)"
    ]
    assert aiko.labels() == ["レース設定"]
    clock.goes_to("2027-02-07 19:01")
    aiko.taps("当てはまらない")
    said = aiko.says("レースまであと何日?")[0]
    assert "次は: 2月10日(水) 12:15 公式案内を開く\n済み: ✓ あと4週間\n" in said


@pytest.mark.parametrize(
    "text", ["かうんとだうん", "大会まであと何日ですか", "本番まで", "ｶｳﾝﾄﾀﾞｳﾝ"]
)
def test_it_is_woken_as_runners_type(aiko, text):
    assert titles(aiko.says(text)) == ["東京マラソン2027 3月7日(日) 09:10"]


def test_it_is_complete_in_english(emma):
    assert emma.says("How many days to go?")[0].startswith(
        "Tokyo Marathon 2027, Sun 7 Mar 09:10\nNext: Four weeks to go (Sun 7 Feb, 19:00)\n"
        "Done: Just beginning"
    )


def test_a_step_for_others_is_not_announced(world, aiko):
    stands_at(world, "2027-02-22 12:00")
    assert "次は: 2月28日(日) 19:00 あと1週間" in aiko.says("カウントダウン")[0]


def test_who_does_not_run_is_not_counted_down(world, aiko):
    enters(world, aiko, "no")
    assert "今回は出ないと聞いています。" in aiko.says("カウントダウン")[0]


def test_a_coach_and_the_office_see_the_schools_race(coach, office):
    assert coach.says("カウントダウン") == [
        "東京マラソン2027 3月7日(日) 09:10\n次は: 2月7日(日) 19:00 あと4週間"
    ]
    assert titles(office.says("カウントダウン")) == ["東京マラソン2027 3月7日(日) 09:10"]


def test_after_the_last_word_it_is_complete(world, aiko):
    stands_at(world, "2027-03-09 18:00")
    assert "カウントダウンは全部終わりました。" in aiko.says("カウントダウン")[0]
    assert aiko.labels() == ["レース設定", "体調チェック"]
