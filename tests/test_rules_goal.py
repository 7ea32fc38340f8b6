"""Goal times as runners write them."""

from __future__ import annotations

import pytest

from models.rules import goal

READ = [
    ("サブ4", "3:59:59"),
    ("ｻﾌﾞ４", "3:59:59"),
    ("サブフォー", "3:59:59"),
    ("サブスリー", "2:59:59"),
    ("サブ3.5", "3:29:59"),
    ("サブ3半", "3:29:59"),
    ("サブ４です", "3:59:59"),
    ("sub 4", "3:59:59"),
    ("Sub-3:30", "3:29:59"),
    ("3:59:59", "3:59:59"),
    ("３：５９：５９", "3:59:59"),
    ("3:50", "3:50:00"),
    ("3時間59分", "3:59:00"),
    ("３時間５９分５９秒", "3:59:59"),
    ("3時間半", "3:30:00"),
    ("4時間", "4:00:00"),
    ("4時間切り", "3:59:59"),
    ("4時間を切りたい", "3:59:59"),
    ("目標は3時間50分です", "3:50:00"),
    ("5時間半くらい", "5:30:00"),
    ("3h45", "3:45:00"),
    ("3 hours 45 minutes", "3:45:00"),
    ("under 4 hours", "3:59:59"),
    ("my goal is 4:15", "4:15:00"),
]


@pytest.mark.parametrize(("text", "time"), READ)
def test_a_goal_is_read(text, time):
    seconds = goal.finish_time(text)
    assert seconds is not None
    assert goal.clock(seconds) == time


@pytest.mark.parametrize("text", ["完走", "完走です", "かんそう", "Finish", "just finish"])
def test_to_finish_is_a_goal(text):
    assert goal.finish_time(text) == goal.FINISH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "62.5",
        "1_000",
        "nan",
        "−3",
        "3:99",
        "1:30",
        "9:00:00",
        "サブ1",
        "サブ",
        "４",
        "1e3時間",
        "-3:30",
        "٣:٣٠",
        "3:59 4:00",
        "今日は3時間寝た",
        "がんばります",
    ],
)
def test_anything_else_is_none(text):
    assert goal.finish_time(text) is None
