"""チェックイン: the day's code in the session's time, then pain and sleep in one tap each."""

from __future__ import annotations

import pytest

from models import code
from models.attendance import SLEEP, Checkin, Feeling
from models.pain import PainReport
from tests import bodies

ON_TIME = "2026-11-25 18:45"
HOW_SORE = "いま、体に痛みはありますか? 0(なし)〜10で教えてください。"
HOW_SLEPT = "昨日はよく眠れましたか?"
WRONG = "今日のコードと違うようです。コーチにもう一度聞いて、送ってみてください。"
OPENS = "チェックインは 11月25日(水) 18:30 から 21:30 までです。その間にもう一度どうぞ。"
GO = (
    "今日もよい練習を!\n今日は発汗テストに向いた日です。"
    "よければ、走る前に体重をはかってみませんか? 「発汗テスト」と送ると、順番に案内します。"
)


def digits(world, class_code="S4", week=11):
    """Return the code a coach would read out."""
    one = bodies.session_of(world, class_code, week)
    return code.of_day(one.key, one.starts_at.date())


def wrong(world):
    """Return four digits that are nobody's."""
    taken = {digits(world, c) for c in ("S3", "S35", "S4", "S45", "S5", "S6", "FIN")}
    return next(str(n) for n in range(1000, 9999) if str(n) not in taken)


def here(world, actor, week=11):
    """Say whether an actor is checked in."""
    one, me = bodies.session_of(world, week=week).key, actor.record().key
    return any((r.session_id, r.person_id) == (one, me) for r in bodies.rows(world, Checkin))


def been(world, actor):
    return sum(row.person_id == actor.record().key for row in bodies.rows(world, Checkin))


def feelings(world, actor):
    mine = actor.record().key
    return {r.kind: r.value for r in bodies.rows(world, Feeling) if r.person_id == mine}


def test_code_pain_and_sleep(world, aiko, clock):
    before = been(world, aiko)
    clock.goes_to(ON_TIME)
    assert aiko.says(digits(world)) == [
        f"チェックインしました。今期 {before + 1}/25 回目です。\n{HOW_SORE}"
    ]
    assert aiko.labels() == [str(n) for n in range(11)]
    assert aiko.taps("0") == [HOW_SLEPT]
    assert aiko.labels() == ["よく眠れた", "ふつう", "あまり"]
    assert aiko.taps("よく眠れた") == [GO]
    assert here(world, aiko)
    assert feelings(world, aiko) == {SLEEP: "well"}
    assert [row.level for row in bodies.rows(world, PainReport)] == [0]


def test_asked_for_the_code_first_and_in_english(world, emma, clock):
    before = been(world, emma)
    clock.goes_to(ON_TIME)
    assert emma.says("I'm here") == ["Send the four digits your coach reads out today."]
    assert emma.says(digits(world)) == [
        f"You're checked in: session {before + 1} of 25 this term.\n"
        "Any pain just now? 0 (none) to 10."
    ]
    assert emma.taps("2") == ["How did you sleep last night?"]
    assert emma.taps("not much") == [
        "Thanks for telling me. Take it easy today and stop whenever it feels hard."
    ]


@pytest.mark.parametrize("typed", ["チェックイン　{}", "コード {} です", "{}"])
def test_the_code_as_it_is_typed(world, aiko, clock, typed):
    wide = digits(world).translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    clock.goes_to(ON_TIME)
    aiko.says(typed.format(wide))
    assert here(world, aiko)


def test_only_in_the_sessions_time(world, aiko, clock):
    clock.goes_to("2026-11-25 18:29")
    assert aiko.says("チェックイン") == [OPENS]
    assert aiko.says(digits(world)) == [
        f"4けたの数字は、チェックインのコードとして読みました。\n{OPENS}"
    ]
    clock.goes_to("2026-11-25 21:31")
    assert "チェックインは 12月2日(水) 18:30 から" in aiko.says(digits(world))[0]
    assert not here(world, aiko)


def test_it_counts_when_it_was_said_not_when_it_was_heard(world, aiko, clock):
    clock.goes_to("2026-11-25 21:29")
    world.phones.say(aiko.id, aiko.id, digits(world))
    clock.passes(minutes=5)
    assert here(world, aiko)


def test_wrong_codes_are_met_kindly_and_five_an_hour_at_most(world, aiko, clock):
    clock.goes_to(ON_TIME)
    assert aiko.says(digits(world, "S3")) == [
        "それは別のクラスのコードのようです。自分のクラスのコードを送ってください。"
    ]
    for _ in range(4):
        assert aiko.says(wrong(world)) == [WRONG]
    assert aiko.says(digits(world))[0].startswith("コードの入力が続けて合わなかったので")
    assert not here(world, aiko)
    clock.passes(hours=1, minutes=1)
    aiko.says(digits(world))
    assert here(world, aiko)


def test_bad_answers_are_asked_again(world, aiko, clock):
    clock.goes_to(ON_TIME)
    aiko.says("チェックイン")
    for bad in ("nan", "−3", "48271", "ABCD", "1_000"):
        assert "4けたの数字で送ってください。" in aiko.says(bad)[0], bad
    aiko.says(digits(world))
    for bad in ("nan", "−3", "11", "痛くない"):
        assert aiko.says(bad)[0].endswith("痛みを0〜10の数字で教えてください。"), bad
    aiko.says("１")
    assert aiko.says("8時間")[0].startswith("近いものを選んでください")
    assert aiko.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    assert here(world, aiko)
    assert feelings(world, aiko) == {}


def test_pain_of_four_stops_today_and_both_coaches_hear(world, aiko, coach, support, clock):
    clock.goes_to(ON_TIME)
    heard = len(coach.hears()), len(support.hears())
    aiko.says(digits(world))
    said = aiko.taps("4")
    assert said[0].startswith("今日のランは、ここまでにしましょう。")
    assert said[0].endswith("担当のコーチにも伝えました。見たらお知らせします。")
    assert said[1] == HOW_SLEPT
    for one, before in zip((coach, support), heard, strict=True):
        assert one.hears()[before:] == [
            "相川 愛子さんから痛みの連絡\n場所: まだ聞いていません\n強さ: 4/10\n"
            "ご本人には、今日は走らないようにと伝えました。"
        ]


def test_without_consent_only_the_presence_is_kept(world, hiroshi, clock):
    before = been(world, hiroshi)
    clock.goes_to(ON_TIME)
    assert hiroshi.says(digits(world)) == [
        f"チェックインしました。今期 {before + 1}/25 回目です。\n今日もよい練習を!"
    ]
    assert here(world, hiroshi)
    assert bodies.rows(world, PainReport) == []


def test_twice_is_once(world, aiko, clock):
    clock.goes_to(ON_TIME)
    before = been(world, aiko)
    outcome = world.phones.say(aiko.id, aiko.id, digits(world))
    world.settle()
    world.comes_again(outcome)
    assert aiko.says(digits(world)) == [
        f"今日はもうチェックイン済みです(今期 {before + 1}/25 回)。"
    ]
    assert been(world, aiko) == before + 1


def test_not_in_a_group_and_not_by_a_coach(world, aiko, coach, clock):
    clock.goes_to(ON_TIME)
    assert "1対1" in aiko.in_group("S4").says(f"たすき {digits(world)}")[0]
    assert coach.says(digits(world))[0].startswith(
        "チェックインは、クラスのメンバーの方の機能です。"
    )
    assert not here(world, aiko)
