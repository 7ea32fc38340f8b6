"""This week, next week, the dates to come: in 1:1, for coaches, in the group."""

from __future__ import annotations

import pytest

from models import session
from models.rules import hours
from tests.world import SETTINGS, START

CARD = (
    "T走(少しきつい一定ペース)\n"
    "日時: 11月25日(水) 19:00〜21:00\n"
    "場所: 皇居外苑 桜田門前の広場\n"
    "メニュー: ジョグ20分(6:06〜7:17/km)、T走8分×3(5:19/km、間は2分ジョグ)、ジョグ15分。"
    "3本を同じペースで。週末は各自でゆっくり16.5 km(6:06〜7:17/km)。\n"
    "持ち物: 飲み物、タオル、着替え、発汗テストをする人は着替えをもう1組\n"
    "コツ: 涼しくなったので、2回目の発汗テストです。"
    "前回と比べると、気温で汗がどれだけ変わるかが見えます。\n"
    "お返事は11月25日(水) 13:00までにお願いします。"
)
CARD_EN = (
    "Threshold run\n"
    "When: Wed 25 Nov, 19:00–21:00\n"
    "Where: Imperial Palace, plaza by Sakuradamon\n"
    "Menu: 20 min jog (6:06–7:17/km), threshold 3×8 min (5:19/km, 2 min jog between), "
    "15 min jog. All three at the same pace. "
    "At the weekend, 16.5 km easy on your own (6:06–7:17/km).\n"
    "Bring: drink, towel, dry clothes, a second set of clothes if you do the sweat test\n"
    "Tip: It is cooler now: time for the second sweat test."
)


def change(world, class_index: int = 2, **values):
    """Change the next session of a class the way an import does."""
    with world.database.write() as db:
        found = session.next_of(db, class_index + 1, world.clock.now())
        session.change(db, found, world.clock.now(), **values)
    return found


@pytest.mark.parametrize("word", ["今週", "練習", "今週の練習を教えてください", "すみません、今週"])
def test_a_member_sees_the_week_with_the_class_paces(aiko, word):
    assert aiko.says(word) == [CARD]
    assert aiko.labels() == ["参加", "欠席", "未定", "地図を開く"]


def test_the_card_is_english_for_those_who_speak_it(emma):
    said = emma.says("This week?")
    assert len(said) == 1
    assert said[0].startswith(CARD_EN)
    assert said[0].endswith("\nPlease answer by Wed 25 Nov, 13:00.")
    assert emma.labels() == ["Coming", "Can't come", "Not sure", "Open the map"]


def test_next_week_is_the_session_after_monday(aiko):
    said = aiko.says("来週")
    assert said[0].startswith("体幹の再チェック(回復週)\n日時: 12月2日(水) 19:00〜20:30")


def test_the_next_four_dates_fit_a_short_card(emma):
    assert emma.says("schedule") == [
        "Sessions to come\n"
        "Wed 25 Nov, 19:00: Threshold run\nImperial Palace, plaza by Sakuradamon\n"
        "Wed 2 Dec, 19:00: Core check again (recovery week)\n"
        "Imperial Palace, plaza by Sakuradamon\n"
        "Wed 9 Dec, 19:00: Cruise intervals of 1 km\nImperial Palace, plaza by Sakuradamon\n"
        "Wed 16 Dec, 19:00: Learning goal pace by feel\nImperial Palace, plaza by Sakuradamon"
    ]


def test_a_coach_sees_who_answered_and_no_answers_to_tap(coach):
    said = coach.says("今週")
    assert said[0].endswith("\n出欠: 参加 0人 / 欠席 0人 / 未定 0人 / 未回答 5人")
    assert coach.labels() == ["名簿", "地図を開く"]


def test_the_office_sees_every_class_in_one_card(office):
    said = office.says("今週")
    assert said[0].startswith("各クラスの次の練習\nサブ3クラス: 11月25日(水) 19:00")
    assert said[0].count("クラス: ") == 7
    assert office.says("予定") == said


def test_the_group_sees_its_class_and_nobodys_answer(aiko):
    aiko.says("今週")
    aiko.taps("参加")
    assert "あなたの回答: 参加" in aiko.says("今週")[0]
    assert aiko.in_group("S4").says("たすき 今週") == [CARD]


def test_group_talk_is_left_alone(aiko):
    assert aiko.in_group("S4").says("今週") == []


def test_a_cancelled_session_is_shown_as_such(world, aiko, emma):
    change(world, cancelled=True, cancelled_reason="台風")
    assert aiko.says("今週") == [
        "【中止】T走(少しきつい一定ペース)\n11月25日(水) 19:00の練習は中止です。理由: 台風"
    ]
    assert aiko.labels() == []
    assert "Wed 25 Nov, 19:00: Cancelled 台風" in emma.says("dates")[0]


def test_a_class_without_a_goal_hears_of_a_pace_to_chat_at(world):
    said = world.person("後藤 葵").says("今週")
    assert "会話できるペース" in said[0]
    assert "{" not in said[0]


def test_someone_not_enrolled_is_shown_how(world, hikari):
    hikari.follows()
    assert "登録" in hikari.says("今週")[0]


def test_after_the_last_session_there_is_none(aiko, clock):
    clock.at = clock.at.replace(year=2027, month=4)
    assert aiko.says("今週") == ["この先の練習はまだ決まっていません。決まったらお知らせします。"]
    assert aiko.says("予定") == ["この先の練習はまだ決まっていません。決まったらお知らせします。"]


@pytest.mark.parametrize(
    ("moment", "weekday", "at", "found"),
    [
        ("2026-11-25 13:00", 0, "19:30", "2026-11-23 19:30"),
        ("2026-11-23 19:30", 0, "19:30", "2026-11-23 19:30"),
        ("2026-11-23 19:29", 0, "19:30", "2026-11-16 19:30"),
        ("2027-01-01 09:00", 3, "19:00", "2026-12-31 19:00"),
        ("2028-03-01 09:00", 1, "08:00", "2028-02-29 08:00"),
    ],
)
def test_the_last_weekly_hour_before_a_moment(moment, weekday, at, found):
    local = START.fromisoformat(moment).replace(tzinfo=SETTINGS.zone)
    told = hours.weekly_before(local, weekday, START.fromisoformat(f"2026-01-01 {at}").time())
    assert told.isoformat(sep=" ")[:16] == found
