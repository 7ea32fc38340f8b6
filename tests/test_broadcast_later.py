"""A broadcast for later: its hour, the night, the same words again, and a second person's word."""

from __future__ import annotations

from sqlmodel import select

from bot.broadcast_taps import Picked
from bot.buttons import pack
from models import erasure, school
from models.broadcast import State
from models.stored_file import StoredFile
from tests.broadcasting import (
    CLASSES,
    RAIN,
    SEND,
    SHOWN,
    class_id,
    drafts,
    heard_in_groups,
    loses_roles,
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
    assert coach.taps("「すぐ送る」に戻す")[1].splitlines()[2] == "いつ: 送信の1分後"


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


def everybody(coach):
    """Write to all classes, up to the wish to send."""
    drafts(coach, whom="全クラス")
    return coach.taps(next(one for one in coach.labels() if one.startswith("全クラスの")))


def test_all_classes_need_a_second_person(world, coach, office, support, aiko, clock):
    assert everybody(coach)[0].startswith("承認をお願いしました。")
    for one in (office, support):
        assert one.hears()[-2] == SHOWN
        assert one.hears()[-1].startswith("西岡 遥さんの全クラスへの配信です。")
    clock.passes(minutes=30)
    assert heard_in_groups(world, aiko) == []
    assert office.taps("承認して送る") == ["承認しました。11月23日(月) 09:31に送ります。"]
    assert coach.hears()[-1].startswith("学校事務局 中島さんが承認しました。")
    assert support.taps("承認して送る") == ["この配信は、もう承認待ちではありません。"]
    clock.passes(minutes=2)
    assert heard_in_groups(world, aiko) == list(CLASSES[:-1])  # the last has no group: 1:1
    assert RAIN in world.person("後藤 葵").hears()[-1]


def test_nobody_approves_their_own(world, coach, aiko, clock):
    everybody(coach)
    tap = world.person("学校事務局 中島").button("承認して送る")
    assert coach.acts(tap) == ["この配信は、もう承認待ちではありません。"]
    assert (
        world.person("Daniel Okafor").acts(tap)[0].startswith("このボタンは、承認を頼まれた方だけ")
    )
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert newest(world).state == State.AWAITING


def test_what_is_not_approved_goes_back_to_its_author(world, coach, office, aiko, clock):
    everybody(coach)
    office.taps("承認しない")
    assert coach.hears()[-1].startswith("学校事務局 中島さんは承認しませんでした。")
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert coach.taps("内容を見直す")[0] == SHOWN


def test_an_approval_that_comes_after_days_counts_for_nothing(world, coach, office, aiko, clock):
    everybody(coach)
    clock.passes(days=2, minutes=1)
    assert office.taps("承認して送る")[0].startswith(
        ("このボタンは、承認を", "この配信は、もう承認待ち")
    )
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []


def test_who_approved_and_left_since_does_not_count(world, coach, office, support, aiko, clock):
    everybody(coach)
    support.taps("承認して送る")
    loses_roles(world, support)
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert "いまはこの届け先の担当ではないので、送れません。" in coach.hears()


def test_the_office_needs_nobody(world, office, aiko, clock):
    office.says("配信")
    office.says(RAIN)
    office.taps("全クラス")
    said = office.taps(next(one for one in office.labels() if one.startswith("全クラスの")))
    assert said[0].startswith("1分後に送ります。")
    clock.passes(minutes=1)
    assert heard_in_groups(world, aiko) == list(CLASSES[:-1])  # the last has no group: 1:1
    assert RAIN in world.person("後藤 葵").hears()[-1]


def test_who_was_of_the_office_when_it_was_planned_needs_a_second_person_now(
    world, office, aiko, clock
):
    office.says("配信")
    office.says(RAIN)
    office.taps("全クラス")
    office.taps(next(one for one in office.labels() if one.startswith("全クラスの")))
    loses_roles(world, office)
    with world.database.write() as db:
        school.grant(db, office.record(), school.MAIN, class_id(world, "S4"), clock.now())
    clock.passes(minutes=5)
    assert heard_in_groups(world, aiko) == []
    assert newest(world).state == State.DRAFT


def test_an_approval_at_night_waits_for_the_morning(world, coach, office, aiko, clock):
    everybody(coach)
    clock.goes_to("2026-11-23 23:00")
    assert office.taps("承認して送る") == ["承認しました。11月24日(火) 08:00に送ります。"]
    clock.goes_to("2026-11-24 07:59")
    assert heard_in_groups(world, aiko) == []
    clock.goes_to("2026-11-24 08:00")
    assert heard_in_groups(world, aiko) == list(CLASSES[:-1])


def test_what_its_author_sends_at_night_need_not_wait_after_the_approval(
    world, coach, office, aiko, clock
):
    clock.goes_to("2026-11-23 22:00")
    everybody(coach)
    coach.taps(next(one for one in coach.labels() if one.startswith("夜でも")))
    office.taps("承認して送る")
    clock.passes(minutes=2)
    assert heard_in_groups(world, aiko) == list(CLASSES[:-1])


def test_a_coach_alone_in_the_class_asks_the_other_coaches(world, coach, office, support):
    for one in (office, support):
        loses_roles(world, one)
    assert everybody(coach)[0].startswith("承認をお願いしました。")


def test_what_its_author_left_behind_cannot_be_approved(world, coach, office):
    everybody(coach)
    with world.database.write() as db:
        erasure.erase(db, coach.record(), world.clock.now())
    assert office.taps("承認して送る") == ["この配信は、もう承認待ちではありません。"]
