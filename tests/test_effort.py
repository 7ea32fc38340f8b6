"""きつさ: asked a quarter of an hour after the end, in two taps, kept with consent."""

from __future__ import annotations

import pytest

from bot.buttons import pack
from handlers.effort import Effort
from models.attendance import EFFORT, MINUTES
from tests import bodies
from tests.test_checkin import ON_TIME, digits, feelings

ASKED = (
    "おつかれさまでした! 今日の練習は、全体でどれくらいきつかったですか? "
    "0(楽)〜10(限界)で教えてください。「きつさ 6」のように送っても大丈夫です。"
)
TOO_LATE = "きつさは、チェックインした練習の翌日までに教えてください。次の練習でまた聞きますね。"
AFTER = "2026-11-25 21:15"


def trains(world, actor, clock, until=AFTER):
    """Check in and go to after the session."""
    clock.goes_to(ON_TIME)
    actor.says(digits(world))
    actor.says("やめる")
    clock.goes_to(until)


def test_asked_once_and_answered_in_two_taps(world, aiko, clock):
    trains(world, aiko, clock, "2026-11-25 21:14")
    assert ASKED not in aiko.hears()
    clock.goes_to(AFTER)
    assert aiko.hears()[-1] == ASKED
    assert aiko.labels() == [str(n) for n in range(11)]
    assert aiko.taps("6") == ["きつさ 6 ですね。体を動かしたのは何分くらいでしたか?"]
    assert "65分" in aiko.labels()
    assert aiko.taps("75分") == [
        "きつさ6 × 75分 = 負荷 450、記録しました。今夜はしっかり食べて、ゆっくり休んでくださいね。"
    ]
    assert feelings(world, aiko) == {EFFORT: 6, MINUTES: 75}
    clock.passes(hours=3)
    assert aiko.hears().count(ASKED) == 1


def test_in_english_and_typed(world, emma, clock):
    trains(world, emma, clock)
    assert emma.hears()[-1].startswith("Well done! How hard was the session as a whole")
    assert emma.says("effort 7") == ["Effort 7, then. For about how many minutes were you moving?"]
    assert emma.says("80") == [
        "Effort 7 × 80 min = a load of 560, noted. Eat well and rest tonight."
    ]


def test_only_those_who_were_there_and_consented_are_asked(world, aiko, ryo, hiroshi, clock):
    clock.goes_to(ON_TIME)
    for one in (aiko, hiroshi):
        one.says(digits(world))
    clock.goes_to(AFTER)
    asked = [ASKED in one.hears() for one in (aiko, ryo, hiroshi)]
    assert asked == [True, False, False]


@pytest.mark.parametrize("typed", ["きつさ　６", "RPE 5.5", "練習のきつさは6です"])
def test_a_typed_effort_is_read(world, aiko, clock, typed):
    trains(world, aiko, clock)
    aiko.says(typed)
    assert feelings(world, aiko) == {EFFORT: 6}


def test_bad_answers_are_asked_again(world, aiko, clock):
    trains(world, aiko, clock)
    assert aiko.says("きつさ 11") == ["きつさは0〜10の数字で教えてください。例: きつさ 6"]
    aiko.says("きつさ 4")
    for bad in ("nan", "−3", "0", "601", "1_0", "長かった"):
        assert "1〜600の数字で" in aiko.says(bad)[0], bad
    aiko.says("やめる")
    assert feelings(world, aiko) == {EFFORT: 4}


def test_old_and_hand_made_taps(world, aiko, ryo, clock):
    trains(world, aiko, clock)
    one = bodies.session_of(world).key
    assert ryo.sends_data(pack(Effort(one, 5))) == [TOO_LATE]
    assert aiko.sends_data(pack(Effort(10**12, 5))) == [TOO_LATE]
    assert "0〜10の数字" in aiko.sends_data(pack(Effort(one, 99)))[0]
    tap = aiko.button("5")
    clock.passes(hours=25)
    assert aiko.acts(tap) == [TOO_LATE]
    assert feelings(world, aiko) == {}


def test_consent_withdrawn_keeps_nothing(world, aiko, clock):
    trains(world, aiko, clock)
    aiko.taps("5")
    bodies.consents(world, aiko, given=False)
    assert "同意" in aiko.says("60")[0]
    assert feelings(world, aiko) == {}


def test_a_tick_by_the_coach_counts_too(world, aiko, coach, clock):
    clock.goes_to(ON_TIME)
    coach.says("点呼")
    coach.taps("相川 愛子")
    clock.goes_to(AFTER)
    assert ASKED in aiko.hears()
