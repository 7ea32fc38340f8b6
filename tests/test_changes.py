"""Moving and cancelling a session: asked, confirmed, and corrected once in the group."""

from __future__ import annotations

from datetime import datetime

import pytest

from models import session
from tests.test_rsvp import answer_of
from tests.test_week import CARD
from tests.world import SETTINGS

DONE = (
    "変更しました。1分後に、グループへ訂正を1通お送りします。"
    "これからのお知らせも新しい予定に合わせます。"
)
CONFIRM = (
    "この内容で変更しますか?\nクラス: サブ4クラス\n"
    "変更前: 11月25日(水) 19:00 皇居外苑 桜田門前の広場\n"
    "変更後: 11月26日(木) 19:30 皇居外苑 桜田門前の広場"
)


@pytest.fixture
def group(aiko):
    return aiko.in_group("S4")


def begins(coach, what="日時を変える"):
    """Open the change of the next session."""
    coach.says("変更")
    coach.taps("11月25日(水) 19:00")
    return coach.taps(what)


def plan(world):
    """Return the session of week 11 as it stands."""
    with world.database.read() as db:
        return session.from_on(db, 3, datetime(2026, 11, 23, tzinfo=SETTINGS.zone))


def test_a_session_is_moved_by_typing(world, coach, support, group, clock):
    assert coach.says("変更") == ["どの練習ですか?"]
    assert coach.labels() == ["11月25日(水) 19:00", "12月2日(水) 19:00", "12月9日(水) 19:00"]
    assert coach.taps("11月25日(水) 19:00") == [
        "11月25日(水) 19:00の練習をどうしますか?\n"
        "T走(少しきつい一定ペース)\n皇居外苑 桜田門前の広場"
    ]
    assert coach.labels() == ["日時を変える", "場所を変える", "中止にする"]
    assert coach.taps("日時を変える") == [
        "新しい日時を選ぶか、「11/26 19:30」のように送ってください。"
    ]
    assert coach.says("１１／２６　１９：３０") == [CONFIRM]
    assert coach.labels() == ["これで知らせる", "日時を変える", "場所を変える", "やめる"]
    assert group.hears() == []
    assert coach.taps("これで知らせる") == [DONE]
    assert support.hears() == [
        "西岡 遥さんが練習を変更しました: 11月25日(水) 19:00 → 11月26日(木) 19:30 "
        "皇居外苑 桜田門前の広場"
    ]


def test_the_class_hears_of_it_once_and_later_words_follow(coach, group, clock):
    begins(coach)
    coach.says("11/26 19:30")
    coach.taps("これで知らせる")
    clock.passes(minutes=2)
    assert group.hears() == [
        CARD.replace(
            "\n日時: 11月25日(水) 19:00〜21:00",
            "\n日時が変わりました。出欠をもう一度教えてください。\n"
            "変更前: 11月25日(水) 19:00 皇居外苑 桜田門前の広場\n"
            "日時: 11月26日(木) 19:30〜21:30",
        ).replace("お返事は11月25日(水) 13:00", "お返事は11月26日(木) 13:30")
    ]
    assert group.labels()[:3] == ["参加", "欠席", "未定"]
    clock.goes_to("2026-11-23 19:00")
    assert len(group.hears()) == 1


def test_the_picker_gives_the_time(world, coach, clock):
    begins(coach)
    picker = coach.button("日時を選ぶ")
    assert (picker["initial"], picker["min"]) == ("2026-11-25T19:00", "2026-11-23T09:00")
    assert coach.acts(picker, {"datetime": "2026-11-26T19:30"}) == [CONFIRM]
    coach.taps("これで知らせる")
    assert plan(world).starts_at == datetime(2026, 11, 26, 19, 30, tzinfo=SETTINGS.zone)


@pytest.mark.parametrize(
    "params",
    [None, {}, {"datetime": "soon"}, {"datetime": "2026-11-26T19:30+00:00"}, {"datetime": None}],
)
def test_a_picker_that_brings_no_time_asks_again(coach, params):
    begins(coach)
    said = coach.acts(coach.button("日時を選ぶ"), params)
    assert said == ["新しい日時を選ぶか、「11/26 19:30」のように送ってください。"]


