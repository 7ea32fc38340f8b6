"""The locks: hashed, without any address, and the test lock holds the run lock whole."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN, TEST = ROOT / "requirements.txt", ROOT / "requirements-test.txt"
# A lock is read by machines of many networks: where to fetch from is theirs to say.
ADDRESS = re.compile(r"[a-z+]+://|file:/|^\s*(-i|-f|--(extra-)?index-url|--find-links)\b|@ /", re.M)
LOCK_NAMES = ("requirements*.txt", "*.lock", "*lock.json", "pylock*.toml", "npm-shrinkwrap.json")


def tracked(*patterns: str) -> list[Path]:
    command = ["git", "ls-files", "-z", "--", *patterns, *(f"**/{p}" for p in patterns)]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in sorted(set(names.split("\0"))) if name]


def pins(lock: Path) -> dict[str, str]:
    """Return each package's pin with its hashes, as the lock has it."""
    plain = re.sub(r"^ *#.*\n", "", lock.read_text(), flags=re.M).replace("\\\n", " ")
    return {re.split("[=; ]", line)[0]: " ".join(line.split()) for line in plain.splitlines()}


def test_no_tracked_lock_has_an_address():
    locks = tracked(*LOCK_NAMES)
    assert {RUN, TEST} <= set(locks)
    assert {lock.name for lock in locks if ADDRESS.search(lock.read_text())} == set()


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.invalid/simple",
        "--extra-index-url=file:///srv/simple",
        "-f /srv/wheels",
        "flask @ git+ssh://git@example.invalid/flask",
        "flask @ /srv/flask.whl",
        '  "resolved": "https://example.invalid/x.tgz",',
    ],
)
def test_an_address_is_seen(line):
    assert ADDRESS.search(f"flask==3.1.3 \\\n    --hash=sha256:00\n{line}\n")


def test_every_pin_is_exact_and_hashed():
    for lock in (RUN, TEST):
        loose = {n for n, pin in pins(lock).items() if "==" not in pin or "--hash=" not in pin}
        assert loose == set(), f"{lock.name}: run `make locks`"


def test_the_test_lock_holds_the_run_lock_whole():
    run, test = pins(RUN), pins(TEST)
    assert run
    assert {name for name, pin in run.items() if test.get(name) != pin} == set()


def test_the_locks_know_every_package_that_pyproject_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {RUN: project["project"]["dependencies"]}
    wanted[TEST] = [*wanted[RUN], *project["dependency-groups"]["test"]]
    for lock, names in wanted.items():
        plain = {re.split(r"[\[<>=~! ;]", name)[0].lower() for name in names}
        assert plain - pins(lock).keys() == set(), f"{lock.name}: run `make locks`"


@pytest.mark.parametrize("recipe", ["chromium", "node"])
def test_an_npm_lock_is_exact_and_hashed(recipe):
    wanted = json.loads((ROOT / f"tests/{recipe}/package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    lock = json.loads((ROOT / f"tests/{recipe}/package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert {name for name, entry in packages.items() if "integrity" not in entry} == set()
