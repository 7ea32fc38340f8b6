"""The file of a SQLite database: sound, on a disk of this machine, and in whose hands."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import IO

from models.database import Database

CHECK_FOR = 20.0  # seconds at most: a school's database takes a fraction of one
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "fuse.sshfs", "fuse.glusterfs"}
MOUNTS = Path("/proc/self/mountinfo")


def damage(path: Path) -> str:
    """Return what is wrong inside the file; empty when it is sound, or not there yet.

    quick_check reads every page and says whether the tables hang together, in linear time; what
    it leaves out (each index against its table) costs many times that, and a backup is checked
    for it. A file so great that it cannot be read in CHECK_FOR is let pass: late is worse.
    """
    if not path.exists():
        return ""
    until = time.monotonic() + CHECK_FOR
    try:
        with closing(sqlite3.connect(path, timeout=CHECK_FOR)) as connection:
            connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
            [said] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        return "" if "interrupt" in str(error) or "locked" in str(error) else str(error)
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if said == "ok" else str(said).splitlines()[-1]


def network(path: Path, mounts: Path = MOUNTS) -> str:
    """Return the kind of network drive the file is on; empty for a disk of this machine."""
    where = str(path.resolve())
    found = ("", "")
    with suppress(OSError):
        for line in mounts.read_text(encoding="utf-8").splitlines():
            mine, _, rest = line.partition(" - ")
            point = mine.split()[4].encode().decode("unicode_escape").rstrip("/")
            if (where + "/").startswith(point + "/") and len(point) >= len(found[0]):
                found = point, rest.split()[0]
    return found[1] if found[1] in NETWORK else ""


def in_use(database: Database) -> IO[bytes] | None:
    """Occupy a database's file, where it has one."""
    return occupy(Path(database.url.database or "")) if database.is_sqlite else None


def occupy(path: Path) -> IO[bytes]:
    """Say, for as long as the returned file is open, that this process uses the database.

    The kernel forgets it with the process, however that ends. BlockingIOError while a backup is
    being put back.
    """
    return _held(path, fcntl.LOCK_SH)


def is_being_replaced(path: Path) -> bool:
    """Say whether a backup is being put in the file's place."""
    try:
        occupy(path).close()
    except BlockingIOError:
        return True
    return False


def take_alone(path: Path) -> IO[bytes]:
    """Keep all others away while the file is replaced; BlockingIOError when a process uses it."""
    return _held(path, fcntl.LOCK_EX)


def _held(path: Path, how: int) -> IO[bytes]:
    descriptor = os.open(f"{path}-in-use", os.O_RDWR | os.O_CREAT, 0o600)
    file = os.fdopen(descriptor, "r+b")
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise
    return file
