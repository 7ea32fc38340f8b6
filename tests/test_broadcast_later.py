"""A broadcast for later: its hour, the night, the same words again, and a second person's word."""

from __future__ import annotations

from sqlmodel import select

from bot.broadcast_taps import Picked
from bot.buttons import pack
from models import erasure, person
from models.broadcast import State
from models.stored_file import StoredFile
from tests.broadcasting import (
    RAIN,
    SEND,
    SHOWN,
    drafts,
    heard_in_groups,
    newest,
)
from tests.test_photos import picture

PLAN = "サブ4クラスの7人に予約する"


def test_it_is_planned_by_a_typed_time_and_goes_out_at_its_hour(world, coach, aiko, clock):
    drafts(coach)
    assert coach.taps("日時を決めて送る")[0].startswith("いつ送りますか?")
    assert "いつ: 11月24日(火) 19:00" in coach.says("明日１９時")[1]
    assert coach.taps(PLAN)[0].startswith("11月24日(火) 19:00に送ります。それまでは取り消せます。")
    clock.goes_to("2026-11-24 18:59")
    assert heard_in_groups(world, aiko) == []
    clock.goes_to("2026-11-24 19:00")
    assert heard_in_groups(world, aiko) == ["S4"]


def test_a_photo_planned_for_later_is_kept_a_month_longer(world, coach):
    coach.says("配信")
    coach.shows(picture())
    coach.taps("クラスのグループ(7人)")
    coach.taps("日時を決めて送る")
    coach.says("1/15 12:00")
    coach.taps(PLAN)
    with world.database.read() as db:
        kept = db.exec(select(StoredFile.expires_at)).all()
    assert {at.date().isoformat() for at in kept} == {"2027-02-14"}


def test_it_is_planned_by_the_picker(world, coach):
    drafts(coach)
    coach.taps("日時を決めて送る")
    chosen = coach.acts(coach.button("日時を選ぶ"), params={"datetime": "2026-11-24T12:30"})
    assert "いつ: 11月24日(火) 12:30" in chosen[1]
    assert coach.taps("「すぐ送る」に戻す")[1].splitlines()[2] == "いつ: 送信ボタンを押して1分後"


def test_a_time_that_cannot_be_is_asked_for_again(world, coach):
    drafts(coach)
    coach.taps("日時を決めて送る")
    assert coach.says("そのうち")[0].startswith("日時を読み取れませんでした")
    assert coach.says("今日8時")[0] == "11月23日(月) 08:00はもう過ぎているか、近すぎます。"
    assert coach.says("2027/5/1 10:00")[0] == "予約は60日先までです。"
    pick = pack(Picked(newest(world).key))
    for odd in (None, {"datetime": "soon"}, {"datetime": "2026-11-24T12:30+09:00"}, {"date": "x"}):
        assert coach.sends_data(pick, odd)[0].startswith("いつ送りますか?")
    assert newest(world).send_at is None


def test_what_is_planned_is_listed_and_can_be_called_off(world, coach, aiko, clock):
    drafts(coach)
    coach.taps("日時を決めて送る")
    coach.says("明日19時")
    coach.taps(PLAN)
    (listed,) = coach.says("配信予定")
    assert "1. 11月24日(火) 19:00 サブ4クラス グループ(西岡 遥さん) 明日は雨予報です。" in listed
    coach.taps("1を取り消す")
    assert coach.says("配信予定") == ["これから出る配信はありません。"]
    clock.goes_to("2026-11-24 20:00")
    assert heard_in_groups(world, aiko) == []


def test_in_the_night_the_morning_is_offered(world, coach, aiko, clock):
    clock.goes_to("2026-11-23 22:00")
    drafts(coach)
    asked = coach.taps(SEND)[0]
    assert asked.startswith("夜9時から朝8時のあいだは、お休みの方が多い時間です。")
    assert "いつ: 11月24日(火) 08:00" in coach.taps("朝8時に送る")[1]
    coach.taps(PLAN)
    clock.goes_to("2026-11-24 07:59")
    assert heard_in_groups(world, aiko) == []
    clock.goes_to("2026-11-24 08:00")
    assert heard_in_groups(world, aiko) == ["S4"]


