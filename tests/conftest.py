"""Fixtures: two databases, the world on each of them, and the cast."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy.engine import make_url

from models import crypto
from models.database import Database
from tests import chances, databases, everywhere, logbook, postgres, probe, scratch
from tests.servers import WebServer
from tests.world import SETTINGS, Actor, Clock, World

scratch.settle()
chances.settle()
crypto.use(crypto.Keyring(SETTINGS.data_key))


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    """Each test's logs are its own."""
    with logbook.put_back():
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this test process, started when first needed."""
    with postgres.running() as server:
        yield server.url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled SQLite database to copy."""
    path = tmp_path_factory.mktemp("template") / "filled.db"
    databases.filled(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """The name of a filled PostgreSQL database to copy."""
    name = f"tasuki_filled_{os.environ.get('PYTEST_XDIST_WORKER', 'solo')}_{uuid4().hex[:8]}"
    with _admin(postgres_url) as admin:
        url = databases.sibling(postgres_url, name)
        databases.create_template(admin, name, lambda: databases.filled(url))
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A filled database of its own for each test, on either kind."""
    make = {"sqlite": _copy_sqlite, "postgresql": _copy_postgres}[request.param]
    yield from make(request, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of its own, on either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/released.db"
        return
    server, name = request.getfixturevalue("postgres_url"), f"tasuki_released_{uuid4().hex[:12]}"
    with _admin(server) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        yield databases.sibling(server, name)
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The opened database."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def web_server() -> Iterator[WebServer]:
    """The HTTP server that webhooks are sent to."""
    server = WebServer()
    yield server
    server.close()


@pytest.fixture
def world(database: Database, web_server: WebServer) -> Iterator[World]:
    """The corridor with everything around it."""
    made = World(database, web_server)
    yield made
    made.close()


@pytest.fixture
def probed(
    database: Database,
    web_server: WebServer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[World]:
    """The same with the tests' own feature in it."""
    routes = probe.router(monkeypatch, tmp_path)
    made = World(database, web_server, routes=lambda: routes)
    yield made
    made.close()


@pytest.fixture
def clock(world: World) -> Clock:
    """The world's clock."""
    return world.clock


def _cast(name: str) -> Callable[[World], Actor]:
    def play(world: World) -> Actor:
        return world.person(name)

    return play


aiko = pytest.fixture(_cast("相川 愛子"), name="aiko")  # sub-4, 54 kg, consented, screened
ryo = pytest.fixture(_cast("山田 亮"), name="ryo")  # sub-4, 66 kg, consented, screened
hiroshi = pytest.fixture(_cast("山口 浩"), name="hiroshi")  # sub-4, no consent to health data
emma = pytest.fixture(_cast("Emma Clarke"), name="emma")  # sub-4, English
coach = pytest.fixture(_cast("西岡 遥"), name="coach")  # main coach of sub-4
support = pytest.fixture(_cast("久我 大地"), name="support")  # support coach of sub-4
office = pytest.fixture(_cast("学校事務局 中島"), name="office")
hikari = pytest.fixture(_cast("新田 ひかり"), name="hikari")  # nobody yet: not even a friend
oliver = pytest.fixture(_cast("Oliver Brandt"), name="oliver")  # the same, in English


def _copy_sqlite(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    source = request.getfixturevalue("sqlite_template")
    copy = tmp_path / "tasuki.db"
    shutil.copy(source, copy)
    yield f"sqlite:///{copy}"


def _copy_postgres(request: pytest.FixtureRequest, _tmp_path: Path) -> Iterator[str]:
    server = request.getfixturevalue("postgres_url")
    source = request.getfixturevalue("postgres_template")
    name = f"tasuki_test_{uuid4().hex[:12]}"
    with _admin(server) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    yield databases.sibling(server, name)
    with _admin(server) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _admin(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(postgres.libpq_url(make_url(url)), autocommit=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let every conversation be tried on both databases."""
    said = "try every feature's conversations on PostgreSQL too, not only one in four"
    parser.addoption("--everywhere", action="store_true", help=said)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to SQLite what need not be tried twice."""
    everywhere.choose(config, items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test on the way of which something was logged that must not be."""
    report = yield
    logbook.judge(item, report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests want to be known of a run that passed."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "summary":
                terminalreporter.write_line(value)
