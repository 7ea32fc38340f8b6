"""Where a SQLite backup is put: beside the old file, which it replaces when all is done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from bot import backup_sqlite
from bot.backup import STAMP, BackupRefused, settle
from models import sqlite_file
from models.database import Database

Quarantine = Callable[[Database, Callable[[Session], None]], None]
BESIDE = ("", "-wal", "-shm")
IN_USE = "the database is in use: stop every web and worker process (and the demo) first"
NOT_EMPTY = "{} holds a database: with --replace it is kept under another name and replaced"


def put(
    database: Database, source: Path | None, now: datetime, replace: bool, quarantine: Quarantine
) -> None:
    """Make the new file ready under another name, then let it take the old one's place.

    Whatever ends this half-way leaves the old file where it was, or no file at all.
    """
    path = Path(database.url.database or "")
    try:
        alone = sqlite_file.take_alone(path)
    except BlockingIOError:
        raise BackupRefused(IN_USE) from None
    with closing(alone):
        if source is None:
            quarantine(database, _nothing)
            return
        if path.exists() and path.stat().st_size and not replace:
            raise BackupRefused(NOT_EMPTY.format(path))
        part = path.with_name(f"{path.name}.restoring")
        _clear(part)
        try:
            _prepare(source, part, quarantine)
            database.close()  # it would go on reading the old file
            set_aside(path, now)
            settle(part, path)
        finally:
            _clear(part)


def set_aside(path: Path, now: datetime) -> None:
    """Keep the old file; its log goes with it, for it would spoil the new one."""
    kept = f"{path}-before-{now.astimezone(UTC):{STAMP}}"
    for suffix in reversed(BESIDE):
        old = Path(f"{path}{suffix}")
        if old.exists():
            old.rename(f"{kept}{suffix}")


def _prepare(source: Path, part: Path, quarantine: Quarantine) -> None:
    part.touch(mode=0o600)
    backup_sqlite.copy_file(source, part)
    fresh = Database(f"sqlite:///{part}")
    try:
        quarantine(fresh, _nothing)
    finally:
        fresh.close()
    with backup_sqlite.opened(part) as connection:
        connection.execute("VACUUM")  # what was deleted again must not lie about in free pages
    backup_sqlite.fold(part)


def _clear(part: Path) -> None:
    for suffix in (*BESIDE, ".write-lock"):
        Path(f"{part}{suffix}").unlink(missing_ok=True)


def _nothing(_db: Session) -> None:
    """Leave no mark: a file has its name or has it not."""
