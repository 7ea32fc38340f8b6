"""Which tests meet PostgreSQL: the corridor's all do, of a feature's conversations every fourth.

A conversation goes through the same corridor whatever it is about, so that its feature's own share
of SQL is what differs; `--everywhere` (or TASUKI_EVERYWHERE=1) tries each of them on both.
"""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path

import pytest

HANDLERS = Path(__file__).parents[1] / "handlers"
WHOLE = {"alerts", "privacy", "restored", "safety"}  # what must not fail is always tried on both
FEATURES = {path.stem for path in HANDLERS.glob("[a-z]*.py")} - WHOLE
ONE_IN = 4


def is_left_out(node: str) -> bool:
    """Say whether a test is one of a feature's conversations that SQLite alone is enough for."""
    module = re.search(r"test_(\w+)\.py::", node)
    if module is None or "postgresql" not in node:
        return False
    parts = module[1].split("_")
    names = {"_".join(parts[:length]) for length in range(1, len(parts) + 1)}
    return bool(names & FEATURES) and zlib.crc32(node.encode()) % ONE_IN != 0


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what is left out, unless everything is wanted."""
    if config.getoption("everywhere") or os.environ.get("TASUKI_EVERYWHERE"):
        return
    left = [item for item in items if is_left_out(item.nodeid)]
    items[:] = [item for item in items if not is_left_out(item.nodeid)]
    config.hook.pytest_deselected(items=left)
