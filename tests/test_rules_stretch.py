"""Which days are meant where no single day is named."""

from __future__ import annotations

from datetime import date

import pytest

from bot.slots import days_in
from models.rules.stretch import stretch

MONDAY = date(2026, 11, 23)
READ = [
    ("来週行けません", "11-30", "12-06"),
    ("ライシュウ参加します", "11-30", "12-06"),
    ("再来週はお休みします", "12-07", "12-13"),
    ("今週と来週休みます", "11-23", "12-06"),
    ("今週行けません", "11-23", "11-29"),
    ("週末は行けません", "11-28", "11-29"),
    ("今月いっぱい休みます", "11-23", "11-30"),
    ("来月から参加します", "12-01", "12-31"),
    ("１２月は休みます", "12-01", "12-31"),
    ("十二月休みます", "12-01", "12-31"),
    ("年内休みます", "11-23", "12-31"),
    ("2週間休みます", "11-23", "12-06"),
    ("二週間お休みします", "11-23", "12-06"),
    ("2ヶ月休みます", "11-23", "01-21"),
    ("明日から3日間休みます", "11-23", "12-22"),
    ("25日まで休みます", "11-23", "11-25"),
    ("12/2から休みます", "12-02", "12-30"),
    ("25日と2日休みます", "11-25", "12-02"),
    ("しばらく休みます", "11-23", "12-21"),
    ("膝が治るまで休みます", "11-23", "12-21"),
    ("次の次の練習休みます", "11-23", "12-21"),
    ("can't come next week", "11-30", "12-06"),
    ("away for the rest of the month", "11-23", "11-30"),
    ("out until friday", "11-23", "11-27"),
    ("can't make it for 2 weeks", "11-23", "12-06"),
    ("can't come from dec 2", "12-02", "12-30"),
    ("I'm out in December", "12-01", "12-31"),
    ("off for a while", "11-23", "12-21"),
]
NONE = [
    *("水曜休みます", "12月2日休みます", "今日は休みます", "明日行けません", "参加します"),
    *("2週間前から膝が痛いので休みます", "膝がずっと痛いので休みます", "3週間ぶりに参加します"),
    *("仕事が19時までなので休みます", "9時から5時まで仕事で行けません", "今回は休みます"),
    *("i may not come", "can't come on the 2nd", "been ill for a week, can't come", "in march 2"),
]


@pytest.mark.parametrize(("said", "first", "last"), READ)
def test_a_week_a_month_and_an_end_are_read(said, first, last):
    found = stretch(said, MONDAY, days_in(said, MONDAY))
    assert found is not None
    assert (f"{found.first:%m-%d}", f"{found.last:%m-%d}") == (first, last)


@pytest.mark.parametrize("said", NONE)
def test_a_single_day_or_a_reason_is_none(said):
    assert stretch(said, MONDAY, days_in(said, MONDAY)) is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("can't come on the 2nd", "12-02"),
        ("dec 2", "12-02"),
        ("2nd of December", "12-02"),
        ("weds", "11-25"),
        ("今夜", "11-23"),
        ("3日間", None),
        ("this month", None),
        ("a sunny day", None),
        ("9時から5時まで", None),
    ],
)
def test_single_days_are_found_in_a_sentence(said, day):
    found = days_in(said, MONDAY)
    assert [f"{one:%m-%d}" for _, one in found] == ([day] if day else [])
