"""`make crash`: siege after siege, on both databases in turn, until enough processes were killed.

KILLS says how many (1,000), DATABASE which one (both), TASUKI_CRASH_SEED replays one siege.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import cycle
from pathlib import Path

from models import crypto
from tests import postgres
from tests.crash.siege import Siege
from tests.crash.tally import Plan, Tally, shown
from tests.databases import copied, filled
from tests.world import SETTINGS

A_SIEGE = 100  # kills
KINDS = ("sqlite", "postgresql")


@contextmanager
def ground(kind: str, server: str, folder: Path) -> Iterator[str]:
    """Give a fresh, filled database."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'tasuki.db'}"
        filled(url)
        yield url
    else:
        with copied(server, "tasuki_filled_crash") as url:
            yield url


def besiege(kind: str, server: str, seed: int, kills: int) -> Tally:
    """Run one siege and say what came of it; the folder of a bad one is kept."""
    folder = Path(tempfile.mkdtemp(prefix=f"tasuki-siege-{seed}-"))
    with ground(kind, server, folder) as url:
        tally = Siege(Plan(url, folder, seed, kills)).run()
    print(f"{'kept' if tally.is_kept else 'BROKEN'} {tally}", flush=True)
    if not tally.is_kept:
        print(f"  {tally.states} {tally.lost[:9]} {tally.doubled[:9]} see {folder}", flush=True)
    return tally


def main() -> None:
    """Besiege until it is enough or somebody ends it; fail if any promise was broken."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    crypto.use(crypto.Keyring(SETTINGS.data_key))
    tallies: list[Tally] = []
    began = time.monotonic()
    with suppress(KeyboardInterrupt):
        run(tallies, int(os.environ.get("KILLS") or 1000))
    total(tallies, time.monotonic() - began)


def run(tallies: list[Tally], wanted: int) -> None:
    """Besiege one database after the other."""
    chosen, seed = os.environ.get("DATABASE"), os.environ.get("TASUKI_CRASH_SEED")
    with ExitStack() as stack:
        kinds = [chosen] if chosen else list(KINDS)
        server = stack.enter_context(postgres.running()).url if "postgresql" in kinds else ""
        for kind in cycle(kinds):
            left = wanted - sum(tally.kills.total() for tally in tallies)
            if left <= 0:
                return
            one = int(seed) if seed else int.from_bytes(os.urandom(3), "big")
            tallies.append(besiege(kind, server, one, min(A_SIEGE, left)))


def total(tallies: list[Tally], seconds: float) -> None:
    """Print the sum of all sieges and end with its verdict."""
    kills = sum((tally.kills for tally in tallies), Counter())
    for name, many in kills.most_common():
        print(f"{many:6} {name}")
    names = ("planned", "accepted", "pending", "refused", "unknowable", "faults", "requests")
    sums = " ".join(f"{n}={sum(getattr(t, n).total() for t in tallies)}" for n in names)
    bad = " ".join(f"{n}={sum(len(getattr(t, n)) for t in tallies)}" for n in ("lost", "doubled"))
    following = shown([s for t in tallies for s in t.next_one])
    held = shown([s for t in tallies for s in t.held])
    broken = sum(not tally.is_kept for tally in tallies)
    print(f"total: sieges={len(tallies)} broken={broken} kills={kills.total()} {bad} {sums}")
    print(f"recovery, median/worst: next acceptance {following}, what the dead held {held}")
    print(f"seconds={seconds:.0f}")
    sys.exit(broken > 0)


if __name__ == "__main__":
    main()
