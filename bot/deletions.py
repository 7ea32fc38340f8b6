"""The file of deletions, kept outside every backup: one line each, only ever added to."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from bot.settings import Settings
from models import deletion
from models.database import Database

log = structlog.get_logger()


@dataclass(frozen=True)
class Entry:
    """A line of the file: when what was deleted, and the keyed hash of whose it was."""

    at: datetime
    what: str
    hash: str

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC).isoformat()} {self.what} {self.hash}\n"


def place(settings: Settings, database: Database) -> Path | None:
    """Return where the file is: as chosen, else beside a SQLite database; else there is none."""
    if settings.deletions:
        return Path(settings.deletions)
    return Path(f"{database.url.database}-deletions") if database.is_sqlite else None


def copy(database: Database, path: Path | None) -> int:
    """Copy to the file what is not in it yet; return how much that was.

    It is marked as copied once it is on the disk: a crash in between writes a line twice, which
    says the same. What cannot be written stays marked as not copied and is tried again.
    """
    if path is None:
        return 0
    with database.read() as db:
        fresh = deletion.not_copied(db)
    if fresh:
        try:
            append(path, [Entry(row.at, row.what, row.hash) for row in fresh])
        except OSError as error:
            log.error("deletions.not_written", fault=type(error).__name__)
            return 0
        with database.write() as db:
            deletion.mark_copied(db, fresh)
    return len(fresh)


def append(path: Path, entries: Iterable[Entry]) -> None:
    """Add lines and return when they are on the disk; a line torn by a crash is closed first."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        whole = file.seek(0, os.SEEK_END) == 0 or _ends_a_line(file.fileno())
        text = "".join(map(str, entries))
        file.write((text if whole else "\n" + text).encode())
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> list[Entry]:
    """Return what the file says; a line torn by a crash is passed over."""
    entries = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        match line.split():
            case [at, what, hashed] if len(hashed) == 64 and _instant(at):
                entries.append(Entry(datetime.fromisoformat(at), what, hashed))
    return entries


def _ends_a_line(descriptor: int) -> bool:
    return os.pread(descriptor, 1, os.fstat(descriptor).st_size - 1) == b"\n"


def _instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
