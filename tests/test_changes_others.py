"""Changes otherwise: bad times, other people's taps, an import, a class without a group."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from bot.moments import read_moment
from tests.test_changes import DONE, begins, group, plan
from tests.test_notices import unbind
from tests.test_rsvp import session_id
from tests.test_week import change
from tests.world import SETTINGS

__all__ = ["group"]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("11/22 19:00", "11月22日(日) 19:00はもう過ぎています。これからの日時を送ってください。"),
        ("明日 3:00", "11月24日(火) 03:00では、みなさん集まれないかもしれません。"),
        ("2027-11-26 19:00", "11月26日(金) 19:00では、みなさん集まれないかもしれません。"),
        ("−3", "日時を読み取れませんでした。「11/26 19:30」のように送ってください。"),
        ("nan", "日時を読み取れませんでした。"),
        ("11/31 19:00", "日時を読み取れませんでした。"),
        ("11/26", "日時を読み取れませんでした。"),
        ("11/25 19:00", "今の予定と同じなので、変更はありません。"),
    ],
)
def test_a_time_that_cannot_be_is_asked_again(world, coach, typed, answer):
    begins(coach)
    assert coach.says(typed)[0].startswith(answer)
    assert plan(world).revision == 0


@pytest.mark.parametrize(
    ("chosen", "answer"),
    [
        ("2026-11-22T19:00", "11月22日(日) 19:00はもう過ぎています。"),
        ("9999-12-31T23:59", "12月31日(金) 23:59では、みなさん集まれないかもしれません。"),
        ("0001-01-01T19:00", "1月1日(月) 19:00はもう過ぎています。"),
    ],
)
def test_a_picker_set_by_hand_is_checked_too(world, coach, chosen, answer):
    begins(coach)
    assert coach.sends_data(coach.button("日時を選ぶ")["data"], {"datetime": chosen})[0].startswith(
        answer
    )
    assert plan(world).revision == 0


def test_a_change_made_meanwhile_is_not_overwritten(world, coach, group, clock):
    begins(coach)
    coach.says("11/26 19:30")
    change(world, starts_at=clock.at.replace(day=27, hour=20, minute=0))
    assert coach.taps("これで知らせる") == [
        "その間に、この練習の予定が変わりました。"
        "今の予定は11月27日(金) 20:00 皇居外苑 桜田門前の広場です。"
    ]
    assert plan(world).revision == 1


def test_the_same_word_twice_changes_once(world, coach):
    begins(coach)
    coach.says("11/26 19:30")
    assert coach.says("はい") == [DONE]
    assert coach.says("はい") != [DONE]
    assert plan(world).revision == 1


def test_only_those_who_lead_the_class_change_it(world, coach, aiko, fin_coach):
    data = f"change_card.Chosen?session={session_id(world)}&what=off"
    refused = ["このクラスの担当コーチか事務局の方だけができる操作です。"]
    assert fin_coach.sends_data(data) == refused
    assert fin_coach.sends_data("change_card.OfClass?class_id=3&what=menu") == refused
    assert aiko.sends_data(data)[0].startswith("この操作は、担当のコーチか事務局の方だけ")
    assert aiko.says("変更")[0].startswith("この操作は、担当のコーチか事務局の方だけ")
    made = "change_card.Chosen?session=999999&what=off"
    assert coach.sends_data(made)[0].startswith("この練習はもう変更できません。")
    assert "ボタン" in coach.sends_data("change_card.Chosen?session=3&what=explode")[0]


@pytest.fixture
def fin_coach(world):
    return world.person("宇佐美 望")


def test_a_coach_taken_off_the_class_midway_changes_nothing(world, coach):
    begins(coach)
    coach.says("11/26 19:30")
    with world.database.write() as db:
        db.execute(text("DELETE FROM membership WHERE person_id = :id"), {"id": coach.record().key})
    assert coach.taps("これで知らせる") != [DONE]
    assert plan(world).revision == 0


def test_in_the_group_it_is_led_to_one_to_one(coach):
    assert "1対1のトーク" in coach.in_group("S4").says("たすき 変更")[0]


def test_the_office_chooses_class_and_session(world, office, clock, group):
    assert office.says("中止") == ["どのクラスの練習ですか?"]
    office.taps("サブ4クラス")
    office.taps("11月25日(水) 19:00")
    office.taps("理由は書かない")
    office.taps("これで知らせる")
    clock.passes(minutes=2)
    assert group.hears()[0].endswith("11月25日(水) 19:00の練習は中止です。")


def test_an_imported_change_is_corrected_the_same_way(world, group, clock):
    change(world, starts_at=clock.at.replace(day=26, hour=20))
    clock.passes(minutes=2)
    assert "日時が変わりました。" in group.hears()[0]
    assert len(group.hears()) == 1


def test_without_a_group_each_member_is_told(world, coach, aiko, emma, clock):
    unbind(world)
    begins(coach)
    coach.says("11/26 19:30")
    assert coach.taps("これで知らせる")[0].startswith("変更しました。グループとつながっていない")
    clock.passes(minutes=2)
    assert "日時が変わりました。" in aiko.hears()[0]
    assert "The time has changed." in emma.hears()[0]


def test_a_far_session_waits_for_its_notice(coach, group, clock):
    coach.says("変更")
    coach.taps("12月9日(水) 19:00")
    coach.taps("日時を変える")
    coach.says("12/17 19:00")
    assert coach.taps("これで知らせる") == [DONE]  # the old date is within three weeks
    clock.passes(minutes=2)
    assert len(group.hears()) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("11/26 19:30", "2026-11-26 19:30"),
        ("１１／２６　１９：３０", "2026-11-26 19:30"),
        ("11月26日(木) 19時半", "2026-11-26 19:30"),
        ("木曜日の19時から", "2026-11-26 19:00"),
        ("来週木曜 19:00", "2026-12-03 19:00"),
        ("明日19:30", "2026-11-24 19:30"),
        ("午後7時", "2026-11-25 19:00"),
        ("19:30", "2026-11-25 19:30"),
        ("2026-11-26T19:30", "2026-11-26 19:30"),
        ("26 Nov 7:30pm", "2026-11-26 19:30"),
        ("Thu 26 Nov, 19:00", "2026-11-26 19:00"),
        ("Thursday 7pm", "2026-11-26 19:00"),
        ("12am", "2026-11-25 00:00"),
        ("25:00", None),
        ("19:75", None),
        ("9999-99-99 19:00", None),
        ("13/13 19:00", None),
        ("19", None),
        ("今度", None),
    ],
)
def test_a_day_and_an_hour_as_people_type_them(typed, meant):
    found = read_moment(typed, date(2026, 11, 23), date(2026, 11, 25), SETTINGS.zone)
    assert (found.strftime("%Y-%m-%d %H:%M") if found else None) == meant
