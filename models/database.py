"""The database: the only place where SQLite and PostgreSQL differ."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

WORKER_WAIT = 30.0  # seconds a worker waits for its turn to write
INTAKE_WAIT = 1.0  # seconds the webhook waits, then it answers 503
WAKE_CHANNEL = "tasuki_wake"
_LOCK_STEP = 0.002


class BusyError(Exception):
    """The database could not be had within the time allowed."""


class Database:
    """Short read and write transactions on either database."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        if self.url.drivername == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        self._turnstile = _Turnstile(self.url.database) if self.is_sqlite else None

    @contextmanager
    def write(self, wait: float = WORKER_WAIT) -> Iterator[Session]:
        """One write transaction: committed at the end, rolled back on any error."""
        with self.connect(wait) as connection, _session(connection) as session:
            yield session
            session.flush()

    @contextmanager
    def connect(self, wait: float = WORKER_WAIT) -> Iterator[Connection]:
        """A write transaction on a bare connection, for intake and its like."""
        until = time.monotonic() + wait
        with self.turn(wait), self.engine.connect() as connection:
            left = min(max(0.0, until - time.monotonic()), INTAKE_WAIT)
            connection.execution_options(tasuki_write=left)
            with connection.begin():
                if not self.is_sqlite and wait != WORKER_WAIT:
                    _limit_postgres(connection, wait)
                yield connection

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One read transaction; nothing done in it is kept."""
        with self.engine.connect() as connection, _session(connection) as session:
            yield session

    @contextmanager
    def turn(self, wait: float) -> Iterator[None]:
        """Hold SQLite's only right to write, asked for in a queue; nothing on PostgreSQL."""
        if self._turnstile is None:
            yield
            return
        with self._turnstile.held(wait):
            yield

    def close(self) -> None:
        """Close all connections, also before a fork."""
        self.engine.dispose()


class _Turnstile:
    """Writers queue here instead of in SQLite's sleeping busy handler.

    The file is opened by the process that uses it (after any fork), because a lock belongs
    to the open file and would be shared with a parent.
    """

    def __init__(self, database: str | None) -> None:
        self._path = Path(f"{database}.write-lock") if database else None
        self._thread = threading.Lock()
        self._file: IO[bytes] | None = None
        self._pid = 0

    @contextmanager
    def held(self, wait: float) -> Iterator[None]:
        """Hold the only right to write; BusyError when it is not had within `wait` seconds."""
        deadline = time.monotonic() + wait
        if not self._thread.acquire(timeout=wait):
            raise BusyError("another thread is writing")
        try:
            self._lock_file(deadline)
            yield
        finally:
            self._unlock_file()
            self._thread.release()

    def _lock_file(self, deadline: float) -> None:
        if self._path is None:
            return None
        if self._file is None or self._pid != os.getpid():
            self._file, self._pid = self._path.open("ab"), os.getpid()
        while True:
            try:
                return fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise BusyError("another process is writing") from None
                time.sleep(_LOCK_STEP)

    def _unlock_file(self) -> None:
        if self._file is not None and self._pid == os.getpid():
            fcntl.flock(self._file, fcntl.LOCK_UN)


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> int:
    """Insert the rows that break no unique key; return how many were new."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).on_conflict_do_nothing().returning(next(iter(table.c)))
    return sum(len(connection.execute(statement.values(**row)).all()) for row in rows)


def lock_next(statement: Any) -> Any:
    """Take a row that no other worker holds (SQLite has one writer at a time anyway)."""
    return statement.with_for_update(skip_locked=True)


def wake(connection: Connection) -> None:
    """Tell workers in other processes, when this transaction commits, that there is work."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"NOTIFY {WAKE_CHANNEL}"))


_PG_WRITES = "WITH none AS (DELETE FROM heartbeat WHERE false) SELECT txid_current()"


def can_commit(database: Database, wait: float = INTAKE_WAIT) -> bool:
    """Say whether intake could commit now: something is written, so that a full disk shows."""
    writes = "PRAGMA user_version = 1" if database.is_sqlite else _PG_WRITES
    try:
        with database.connect(wait) as connection:
            connection.exec_driver_sql(writes)
    except (BusyError, SQLAlchemyError, OSError):
        return False
    return True


def _session(connection: Connection) -> Session:
    return Session(connection, expire_on_commit=False, autoflush=True)


def _sqlite_engine(url: Any) -> Engine:
    engine = create_engine(url, connect_args={"timeout": INTAKE_WAIT}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _settle(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: savepoints need it
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        wait = connection.get_execution_options().get("tasuki_write")
        if wait is None:
            connection.exec_driver_sql("BEGIN")
            return
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(wait * 1000)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgres_engine(url: Any) -> Engine:
    settings = "-c timezone=UTC -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s"
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        pool_timeout=INTAKE_WAIT * 10,
        connect_args={"options": settings, "connect_timeout": 2},
    )


def _limit_postgres(connection: Connection, wait: float) -> None:
    limit = f"{int(wait * 1000)}ms"
    connection.execute(text(f"SET LOCAL lock_timeout = '{limit}'"))
    connection.execute(text(f"SET LOCAL statement_timeout = '{limit}'"))
