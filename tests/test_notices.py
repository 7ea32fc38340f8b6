"""The weekly notice: previewed the day before, decided on by the coaches, sent once."""

from __future__ import annotations

import pytest

from models import class_group
from tests.test_week import CARD

LEAD = (
    "11月23日(月) 19:30に、サブ4クラスのグループへ次の内容を送ります。"
    "何もしなければ、このまま届きます。"
)
ASK = "このお知らせをどうしますか?"


@pytest.fixture
def sunday(world, clock):
    """The hour of the preview: Sunday of the week before, and nothing happened yet."""
    clock.at = clock.at.replace(day=22)
    clock.goes_to("2026-11-22 19:30")
    return world


@pytest.fixture
def group(aiko):
    return aiko.in_group("S4")


def unbind(world, code="S4"):
    with world.database.write() as db:
        class_group.group(db, world.group(code)).class_id = None


def test_the_notice_reaches_the_group_once_at_its_hour(group, clock):
    clock.goes_to("2026-11-23 19:29")
    assert group.hears() == []
    clock.goes_to("2026-11-23 19:30")
    assert group.hears() == [CARD]
    assert group.labels() == ["参加", "欠席", "未定", "地図を開く"]
    clock.goes_to("2026-11-24 12:00")
    assert group.hears() == [CARD]


def test_each_group_hears_its_own_language(world, clock):
    clock.goes_to("2026-11-23 19:30")
    english = world.person("Daniel Ruiz").in_group("S35").hears()
    assert english[0].startswith("Threshold run\nWhen: Wed 25 Nov, 19:00–21:00")


def test_both_coaches_see_it_the_day_before_as_it_will_look(sunday, coach, support, group):
    for one in (coach, support):
        assert one.hears() == [LEAD, CARD, ASK]
        assert one.labels() == ["コメントを書く", "今すぐ送る", "今回は送らない"]
    assert group.hears() == []


def test_the_preview_speaks_the_coachs_language_and_the_card_the_groups(world, coach, clock):
    clock.at = clock.at.replace(day=22)
    coach.says("English")
    clock.goes_to("2026-11-22 19:30")
    heard = coach.hears()[-3:]
    assert heard[0] == (
        "On Mon 23 Nov, 19:30 this goes to the Sub-4 class group. "
        "If you do nothing, it is sent as it is."
    )
    assert heard[1:] == [CARD, "What shall I do with this notice?"]
    assert coach.labels() == ["Add a comment", "Send it now", "Skip this time"]


def test_a_comment_stands_in_the_notice(sunday, coach, group, clock):
    assert coach.taps("コメントを書く") == [
        "お知らせに載せるコメントを送ってください(300文字まで)。グループのみなさんが読みます。"
    ]
    said = coach.says("寒いので手袋を忘れずに。")
    shown = CARD.replace("\n日時", "\nコーチから: 寒いので手袋を忘れずに。\n日時", 1)
    assert said == ["コメントを載せました。こう届きます。", shown, ASK]
    clock.goes_to("2026-11-23 19:30")
    assert group.hears() == [shown]


def test_a_comment_can_be_removed_and_is_not_too_long(sunday, coach, group, clock):
    coach.taps("コメントを書く")
    assert coach.says("あ" * 301) == ["コメントは300文字まででお願いします。"]
    coach.says("手袋を")
    coach.taps("コメントを書く")
    assert coach.taps("コメントなし")[0] == "コメントを外しました。こう届きます。"
    clock.goes_to("2026-11-23 19:30")
    assert group.hears() == [CARD]


def test_a_comment_taken_back_is_not_sent(sunday, coach, group, clock):
    coach.taps("コメントを書く")
    sent = sunday.phones.say(coach.id, coach.id, "手袋を")
    sunday.settle()
    sunday.phones.unsend(sent.message_id)
    clock.goes_to("2026-11-23 19:30")
    assert group.hears() == [CARD]


def test_sent_now_it_does_not_come_again(sunday, coach, support, group, clock):
    data = coach.button("今すぐ送る")["data"]
    assert coach.taps("今すぐ送る") == [
        "グループへ送りました。時刻になっても、もう一度は送りません。"
    ]
    assert group.hears() == [CARD]
    assert support.hears()[-1] == (
        "西岡 遥さんが、11月25日(水) 19:00の練習のお知らせを今グループへ送りました。"
    )
    assert coach.sends_data(data) == ["西岡 遥さんが11月22日(日) 19:30に送信済みです。"]
    assert support.taps("今回は送らない") == ["西岡 遥さんが11月22日(日) 19:30に送信済みです。"]
    clock.goes_to("2026-11-24 12:00")
    assert group.hears() == [CARD]


def test_left_out_it_does_not_come_and_the_first_to_decide_wins(
    sunday, coach, support, group, clock
):
    assert coach.taps("今回は送らない") == [
        "今回は送らないことにしました。11月23日(月) 19:30までは元に戻せます。"
    ]
    assert support.hears()[-1] == (
        "西岡 遥さんが、11月25日(水) 19:00の練習のお知らせを「今回は送らない」にしました。"
    )
    assert support.taps("今すぐ送る") == [
        "西岡 遥さんが11月22日(日) 19:30に「今回は送らない」を選んでいます。"
    ]
    assert support.labels() == ["やっぱり送る"]
    clock.goes_to("2026-11-24 12:00")
    assert group.hears() == []


def test_what_was_left_out_can_be_sent_after_all(sunday, coach, group, clock):
    coach.taps("今回は送らない")
    assert coach.taps("やっぱり送る") == ["11月23日(月) 19:30に、予定どおり送ります。"]
    assert coach.taps("やっぱり送る") == ["このお知らせは取りやめになっていません。"]
    clock.goes_to("2026-11-23 19:30")
    assert group.hears() == [CARD]


def test_after_the_hour_it_is_undone_by_sending_now(sunday, coach, group, clock):
    coach.taps("今回は送らない")
    clock.goes_to("2026-11-24 09:00")
    assert coach.taps("やっぱり送る")[0].startswith("取り消しました。送る時刻は過ぎている")
    coach.taps("今すぐ送る")
    assert group.hears() == [CARD]


def test_the_word_shows_it_again(sunday, coach, support):
    assert coach.says("お知らせ") == [LEAD, CARD, ASK]
    support.taps("今すぐ送る")
    assert coach.says("notice")[0].startswith("11月30日(月) 19:30に、サブ4クラスの")
