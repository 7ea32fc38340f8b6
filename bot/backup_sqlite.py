"""Copies of a SQLite database, by its own online copy: writers need not stop for it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

WAIT = 30.0  # seconds for a lock


class Damaged(Exception):  # noqa: N818 - said of a file
    """The file is no sound SQLite database."""


def copy(url: URL, target: Path) -> None:
    """Copy a database as it stands at one moment, whoever writes meanwhile."""
    copy_file(Path(url.database or ""), target)


def copy_file(path: Path, target: Path) -> None:
    """Copy one file to another, which stands alone then."""
    if not path.exists():
        raise Damaged(f"there is no database {path}")
    with opened(path) as source, opened(target) as copied:
        source.backup(copied)  # in one step: with several, each write would start it anew
    fold(target)


def fold(path: Path) -> None:
    """Put a database's log into its file, so that the file is all there is."""
    with opened(path) as connection:
        connection.execute("PRAGMA journal_mode=DELETE").fetchone()


def revision(file: Path) -> str | None:
    """Return the schema's revision in a copy that was checked from end to end."""
    with opened(file) as copied:
        [said] = copied.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise Damaged(f"{file} is damaged ({said.splitlines()[0][:80]})")
        return found_revision(copied)


def found_revision(connection: sqlite3.Connection) -> str | None:
    """Return the schema's revision; None where there is none."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(known).fetchone() is None:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file that is there; Damaged when it cannot be read as a database."""
    connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    try:
        yield connection
    except sqlite3.DatabaseError as fault:
        raise Damaged(f"{path} cannot be read ({fault})") from fault
    finally:
        connection.close()
