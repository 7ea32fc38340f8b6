"""The phones, read in a real browser: a class's ordinary week, in Japanese and in English."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import browser as chromium
from tests import patience
from tests.demo_stage import Phone, at, demo, jump, open_page

WIDE, NARROW = (1440, 900), (390, 844)
PICTURES = os.environ.get("TASUKI_SCREENSHOTS")
pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    since = at(28, 8)  # the week of the first long run
    with demo(tmp_path_factory.mktemp("demo"), since, week=15) as started:
        yield started


@pytest.fixture(scope="module")
def browser():
    with chromium.opened() as opened:
        yield opened


def picture(page, name: str) -> None:
    """Keep a picture for the README when asked to."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png")


def answer_the_week(aiko: Phone, coach: Phone) -> None:
    """Let the member answer by a tap and the coach see it."""
    aiko.says("今週")
    aiko.shows("12月23日(水) 18:30")
    aiko.taps("参加")
    aiko.shows("参加")
    coach.says("出欠")
    coach.shows("相川 愛子")


def test_a_week_in_japanese(running, browser):
    page = open_page(
        browser,
        running,
        lang="ja",
        size=WIDE,
        member="相川 愛子",
        coach="西岡 遥",
        group="S4",
        seen_by="山田 亮",
    )
    aiko, coach, group = (Phone(page, name) for name in ("member", "coach", "group"))
    answer_the_week(aiko, coach)
    jump(page, at(30, 16, 29))
    nudges = aiko.count("18:30 から練習です")
    jump(page, at(30, 16, 31))
    aiko.shows("18:30 から練習です")
    jump(page, at(30, 18, 0))
    assert aiko.count("18:30 から練習です") == nudges + 1
    group.shows("第15週")
    picture(page, "phones")
    page.close()


def test_the_weekly_notice_comes_to_the_group_at_its_hour_once(running, browser):
    page = open_page(
        browser,
        running,
        lang="en",
        size=WIDE,
        member="Priya Nair",
        coach="長瀬 涼",
        group="S5",
    )
    group = Phone(page, "group")
    notices = group.count("第15週")
    for _ in range(40):
        if group.count("第15週") > notices:
            break
        page.locator("[data-time-next]").click()
        page.wait_for_timeout(150)
        page.wait_for_selector("body:not([data-busy])", timeout=patience.MILLISECONDS)
    assert group.count("第15週") == notices + 1
    page.close()


def test_english_on_a_narrow_phone(running, browser):
    page = open_page(browser, running, lang="en", size=NARROW, member="Emma Clarke")
    emma = Phone(page, "member")
    page.locator('[data-phone=member] [data-menu-area="This week"]').click()
    emma.shows("Sub-4 class")
    emma.taps("Can't come")
    emma.shows("Can't come")
    emma.says("my knee hurts")
    emma.shows("Your knee, then. How bad is it now, 0 to 10?")
    picture(page, "phone-narrow")
    page.close()


def test_a_stranger_is_met_and_the_bot_can_be_invited(running, browser):
    page = open_page(browser, running, lang="ja", size=WIDE, member="新田 ひかり", group="FIN")
    page.locator("[data-phone=member] [data-follow]").click()
    Phone(page, "member").shows("たすき")
    page.locator("[data-phone=group] [data-invite]").click()
    Phone(page, "group").shows("コーチ")
    page.close()
