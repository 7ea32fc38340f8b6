"""How a life of the state machine begins and ends, and how many are lived."""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from models.database import Database
from tests import chances, conftest
from tests.coach_life import CoachLife
from tests.world import START, World

STEPS = int(os.environ.get("TASUKI_STEPS", "20"))
NUMBER = count()


def drawn(lives: int) -> settings:
    """Return the settings for so many lives: the same at every landing."""
    return settings(
        max_examples=int(os.environ.get("TASUKI_LIVES", lives)),
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=not (chances.ARE_FRESH or "TASUKI_LIVES" in os.environ),
        print_blob=True,
        phases=[Phase.generate, *([Phase.shrink] if "TASUKI_SHRINK" in os.environ else [])],
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def opens(kind, request, tmp_path, web_server):
    """How a life begins and ends: on a database of its own, already filled."""
    copy = {"sqlite": conftest._copy_sqlite, "postgresql": conftest._copy_postgres}[kind]

    begins = getattr(request.module, "BEGINS", START)

    @contextmanager
    def opens(_life: Any):
        folder = Path(tmp_path / str(next(NUMBER)))
        folder.mkdir()
        with contextmanager(copy)(request, folder) as url:
            database = Database(url)
            world = World(database, web_server, begins)
            yield CoachLife(world)
            world.close()
            database.close()

    return opens
