"""How long a backup and putting it back take: `python -m tests.bench.drill`, on SQLite."""

from __future__ import annotations

import base64
import tempfile
import time
from pathlib import Path

from models import crypto
from tests.bench.latency import fill
from tests.processes import COMMAND, environment, run


def took(*command: str, url: str) -> float:
    """Run one of the commands; return its seconds, Python's start included."""
    start = time.monotonic()
    done = run(*COMMAND, *command, env=environment(DATABASE_URL=url))
    assert done.returncode == 0, done.stderr
    return time.monotonic() - start


def main() -> None:
    """Back up the demo school, put it back elsewhere, and print the seconds."""
    key = base64.b64decode(environment()["TASUKI_DATA_KEY"])
    crypto.use(crypto.Keyring(key))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        live, copy = fill(f"sqlite:///{folder / 'live.db'}"), folder / "copy.db"
        size = (folder / "live.db").stat().st_size / 1e6
        backup = took("backup", str(copy), url=live)
        restore = took(
            "restore", str(copy), "--without-deletions", url=f"sqlite:///{folder / 'new.db'}"
        )
    print("| the demo school | MB | backup | restore |\n|---|---|---|---|")
    print(f"| SQLite | {size:.1f} | {backup:.1f} s | {restore:.1f} s |")


if __name__ == "__main__":
    main()