def test_who_insists_may_send_at_night(world, coach, aiko, clock):
    clock.goes_to("2026-11-23 22:00")
    drafts(coach)
    coach.taps(SEND)
    assert coach.taps("夜でもサブ4クラスの7人に送る")[0].startswith("1分後に送ります。")
    clock.passes(minutes=1)
    assert heard_in_groups(world, aiko) == ["S4"]


def test_a_night_planned_by_day_is_moved_to_the_morning_after(coach):
    drafts(coach)
    coach.taps("日時を決めて送る")
    coach.says("明日23時")
    coach.taps(PLAN)
    assert "いつ: 11月25日(水) 08:00" in coach.taps("朝8時に送る")[1]


def test_the_same_words_within_ten_minutes_are_asked_about(world, coach, aiko, clock):
    drafts(coach)
    coach.taps(SEND)
    clock.passes(minutes=2)
    drafts(coach)
    assert coach.taps(SEND)[0].startswith("この10分のあいだに、同じ内容をもう送っています。")
    clock.passes(minutes=2)
    assert len(aiko.in_group("S4").hears()) == 1
    coach.taps("もう一度サブ4クラスの7人に送る")
    clock.passes(minutes=1)
    assert aiko.in_group("S4").hears()[-2:] == [SHOWN, SHOWN]


def test_the_other_coachs_same_words_are_asked_about_too(coach, support, clock):
    drafts(coach)
    coach.taps(SEND)
    drafts(support)
    assert support.taps(SEND)[0].startswith("この10分のあいだに、同じ内容をもう送っています。")
    support.says("配信")
    support.taps("新しく書く")
    support.says("別のお知らせです。")
    support.taps("クラスのグループ(7人)")
    assert support.taps(SEND)[0].startswith("1分後に送ります。")


def planned(coach):
    drafts(coach)
    coach.taps("日時を決めて送る")
    coach.says("明日１９時")
    coach.taps(PLAN)


def test_whose_author_has_blocked_us_is_given_to_the_other_coach_and_the_office(
    world, coach, support, office, aiko, clock
):
    planned(coach)
    coach.blocks()
    clock.goes_to("2026-11-24 20:30")
    assert heard_in_groups(world, aiko) == []
    for one in (support, office):
        assert [RAIN in said for said in one.hears()[-2:]] == [False, True]
        assert one.hears()[-2].startswith(
            "西岡 遥さんが11月24日(火) 19:00に予定していた配信(サブ4クラス グループ)は、"
            "送っていません。書いた方が、たすきをブロック"
        )
        assert sum(RAIN in said for said in one.hears()) == 1
    assert newest(world).state == State.CANCELLED


def test_who_blocks_us_in_the_last_second_does_not_call_it_off_in_silence(
    world, coach, support, aiko, clock
):
    planned(coach)
    clock.leaps_to("2026-11-24 19:00")
    world.ticker.plan(clock.now())  # the occurrence is theirs
    with world.database.write() as db:
        person.set_reachable(db, person.by_line_id(db, coach.id), False, clock.now())
    clock.goes_to("2026-11-24 21:00")
    assert heard_in_groups(world, aiko) == []
    assert sum(RAIN in said for said in support.hears()) == 1


def test_what_waited_longer_than_anything_is_caught_up_with_is_said_to_its_author(
    world, coach, aiko, clock
):
    planned(coach)
    clock.leaps_to("2026-11-28 09:30")  # nothing ran for more than three days
    clock.passes(minutes=1)
    said = [s for s in coach.hears() if "時間どおりに送れませんでした" in s]
    assert len(said) == 1
    clock.passes(hours=3)
    assert heard_in_groups(world, aiko) == []
    assert newest(world).state == State.DRAFT


def test_whose_author_was_erased_is_given_to_the_others(world, coach, support, aiko, clock):
    planned(coach)
    with world.database.write() as db:
        erasure.erase(db, coach.record(), clock.now())
    clock.goes_to("2026-11-24 19:10")
    assert heard_in_groups(world, aiko) == []
    assert support.hears()[-1].startswith("前の担当の方が11月24日(火) 19:00に予定していた配信")
    assert newest(world).state == State.CANCELLED
