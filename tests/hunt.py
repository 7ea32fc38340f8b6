"""`make mutants`: puts each mutant on, and demands that those who must notice it do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.mutants import CHOSEN, MUTANTS, SIEGE

ROOT = Path(__file__).parents[1]
KILLS = "20"  # in a siege of a mutant
PROMISE_BROKEN = re.compile(r"^FAILED \S+ - (AssertionError|assert)\b", re.M)
SAID = re.compile(r"^E +(.+)", re.M)


def tested(*nodes: str, mutant: str = "") -> tuple[bool, str]:
    """Run tests under a mutant; return whether an assertion failed, and what it said."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "tests.mutants"]
    command += ["-p", "no:cacheprovider", *nodes]
    env = os.environ | {CHOSEN: mutant, "TASUKI_CRASH_KILLS": KILLS, "COLUMNS": "200"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    said = SAID.search(done.stdout)
    caught = done.returncode == 1 and PROMISE_BROKEN.search(done.stdout) is not None
    if done.returncode and not caught:
        print(done.stdout[-3000:], done.stderr[-2000:])
    return caught, said[1] if said else f"exit {done.returncode}, no assertion failed"


def main() -> None:
    """Let the tests pass as things are, then fail under each mutant; print the table."""
    began, escaped = time.monotonic(), 0
    named = sorted({node for one in MUTANTS.values() for node in one.caught_by} - {SIEGE})
    caught, said = tested(*named)
    if caught or not said.startswith("exit 0"):
        sys.exit(f"These must pass while nothing is broken: {said}")
    for name, mutant in MUTANTS.items():
        for node in mutant.caught_by:
            caught, said = tested(node, mutant=name)
            escaped += not caught
            by = "the crash test" if node == SIEGE else node.removeprefix("tests/")
            print(f"{'caught' if caught else 'ESCAPED'} | {name} | {by} | {said[:160]}", flush=True)
    print(f"mutants={len(MUTANTS)} escaped={escaped} seconds={time.monotonic() - began:.0f}")
    sys.exit(escaped > 0)


if __name__ == "__main__":
    main()
