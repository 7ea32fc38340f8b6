"""The laws of the house: kept by every file, and each seen to bite."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests import house
from tests.house import Source

ROOT = Path(__file__).parents[1]
EXEMPT = "models/migrations/"  # a migration is written once and never read as prose
LONG_FUNCTION = "def f():\n" + "    x = 1\n" * 25


@cache
def sources(*patterns: str) -> list[Source]:
    """Return the repository's files, those not yet committed too; each is parsed once."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in names.splitlines() if not name.startswith(EXEMPT)]
    there = [path for path in paths if path.exists()]
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text()) for path in there]


def faults(law: house.Law, *patterns: str) -> list[str]:
    return [fault for source in sources(*patterns) for fault in law(source)]


@pytest.mark.parametrize("law", house.FOR_PYTHON, ids=lambda law: law.__name__)
def test_python_keeps_the_law(law):
    found = faults(law, "*.py")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("law", house.FOR_EVERY_FILE, ids=lambda law: law.__name__)
def test_every_source_file_keeps_the_law(law):
    found = faults(law, "*.py", "*.js", "*.css", "*.html")
    assert not found, "\n".join(found)


def test_the_checks_see_the_house():
    seen = {source.path for source in sources("*.py", "*.js")}
    assert {"tests/test_house.py", "models/rules/reading.py", "bootstrap.py"} <= seen
    assert not any(path.startswith((".venv", ".cache", EXEMPT)) for path in seen)


BAD = [
    (house.short_files, "bot/a.js", "x;\n" * 201),
    (house.short_functions, "bot/a.py", LONG_FUNCTION),
    (house.short_functions, "bot/a.py", f"class C:\n async {LONG_FUNCTION}".replace("\n ", "\n  ")),
    (house.names_of_the_trade, "bot/message_utils.py", ""),
    (house.names_of_the_trade, "bot/common/a.py", ""),
    (house.names_of_the_trade, "bot/a.py", "class OutboxManager: ..."),
    (house.names_of_the_trade, "bot/a.py", "def date_helper(): ..."),
    (house.handlers_do_no_io, "handlers/a.py", "import requests"),
    (house.handlers_do_no_io, "handlers/a.py", "from urllib.request import urlopen"),
    (house.handlers_do_no_io, "handlers/a.py", "from os.path import join"),
    (house.handlers_do_no_io, "handlers/a.py", "def f():\n    from sqlmodel import select"),
    (house.handlers_pass_the_database_on, "handlers/a.py", "turn.db.commit()"),
    (house.handlers_pass_the_database_on, "handlers/a.py", "db = turn.db"),
    (house.rules_know_only_the_standard_library, "models/rules/a.py", "import sqlmodel"),
    (house.rules_know_only_the_standard_library, "models/rules/a.py", "from models import person"),
    (house.rules_know_only_the_standard_library, "models/rules/a.py", "from .. import person"),
    (house.simulator_stands_alone, "bot/simulator/a.py", "from bot.messages import Text"),
    (house.simulator_stands_alone, "bot/simulator/a.py", "from ..messages import Text"),
    (house.simulator_stands_alone, "bot/simulator/a.py", "import models.person"),
    (house.only_line_speaks_to_line, "bot/webhook.py", "from linebot.v3 import WebhookParser"),
    (house.app_is_imported_by_nobody, "bot/a.py", "def f():\n    import app"),
    (house.app_is_imported_by_nobody, "bot/a.py", "from app import web"),
    (house.the_clock_is_an_argument, "bot/a.py", "datetime.now(UTC)"),
    (house.the_clock_is_an_argument, "models/a.py", "datetime.datetime.utcnow()"),
    (house.the_clock_is_an_argument, "scheduler/a.py", "date.today()"),
]

GOOD = [
    (house.short_files, "bot/a.js", "x;\n" * 200),
    (
        house.short_functions,
        "bot/a.py",
        LONG_FUNCTION.replace("():", "():\n    '''D.\n    '''", 1)[:-10],
    ),
    (house.names_of_the_trade, "bot/commonwealth.py", "def utility(): ..."),
    (house.handlers_do_no_io, "handlers/a.py", "from datetime import time\nimport models.person"),
    (house.handlers_do_no_io, "handlers/a.py", "from urllib.parse import quote"),
    (house.handlers_do_no_io, "bot/line.py", "import requests"),
    (house.handlers_pass_the_database_on, "handlers/a.py", "people.find(turn.db, db=turn.db)"),
    (house.rules_know_only_the_standard_library, "models/rules/a.py", "import math"),
    (house.rules_know_only_the_standard_library, "models/rules/a.py", "from . import heat"),
    (house.simulator_stands_alone, "bot/simulator/a.py", "from . import clock\nimport flask"),
    (house.only_line_speaks_to_line, "bot/line.py", "from linebot.v3 import WebhookParser"),
    (house.app_is_imported_by_nobody, "bot/a.py", "import application"),
    (house.the_clock_is_an_argument, "app.py", "datetime.now(UTC)"),
    (house.the_clock_is_an_argument, "bot/a.py", "clock.now()\nturn.today"),
]


@pytest.mark.parametrize(("law", "path", "text"), BAD)
def test_the_law_bites(law, path, text):
    assert len(list(law(Source(path, text)))) == 1


@pytest.mark.parametrize(("law", "path", "text"), GOOD)
def test_the_law_lets_good_work_be(law, path, text):
    assert list(law(Source(path, text))) == []


def test_every_law_is_shown_to_bite():
    assert {law for law, _, _ in BAD} == {*house.FOR_PYTHON, *house.FOR_EVERY_FILE}
    assert {law for law, _, _ in GOOD} == {law for law, _, _ in BAD}