def test_moving_twice_quickly_is_one_correction_with_the_last_time(world, coach, group, clock):
    begins(coach)
    coach.says("11/26 19:30")
    coach.taps("これで知らせる")
    coach.says("変更")
    coach.taps("11月26日(木) 19:30")
    coach.taps("日時を変える")
    coach.says("20:00")
    coach.taps("これで知らせる")
    clock.passes(minutes=5)
    assert len(group.hears()) == 1
    assert "変更前: 11月25日(水) 19:00" in group.hears()[0]
    assert "日時: 11月26日(木) 20:00〜22:00" in group.hears()[0]


def test_moving_there_and_back_is_no_news(world, coach, group, clock):
    begins(coach)
    coach.says("11/26 19:30")
    coach.taps("これで知らせる")
    coach.says("変更")
    coach.taps("11月26日(木) 19:30")
    coach.taps("日時を変える")
    coach.says("11/25 19:00")
    coach.taps("これで知らせる")
    clock.passes(minutes=5)
    assert group.hears() == []


def test_time_and_place_can_change_together(world, coach, group, clock):
    begins(coach, "場所を変える")
    assert coach.says("あ" * 81) == ["場所は80文字まででお願いします。"]
    assert "変更後: 11月25日(水) 19:00 代々木公園 時計塔前" in coach.says("代々木公園　時計塔前")[0]
    coach.taps("日時を変える")
    assert coach.says("そのうち")[0].startswith("日時を読み取れませんでした。")
    assert "変更後: 11月26日(木) 18:00 代々木公園 時計塔前" in coach.says("11/26 18:00")[0]
    assert coach.taps("これで知らせる") == [DONE]
    clock.passes(minutes=2)
    assert "場所: 代々木公園 時計塔前" in group.hears()[0]
    assert "地図を開く" not in group.labels()


def test_a_session_is_cancelled_with_a_reason(world, coach, aiko, group, clock):
    aiko.says("参加")
    coach.says("中止")
    coach.taps("11月25日(水) 19:00")
    assert coach.says("台風のため") == [
        "11月25日(水) 19:00の練習を中止にしますか?\nクラス: サブ4クラス\n理由: 台風のため"
    ]
    assert coach.labels() == ["これで知らせる", "やめる"]
    coach.taps("これで知らせる")
    clock.passes(minutes=2)
    assert group.hears() == [
        "【中止】T走(少しきつい一定ペース)\n11月25日(水) 19:00の練習は中止です。理由: 台風のため"
    ]
    clock.goes_to("2026-11-25 21:00")
    assert len(group.hears()) == 1
    assert answer_of(world, aiko, week=10) == ("yes", None)  # kept, though the week is over


def test_the_reason_is_optional_and_a_cancelled_session_can_be_put_back(coach, group, clock):
    begins(coach, "中止にする")
    assert coach.taps("理由は書かない") == [
        "11月25日(水) 19:00の練習を中止にしますか?\nクラス: サブ4クラス"
    ]
    coach.taps("これで知らせる")
    clock.passes(minutes=2)
    coach.says("変更")
    coach.taps("11月25日(水) 19:00 (中止)")
    assert coach.labels() == ["予定どおり行う"]
    assert coach.taps("予定どおり行う")[0].startswith(
        "11月25日(水) 19:00の練習を、予定どおり行いますか?"
    )
    coach.says("はい")
    clock.passes(minutes=2)
    assert "中止の予定でしたが、行うことになりました。" in group.hears()[-1]


def test_it_can_be_left_at_any_step(world, coach, group, clock):
    begins(coach)
    assert coach.says("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    begins(coach)
    coach.says("11/26 19:30")
    assert coach.taps("やめる") == ["はい、ここまでにしますね。またいつでもどうぞ。"]
    clock.passes(minutes=5)
    assert group.hears() == []
    assert plan(world).revision == 0
