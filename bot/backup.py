"""Backups: a copy made while everything runs, looked through before it gets its name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import backup_postgres, backup_sqlite
from models import schema
from models.database import BusyError, Database
from models.schema import Fit

STAMP = "%Y%m%dT%H%M%SZ"


class BackupRefused(Exception):  # noqa: N818 - it is a refusal
    """A backup that cannot be made or put back, and what to do about it."""


def take(database: Database, destination: Path, now: datetime, keep: int | None = None) -> Path:
    """Copy the database to a file, or into a folder under a name with the time; return the file.

    In a folder the newest `keep` are kept. Nothing bears the name of a backup that was not
    looked through: integrity, and a schema this code knows.
    """
    target = _target(database, destination, now)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    with refusing("no backup was made"):
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _tools(database).copy(database.url, part)
            look_through(database, part)
            settle(part, target)
        finally:
            part.unlink(missing_ok=True)
    if keep and destination.is_dir():
        _drop_older(destination, target.suffix, keep)
    return target


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Turn the faults of files and tools into a refusal in plain words."""
    try:
        yield
    except (OSError, backup_sqlite.Damaged, backup_postgres.ToolFault, BusyError) as fault:
        raise BackupRefused(f"{what}: {fault}") from fault


def look_through(database: Database, file: Path) -> Fit:
    """Check a backup of this kind of database from end to end; say how its schema stands."""
    fit = schema.fit_of(_tools(database).revision(file))
    if fit is None:
        raise BackupRefused(f"{file} holds no schema of Tasuki's")
    return fit


def settle(part: Path, target: Path) -> None:
    """Give a file its name once it is on the disk, in one step."""
    for path, flags in ((part, os.O_RDONLY), (target.parent, os.O_RDONLY | os.O_DIRECTORY)):
        descriptor = os.open(path, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if path is part:
            part.rename(target)


def _tools(database: Database) -> Any:
    return backup_sqlite if database.is_sqlite else backup_postgres


def _target(database: Database, destination: Path, now: datetime) -> Path:
    if destination.is_dir():
        suffix = ".db" if database.is_sqlite else ".dump"
        return destination / f"tasuki-{now.astimezone(UTC):{STAMP}}{suffix}"
    if destination.exists():
        raise BackupRefused(f"{destination} is there already: name a folder, or another file")
    if not destination.parent.is_dir():
        raise BackupRefused(f"there is no folder {destination.parent}")
    return destination


def _drop_older(folder: Path, suffix: str, keep: int) -> None:
    """Delete all but the newest backups; their names sort by time."""
    for old in sorted(folder.glob(f"tasuki-*Z{suffix}"))[:-keep]:
        old.unlink()
