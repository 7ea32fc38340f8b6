"""The documents say what is: the example feature runs, and what they name exists."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot import settings
from bot.commands import cli
from bot.simulator import Simulator, create_app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```\w+\n# (file|rows): (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
READ_ELSEWHERE = {
    "WEB_CONCURRENCY",
    "TASUKI_SCREENSHOTS",
    "TASUKI_STEPS",
    "TASUKI_CHROMIUM",
    "TASUKI_CRASH_SEED",
    "TASUKI_DIALOG_SEEDS",
    "TASUKI_EVERYWHERE",
    "TASUKI_FRESH",
    "TASUKI_LIVES",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the repository with the example feature of docs/add-a-feature.md in it."""
    folder = tmp_path_factory.mktemp("copy")
    listed = ["git", "ls-files", "-co", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in names.splitlines():
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    for kind, name, text in BLOCK.findall((ROOT / "docs/add-a-feature.md").read_text()):
        path = folder / name
        path.write_text(text if kind == "file" else with_rows(path.read_text(), text))
    return folder


def with_rows(policy, rows):
    """Return the policy table with rows added."""
    return f"{policy}\n{rows}"


def in_copy(copy, *words):
    """Run Python in the copy."""
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)


def test_the_example_feature_runs_as_it_stands(copy):
    seen = in_copy(
        copy, "pytest", "-q", "-p", "no:cacheprovider", "tests/test_cadence.py", "-k", "sqlite"
    )
    assert "3 passed" in seen.stdout, seen.stdout[-3000:]


def test_the_example_feature_keeps_the_houses_form(copy):
    for words in (["ruff", "check"], ["ruff", "format", "--check"]):
        seen = in_copy(copy, *words, "handlers/cadence.py", "tests/test_cadence.py")
        assert seen.returncode == 0, seen.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_exists(page):
    text = page.read_text()
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
        assert (page.parent / target).exists() or target.endswith("phones.png"), target
    for command in re.findall(r"app\.py ([a-z][a-z-]+)", text):
        assert command in cli.commands, command
    source = Path(settings.__file__).read_text()
    for name in re.findall(r"\b(?:TASUKI|LINE|DATABASE|WEB)_[A-Z_]+[A-Z]\b", text):
        assert name.removesuffix("_FILE") in source or name in READ_ELSEWHERE, name
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE):
        assert target in targets, target


def test_every_command_is_in_the_readme():
    text = (ROOT / "README.md").read_text()
    assert [name for name in cli.commands if f"`{name}`" not in text] == []


def test_the_simulators_page_names_its_every_address():
    sim = Simulator(channel_secret="s", access_token="t", webhook_url=None)
    rules = {rule.rule for rule in create_app(sim).url_map.iter_rules()}
    addresses = {rule for rule in rules if rule.startswith("/sim/") and "<" not in rule}
    text = (ROOT / "docs/simulator.md").read_text()
    assert sorted(a for a in addresses if a not in text) == []
    named = set(re.findall(r"/sim/[a-z]+", text))
    assert named <= addresses | {"/sim/content", "/sim/richmenu"}
