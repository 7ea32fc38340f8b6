"""A PostgreSQL of a test's own that can be killed and started again on the same files."""

from __future__ import annotations

import shutil
import signal
import tempfile
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL

from tests import databases, postgres


class Cluster:
    """One server with one database, `url`; what it has committed survives its death."""

    def __init__(self) -> None:
        binaries = postgres.debian_binaries() or postgres.wheel_binaries()
        folder = postgres.short_temporary_directory()
        self._home = Path(tempfile.mkdtemp(prefix="tasuki-pg-", dir=folder))
        self._owner = postgres.make_private(self._home)
        self._binaries = postgres.reachable(binaries, self._home) if self._owner else binaries
        plain = URL.create("postgresql+psycopg", "postgres", database="postgres")
        self._admin = plain.update_query_dict({"host": str(self._home)})
        self.start()
        with psycopg.connect(postgres.libpq_url(self._admin), autocommit=True) as admin:
            admin.execute("CREATE DATABASE tasuki")
            admin.execute("ALTER DATABASE tasuki SET synchronous_commit = on")
        url = self._admin.render_as_string(hide_password=False)
        self.url = databases.sibling(url, "tasuki")

    def start(self) -> None:
        """Start the server; the second time it recovers first."""
        self._process = postgres.serve(self._binaries, self._home, self._owner)
        postgres.wait_until_ready(self._process, self._admin, self._home / "log")

    def kill(self) -> None:
        """Stop the server at once, as `pg_ctl stop -m immediate` does."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(10)

    def close(self) -> None:
        """Stop it for good and remove its files."""
        postgres.halt(self._process, self._home)
        shutil.rmtree(self._home, ignore_errors=True)
