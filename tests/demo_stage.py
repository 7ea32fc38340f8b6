"""The demo on a fixed Monday, with real servers and threads, for tests that read the phones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from playwright.sync_api import Page, expect

import app
from bot import demo_school, settings
from bot.demo import Demo
from bot.demo_people import line_id
from bot.parts import demo_clock
from tests import logbook, patience
from tests.world import START


@contextmanager
def demo(folder: Path, since: datetime = START, week: int = demo_school.WEEK) -> Iterator[Demo]:
    """Run the demo as of a day in a week of the term, on ports and a database of its own."""
    environment = {"PORT": "0", "TASUKI_SIM_PORT": "0", "DATABASE_URL": f"sqlite:///{folder}/d.db"}
    with logbook.put_back():  # what is logged stays with the test that lets it happen
        parts = app.parts(settings.read_demo(environment))
    ahead = since - app.real_clock()

    def now() -> datetime:
        return app.real_clock() + ahead

    with mock.patch.object(demo_school, "WEEK", week):
        running = Demo(replace(parts, real_clock=now, clock=demo_clock(parts.database, now)))
    try:
        running.sim.webhooks.patience = patience.SECONDS
        menus_are_there(running)
        yield running
    finally:
        running.close()


def menus_are_there(running: Demo) -> None:
    """Wait until the rich menus are on the phones: they come a few seconds after the start."""
    until = time.monotonic() + patience.SECONDS
    while running.sim.rich_menus.default is None and time.monotonic() < until:
        time.sleep(0.1)


class Phone:
    """One phone on the page."""

    def __init__(self, page: Page, name: str) -> None:
        self._page, self.place = page, page.locator(f"[data-phone={name}]")

    def says(self, text: str) -> None:
        """Type a text and send it."""
        self.place.locator("[data-composer]").fill(text)
        self.place.locator("[data-send]").click()

    def taps(self, label: str) -> None:
        """Tap the newest thing with this label."""
        self.place.locator(f'[data-label="{label}"]').last.click(timeout=patience.MILLISECONDS)

    def shows(self, text: str, times: int | None = None) -> None:
        """Wait until the bot has said this (a part of a message), so many times if that counts."""
        said = self.place.locator("[data-from=bot]").filter(has_text=text)
        if times is not None:
            expect(said).to_have_count(times)
        expect(said.last).to_be_visible()

    def count(self, text: str) -> int:
        """Return how many messages of the bot say this."""
        return self.place.locator("[data-from=bot]").filter(has_text=text).count()


def open_page(browser: Any, running: Demo, *, lang: str, size: tuple[int, int], **who: str) -> Page:
    """Open the page of phones in a language, held by these people (ids by kind)."""
    page: Page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    held = "&".join(f"{kind}={line_id(*name)}" for kind, name in _ids(who))
    page.goto(f"{running.url}/?lang={lang}#{held}")
    page.wait_for_selector("body[data-ready]", timeout=patience.MILLISECONDS)
    return page


def jump(page: Page, to: datetime) -> None:
    """Move the time machine to an instant and wait until everything due is done."""
    page.locator("[data-time-input]").fill(to.strftime("%Y-%m-%dT%H:%M"))
    page.locator("[data-time-go]").click()
    page.wait_for_timeout(200)
    page.wait_for_selector("body:not([data-busy])", timeout=patience.MILLISECONDS)


def at(days: int, hour: int, minute: int = 0) -> datetime:
    """Return a local time so many days after the first day."""
    return START.replace(hour=hour, minute=minute) + timedelta(days=days)


def _ids(who: dict[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    for kind, name in who.items():
        yield ("as" if kind == "seen_by" else kind), ("C" if kind == "group" else "U", name)
