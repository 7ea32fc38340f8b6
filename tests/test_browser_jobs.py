"""In a real browser: a member's carb day and a coach's broadcast, in Japanese and in English."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests import browser as chromium
from tests.demo_stage import Phone, demo, jump, open_page
from tests.test_browser import picture
from tests.world import SETTINGS

SIZE = (1440, 1000)
pytestmark = pytest.mark.timeout(400)


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a local time in the week of the race, which is on the 7th."""
    return datetime(2027, 3, day, hour, minute, tzinfo=SETTINGS.zone)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with demo(tmp_path_factory.mktemp("demo"), march(4, 12), 25) as started:
        yield started


@pytest.fixture(scope="module")
def browser():
    with chromium.opened() as opened:
        yield opened


def test_a_carb_day_in_both_languages(running, browser):
    page = open_page(
        browser, running, lang="ja", size=SIZE, member="相川 愛子", coach="Emma Clarke", group="S4"
    )
    aiko, emma = Phone(page, "member"), Phone(page, "coach")
    jump(page, march(4, 19, 1))
    aiko.taps("2日間でやる")
    aiko.shows("買い物")
    emma.taps("Two days")
    jump(page, march(5, 8, 1))
    aiko.shows("0 / 432 g")
    aiko.says("おにぎり２個とバナナ食べた")
    aiko.shows("101 / 432 g")
    aiko.taps("切り餅1個 25 g")
    aiko.shows("127 / 432 g")
    aiko.taps("ひとつ取り消す")
    aiko.says("うどん1玉")
    aiko.shows("151 / 432 g")
    emma.says("2 rice balls and a banana")
    emma.shows("101 / 432 g")
    emma.taps("1 piece of mochi, 25 g")
    emma.shows("127 / 432 g")
    picture(page, "carb-day")
    page.close()


def test_a_broadcast_in_both_languages(running, browser):
    page = open_page(
        browser, running, lang="ja", size=SIZE, member="山田 亮", coach="西岡 遥", group="S4"
    )
    coach, group = Phone(page, "coach"), Phone(page, "group")
    words = "日曜は朝8時、新宿中央公園の噴水前で待っています。寒さ対策を忘れずに!"
    jump(page, march(5, 9, 0))
    write(coach, "配信", words, "クラスのグループ(7人)")
    coach.taps("サブ4クラスの7人に送る")
    coach.taps("取り消す")
    coach.shows("取り消しました。だれにも送っていません。")
    jump(page, march(5, 9, 10))
    assert group.count("噴水前") == 0
    coach.taps("内容を見直す")
    coach.shows("上のとおりに届きます。", times=2)
    picture(page, "broadcast")
    coach.taps("サブ4クラスの7人に送る")
    coach.shows("1分後に送ります。", times=2)
    jump(page, march(5, 9, 12))
    group.shows("噴水前")
    assert group.count("噴水前") == 1
    page.close()


def test_a_broadcast_in_english(running, browser):
    page = open_page(
        browser, running, lang="en", size=SIZE, member="Emma Clarke", coach="久我 大地", group="S4"
    )
    coach, emma = Phone(page, "coach"), Phone(page, "member")
    coach.says("English")
    words = "Meet me at the fountain on Sunday at 8."
    write(coach, "broadcast", words, "Every member, 1:1 (5)")
    coach.taps("Send to Sub-4 class (5)")
    jump(page, march(5, 10, 0))
    emma.shows(words)
    assert emma.count(words) == 1
    coach.says("broadcast report")
    coach.shows("Accepted by LINE")
    page.close()


def write(coach: Phone, word: str, words: str, audience: str) -> None:
    """Write a broadcast and choose whom it is for, up to the preview."""
    coach.says(word)
    coach.says(words)
    coach.taps(audience)
    coach.shows(words)
