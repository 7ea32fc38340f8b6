"""The bill on the page of phones, in a real browser, in Japanese and in English."""

from __future__ import annotations

import os
from contextlib import closing

import pytest
from playwright.sync_api import expect
from simulator_stage import AIKO, GROUP, KEN, Stage

from tests import browser as chromium

pytestmark = pytest.mark.timeout(120)
PICTURES = os.environ.get("TASUKI_SCREENSHOTS")


@pytest.fixture(scope="module")
def browser():
    with chromium.opened() as opened:
        yield opened


@pytest.mark.parametrize(
    ("language", "used", "naive"),
    [
        ("ja", "5通 / 30,000通", "返信もすべてプッシュし、吹き出しを1つずつ送った場合:9通(¥0)"),
        ("en", "5 of 30,000 messages", "With every reply pushed and one request a bubble: 9 (¥0)"),
    ],
)
def test_the_bill_is_read_by_month_and_class(browser, language, used, naive):
    with closing(Stage()) as stage:
        for one in (AIKO, KEN):
            stage.sim.people.users[one].class_name = "サブ4クラス"
        stage.push(GROUP, "練習", "19:00", "駒沢")
        stage.push(GROUP, "会場変更")
        stage.push(AIKO, "水")
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{stage.url}/?lang={language}#member={AIKO}&coach={KEN}&group={GROUP}")
        page.wait_for_selector("body[data-ready]")
        page.locator("[data-bill]").click()
        month = page.locator('[data-bill-month="2026-11"]')
        expect(month).to_contain_text(used)
        expect(month).to_contain_text(naive)
        cells = page.locator('[data-bill-class="サブ4クラス"] td')
        expect(cells).to_have_text(["4", "1", "5"])
        stage.push(AIKO, "もう一杯")
        expect(cells).to_have_text(["4", "2", "6"])  # an open bill keeps counting
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/bill-{language}.png")
        page.close()
