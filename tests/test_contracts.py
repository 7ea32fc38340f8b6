"""The import contracts of pyproject.toml: each seen to bite on a small house of paper."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"
LINT = Path(sys.executable).with_name("lint-imports")
FILES = [
    *("bot/__init__.py", "bot/line.py", "bot/turn.py", "bot/simulator/__init__.py"),
    *("handlers/__init__.py", "handlers/drink.py", "handlers/carbs.py", "scheduler/__init__.py"),
    *("models/__init__.py", "models/person.py", "models/rules/__init__.py", "models/rules/heat.py"),
]
BAD = [
    ("one-direction", "bot/turn.py", "import handlers.drink"),
    ("one-direction", "models/person.py", "import bot.turn"),
    ("one-direction", "scheduler/__init__.py", "import handlers.drink"),
    ("features-apart", "handlers/drink.py", "from handlers import carbs"),
    ("one-door-to-line", "bot/turn.py", "import linebot.v3"),
    ("one-door-to-line", "handlers/drink.py", "def f():\n    import linebot"),
    ("rules-are-pure", "models/rules/heat.py", "import sqlmodel"),
    ("simulator-alone", "bot/simulator/__init__.py", "import models.person"),
    ("simulator-alone", "bot/simulator/__init__.py", "import bot.turn"),
]


@pytest.fixture
def paper_house(tmp_path):
    """A house with every room and the imports that are allowed."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "pyproject.toml").write_text(PYPROJECT.read_text())
    (tmp_path / "handlers/drink.py").write_text("import bot.turn\n")
    (tmp_path / "bot/turn.py").write_text("import models.person\n")
    (tmp_path / "bot/line.py").write_text("import linebot\n")
    return tmp_path


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    command = [LINT, "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=house, capture_output=True, text=True, check=False)


def test_the_allowed_imports_pass(paper_house):
    assert lint(paper_house).returncode == 0


@pytest.mark.parametrize(("contract", "path", "line"), BAD)
def test_a_contract_bites(paper_house, contract, path, line):
    file = paper_house / path
    file.write_text(f"{file.read_text()}{line}\n")
    told = lint(paper_house)
    assert told.returncode == 1
    assert title(contract) in broken(told.stdout)


def title(contract: str) -> str:
    contracts = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]
    return next(entry["name"] for entry in contracts if entry["id"] == contract)


def broken(report: str) -> list[str]:
    return [line.split(" BROKEN")[0] for line in report.splitlines() if "BROKEN" in line]
