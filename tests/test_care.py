"""Who needs a word: two sessions missed and not heard of; the coaches hear, and a coach writes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.buttons import pack
from bot.care_card import HandOver, Known, Write
from models import attendance, person, school
from models.attendance import Checkin
from models.care import Spell
from models.school import Membership
from tests import bodies

CARD = (
    "山口 浩さん\nお休み 2回続けて: 11月11日(水)、11月18日(水)\n"
    "この間、出欠の回答もメッセージもありません。"
)
NOBODY = ["いま、声をかけたほうがよさそうな人はいません。"]
EVERYBODY = ("相川 愛子", "山田 亮", "Emma Clarke", "山口 浩", "松本 千尋")


def was_there(world, week, *names):
    """Let these members have been at a session of sub-4."""
    found = bodies.session_of(world, week=week)
    with world.database.write() as db:
        for name in names:
            one = world.person(name).record().key
            row = Checkin(session_id=found.key, person_id=one, at=found.starts_at)
            assert attendance.check_in(db, row)


def since(world, days):
    """Let everybody have been a member for so long."""
    with world.database.write() as db:
        for one in db.exec(bodies.select(Membership)):
            one.joined_at = world.clock.now() - timedelta(days=days)
            db.add(one)


@pytest.fixture
def missing(world, hiroshi):
    """Everybody was at week 8; hiroshi missed 9 and 10."""
    since(world, 60)
    was_there(world, 8, *EVERYBODY)
    for week in (9, 10):
        was_there(world, week, *(n for n in EVERYBODY if n != "山口 浩"))
    return hiroshi


def digests(actor):
    return [said for said in actor.hears() if "回続けて" in said or "in a row" in said]


def test_the_coaches_hear_at_noon_on_monday_and_once(missing, coach, support, office, clock):
    clock.goes_to("2026-11-23 11:59")
    assert digests(coach) == []
    clock.goes_to("2026-11-23 12:00")
    assert digests(coach) == digests(support) == [CARD]
    assert coach.labels() == ["ひとこと書く", "事情を知っている", "もう一人のコーチに頼む"]
    clock.goes_to("2026-12-01 12:00")
    assert digests(coach) == [CARD]
    assert digests(missing) == digests(office) == []


def test_the_coach_writes_and_the_member_reads_it_from_the_coach(missing, coach, support, clock):
    clock.goes_to("2026-11-23 12:00")
    assert coach.taps("ひとこと書く")[0].startswith("山口 浩さんへのひとことを、")
    assert coach.says("元気ですか? また一緒に走りましょう") == [
        "山口 浩さんにはこう届きます。\n\n西岡 遥コーチから、ひとことです。\n\n"
        "元気ですか? また一緒に走りましょう\n\n送りますか?"
    ]
    before = len(missing.hears())
    assert coach.says("送る")[0].startswith("山口 浩さんに届けました。")
    assert missing.hears()[before:] == [
        "西岡 遥コーチから、ひとことです。\n\n元気ですか? また一緒に走りましょう"
    ]
    assert missing.taps("コーチに返事")[0].startswith("どんな小さなことでも大丈夫です。")
    assert support.taps("ひとこと書く") == [
        "西岡 遥さんが11月23日(月) 12:00に、ひとことを送っています。"
    ]
    assert coach.says("気になる人") == NOBODY


def test_two_coaches_who_write_at_once_send_one_note(missing, coach, support, clock):
    clock.goes_to("2026-11-23 12:00")
    for one in (coach, support):
        one.taps("ひとこと書く")
        one.says("お元気ですか")
    before = len(missing.hears())
    coach.says("送る")
    assert "ひとことを送っています" in support.says("送る")[0]
    assert len(missing.hears()) == before + 1


def test_the_note_is_rewritten_cancelled_or_taken_back(world, missing, coach, clock):
    clock.goes_to("2026-11-23 12:00")
    before = len(missing.hears())
    coach.taps("ひとこと書く")
    coach.says("あ" * 501)
    assert coach.hears()[-1] == "500文字までで、もう一度お願いします。"
    coach.says("まちがい")
    coach.says("書き直す")
    assert coach.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    coach.says("気になる人")
    coach.taps("ひとこと書く")
    outcome = world.phones.say(coach.id, coach.id, "カナリア")
    world.settle()
    world.phones.unsend(outcome.message_id)
    world.settle()
    coach.says("送る")
    assert len(missing.hears()) == before


def test_known_and_fine_closes_the_spell_but_not_the_next(world, missing, coach, support, clock):
    clock.goes_to("2026-11-23 12:00")
    assert coach.taps("事情を知っている") == [
        "わかりました。山口 浩さんについては、今回はもうお知らせしません。"
    ]
    assert "事情を知っている" in support.taps("事情を知っている")[0]
    was_there(world, 11, *EVERYBODY)
    for week in (12, 13):
        was_there(world, week, *(n for n in EVERYBODY if n != "山口 浩"))
    clock.goes_to("2026-12-14 12:00")
    assert [said.splitlines()[1] for said in digests(coach)[1:]] == [
        "お休み 2回続けて: 12月2日(水)、12月9日(水)"
    ]


def test_it_is_handed_to_the_other_coach_once(missing, coach, support, clock):
    clock.goes_to("2026-11-23 12:00")
    assert coach.taps("もう一人のコーチに頼む") == ["久我 大地さんにお願いしました。"]
    coach.taps("もう一人のコーチに頼む")
    handed = [said for said in support.hears() if "引き継ぎのお願い" in said]
    assert [said.splitlines()[0] for said in handed] == ["山口 浩さん(引き継ぎのお願い)"]
    support.taps("事情を知っている")
    assert "久我 大地さんが" in coach.taps("もう一人のコーチに頼む")[0]


def test_whoever_wrote_or_answered_or_came_is_left_in_peace(world, missing, coach, clock):
    missing.says("今週")
    assert coach.says("気になる人") == NOBODY
    clock.goes_to("2026-11-23 12:00")
    assert digests(coach) == []


def test_one_who_blocked_us_is_named_as_out_of_reach(missing, coach):
    missing.blocks()
    (said,) = coach.says("気になる人")
    assert said.endswith("たすきからは届きません。電話など、別の方法でお願いします。")
    assert coach.labels() == ["事情を知っている", "もう一人のコーチに頼む"]


def test_cancelled_sessions_newcomers_and_lists_not_kept_count_for_nothing(world, hiroshi, coach):
    since(world, 60)
    was_there(world, 9, *(n for n in EVERYBODY if n != "山口 浩"))
    was_there(world, 10, *(n for n in EVERYBODY if n != "山口 浩"))
    found = bodies.session_of(world, week=10)
    bodies.changes(world, found, cancelled=True)
    assert coach.says("気になる人") == NOBODY
    bodies.changes(world, found, cancelled=False)
    since(world, 6)
    assert coach.says("気になる人") == NOBODY


def test_only_this_classes_coaches(world, missing, coach, aiko):
    coach.says("気になる人")
    number = bodies.rows(world, Spell)[0].id
    other = world.person("橋爪 岳")  # main coach of sub-3
    for data in (Write(number), Known(number), HandOver(number), Write(-1), Known(10**9)):
        assert other.sends_data(pack(data)) == [
            "これは担当クラスのメンバーのことではないようです。"
        ]
        assert "担当のコーチか事務局" in aiko.sends_data(pack(data))[0]
    assert other.says("気になる人") == NOBODY
    assert "1対1" in coach.in_group("S4").says("たすき 気になる人")[0]


def test_in_english(missing, coach):
    coach.says("English")
    (said,) = coach.says("who needs a word")
    assert said.startswith("山口 浩\nMissed 2 in a row: Wed 11 Nov, Wed 18 Nov\nNo answer and")
    coach.taps("Write a note")
    assert coach.says("We miss you")[0].startswith("山口 浩 will read:\n\n西岡 遥コーチから")


def test_more_than_five_come_as_four_and_a_word(world, missing, coach):
    with world.database.write() as db:
        for number in range(6):
            name = {"displayName": f"メンバー{number}", "language": "ja"}
            one = person.meet(db, f"U{number:032x}", world.clock.now(), name)
            school.grant(db, one, school.MEMBER, 3, world.clock.now() - timedelta(days=60))
    said = coach.says("気になる人")
    assert len(said) == 5
    assert said[-1].startswith("ほかに3人います。")
