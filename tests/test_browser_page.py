"""The simulator's page in a real browser: rich menu, tabs, photos and fault switches."""

from __future__ import annotations

from contextlib import closing

import pytest
from playwright.sync_api import expect
from richmenu_objects import area, picture, ready
from simulator_stage import AIKO, GROUP, KEN, Stage

from tests import browser as chromium

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def browser():
    with chromium.opened() as opened:
        yield opened


@pytest.fixture
def stage():
    with closing(Stage()) as stage:
        yield stage


@pytest.fixture
def page(browser, stage):
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    yield page
    page.close()


def opens(page, stage, language="ja"):
    page.goto(f"{stage.url}/?lang={language}#member={AIKO}&coach={KEN}&group={GROUP}&as={AIKO}")
    page.wait_for_selector("body[data-ready]")
    return page.locator("[data-phone=member]")


def tab(alias, **more):
    return area(type="richmenuswitch", richMenuAliasId=alias, data=f"tab={alias}", **more)


def two_tabs(stage):
    says = area(x=1250, width=1250)
    for alias, other in (("one", "two"), ("two", "one")):
        menu_id = ready(stage, areas=[tab(other), says], chatBarText=f"メニュー {alias}")
        body = {"richMenuAliasId": alias, "richMenuId": menu_id}
        stage.line("POST", "/v2/bot/richmenu/alias", body)
        if alias == "one":
            stage.line("POST", f"/v2/bot/user/all/richmenu/{menu_id}")


def test_a_rich_menu_is_tapped_closed_and_switched(page, stage):
    two_tabs(stage)
    phone = opens(page, stage)
    expect(phone.locator("[data-menu-bar]")).to_contain_text("メニュー one")
    phone.locator('[data-menu-area="今週"]').click()
    expect(phone.locator("[data-message-id]").last).to_contain_text("今週")
    phone.locator('[data-action="richmenuswitch"]').focus()
    page.keyboard.press("Enter")
    expect(phone.locator("[data-menu-bar]")).to_contain_text("メニュー two")
    expect(phone.locator("[data-menu-bar]")).to_be_focused()
    assert stage.ear.hears("postback")["postback"]["params"]["status"] == "SUCCESS"
    phone.locator("[data-menu-bar]").click()
    expect(phone.locator(".menu-panel")).to_be_hidden()
    expect(page.locator("[data-phone=group] [data-menu-bar]")).to_be_hidden()


def test_an_area_lies_where_the_menu_says(page, stage):
    menu_id = ready(stage, areas=[area(x=1250, y=421, width=625, height=422)])
    stage.line("POST", f"/v2/bot/user/all/richmenu/{menu_id}")
    phone = opens(page, stage)
    whole = phone.locator(".menu-image").bounding_box()
    part = phone.locator("[data-menu-area]").bounding_box()
    assert part["x"] - whole["x"] == pytest.approx(whole["width"] / 2, abs=1)
    assert part["y"] - whole["y"] == pytest.approx(whole["height"] / 2, abs=1)
    assert part["width"] == pytest.approx(whole["width"] / 4, abs=1)


def test_a_photo_is_sent_and_seen_large(page, stage):
    phone = opens(page, stage, "en")
    with page.expect_file_chooser() as chooser:
        phone.locator("[data-photo]").click()
    file = {"name": "shoes.png", "mimeType": "image/png", "buffer": picture(60, 40)}
    chooser.value.set_files([file])
    phone.locator("[data-enlarge]").click()
    expect(page.locator("[data-lightbox] img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-lightbox]")).to_have_count(0)
    sent = stage.ear.hears("message")["message"]
    assert sent["type"] == "image"
    assert stage.sim.chats.contents[sent["id"]].data == picture(60, 40)


def test_a_place_is_sent_from_the_menu(page, stage):
    phone = opens(page, stage, "en")
    phone.locator("[data-menu-of] summary").click()
    phone.locator('[data-menu="place"]').click()
    expect(phone.locator('[data-type="location"]')).to_contain_text("Yoyogi Park")
    assert stage.ear.hears("message")["message"]["latitude"] == 35.6713


@pytest.mark.parametrize(
    ("language", "order"),
    [("ja", "500 エラー（受け付けたのに）：プッシュ（push）、あと3回"),
     ("en", "500, although accepted: push, 3 more")],
)  # fmt: skip
def test_a_fault_is_ordered_counted_down_and_mended(page, stage, language, order):
    opens(page, stage, language)
    page.locator("[data-faults]").click()
    page.locator("[data-fault-choose=path]").select_option("push")
    page.locator("[data-fault-choose=times]").select_option("3")
    page.locator("[data-fault=error_after]").click()
    standing = page.locator('[data-fault-order="error_after"]')
    expect(standing).to_have_text(order)
    assert stage.push(AIKO, "水")[0] == 500
    expect(standing).to_contain_text("2")
    assert stage.texts(AIKO) == ["水"]
    page.locator("[data-faults-clear]").click()
    expect(standing).to_have_count(0)
    assert stage.push(AIKO, "水")[0] == 200


def test_every_fault_on_the_page_can_be_ordered(page, stage):
    opens(page, stage)
    page.locator("[data-faults]").click()
    faults = page.locator("[data-fault]")
    for index in range(faults.count()):
        faults.nth(index).click()
        expect(page.locator("[data-fault-order]")).to_have_count(index + 1)
    assert faults.count() == 10
    assert [one["name"] for one in stage.sim.faults.standing()][5:] == [
        "delay before", "429 before", "429 before", "401 before", "html before",
    ]  # fmt: skip
