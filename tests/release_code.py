"""The code of an earlier release, taken out of the history as it was, to run beside today's."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.processes import ROOT, environment, run

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
    known = subprocess.run(["git", "cat-file", "-e", f"{commit}^{{commit}}"], cwd=ROOT, check=False)
    if known.returncode:
        pytest.skip(f"release {release} is not in this clone: git fetch --unshallow")
    packed = ["git", "archive", commit, *PARTS]
    taken = subprocess.run(packed, cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(taken)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def filled(home: Path, url: str) -> None:
    """Let a release make its tables and enter the demo's school, by its own code."""
    env = environment(DATABASE_URL=url)
    for command in (["app.py", "migrate"], ["-c", FILL]):
        done = run(python(), *command, env=env, home=home)
        assert done.returncode == 0, done.stderr


def python() -> str:
    """Return the interpreter of the tests: both releases run on the same packages."""
    return str(ROOT / ".venv" / "bin" / "python")
