"""Which machine this is: a SQLite database belongs to one at a time."""

from __future__ import annotations

import socket
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, select

from models.heartbeat import Heartbeat

UNKNOWN = "-"
LOOPS = ("engine", "delivery")  # whose heartbeats say where they are at work
FRESH = timedelta(seconds=60)
MACHINE = Path("/etc/machine-id")
BOOT = Path("/proc/sys/kernel/random/boot_id")


def here() -> str:
    """Return this machine's name, its lasting identity and that of its running system.

    Containers on one machine share the running system and may share a file; a machine that was
    started anew keeps its name and identity.
    """
    return " ".join((socket.gethostname(), _read(MACHINE), _read(BOOT)))


def is_another(one: str, other: str) -> bool:
    """Say whether two descriptions are of different machines."""
    (*machine, boot), (*its_machine, its_boot) = one.split(" "), other.split(" ")
    same_system = boot == its_boot != UNKNOWN
    return not same_system and machine != its_machine


def others_at_work(db: Session, now: datetime, here: str) -> set[str]:
    """Return the names of other machines whose workers were alive a moment ago."""
    fresh = select(Heartbeat.detail).where(
        Heartbeat.at > now - FRESH, Heartbeat.detail != "", col(Heartbeat.name).in_(LOOPS)
    )
    return {beat.split(" ")[0] for beat in db.exec(fresh) if is_another(beat, here)}


def _read(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(encoding="utf-8").strip() or UNKNOWN
    return UNKNOWN
