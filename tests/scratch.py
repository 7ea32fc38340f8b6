"""Where tests keep their files: in memory where there is room, for they are thrown away.

A PostgreSQL database for one test is some hundred files: 0.6 s on a disk, 0.06 s in memory; and no
test waits for a disk that is busy with another's. TMPDIR, where it is set, is kept to.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # each run makes its own private folder there
ROOM = 4 << 30  # bytes: several times what a run has ever held at once


def settle() -> None:
    """Let this process and those it starts keep temporary files in memory, if that is possible."""
    if "TMPDIR" not in os.environ and is_roomy(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def is_roomy(folder: Path) -> bool:
    """Say whether files can be written, and programs run, in a folder with room enough."""
    if not os.access(folder, os.W_OK | os.X_OK):
        return False
    is_for_data_alone = os.statvfs(folder).f_flag & os.ST_NOEXEC
    return not is_for_data_alone and shutil.disk_usage(folder).free >= ROOM
