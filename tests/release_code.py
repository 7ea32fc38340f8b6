"""The code of an earlier release, taken out of the history as it was, to run beside today's."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT, environment, migrated, run

LAST_COMMITS = {"0002": "f81d0ef345f9d4291a6bfdda5ec34ffb993cf9f5"}
PARTS = ("app.py", "gunicorn.conf.py", "bot", "handlers", "models", "scheduler")
FILL = """
import os
from app import parts, real_clock
from bot import demo_school, settings
made = parts(settings.read(os.environ))
with made.database.write() as db:
    demo_school.enter(db, real_clock(), made.settings.zone)
made.database.close()
"""


def unpacked(release: str, folder: Path) -> Path:
    """Return a folder with the code of a release; skipped where the history does not reach it."""
    commit = LAST_COMMITS[release]
    if not shutil.which("git"):
        pytest.skip(f"release {release} is taken out of the history, and git is missing")
    looked = _git("cat-file", "-e", f"{commit}^{{commit}}")
    if looked.returncode:
        told = looked.stderr.decode().strip()
        pytest.skip(f"release {release} is not in this clone ({told}): git fetch --unshallow")
    folder.mkdir()
    packed = _git("archive", commit, *PARTS)
    assert packed.returncode == 0, packed.stderr
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)


def filled(home: Path, url: str) -> None:
    """Let a release make its tables and enter the demo's school, by its own code."""
    env = environment(DATABASE_URL=migrated(url, home))
    done = run(sys.executable, "-c", FILL, env=env, home=home)
    assert done.returncode == 0, done.stderr
