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
BROKEN = r"^FAILED {} - ((?:AssertionError|assert)\b.*)"


def tested(nodes: tuple[str, ...], mutant: str = "") -> tuple[int, str]:
    """Run tests under a mutant; return pytest's exit code and what it said."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutants"]
    command += ["-p", "no:cacheprovider", *nodes]
    env = os.environ | {CHOSEN: mutant, "TASUKI_CRASH_KILLS": KILLS, "COLUMNS": "400"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def hunt(name: str) -> int:
    """Let a mutant loose; print who noticed it and what they said; return who did not."""
    nodes, escaped = MUTANTS[name].caught_by, 0
    _, said = tested(nodes, name)
    for node in nodes:
        found = re.search(BROKEN.format(re.escape(node)), said, re.M)
        escaped += found is None
        by = "the crash test" if node == SIEGE else node.removeprefix("tests/")
        how = found[1][:150] if found else "no assertion failed"
        print(f"{'caught' if found else 'ESCAPED'} | {name} | {by} | {how}", flush=True)
    if escaped:
        print(said[-3000:])
    return escaped


def main() -> None:
    """See the tests pass as things are, then each mutant noticed; names choose some of them."""
    began, names = time.monotonic(), sys.argv[1:] or list(MUTANTS)
    nodes = {node for name in names for node in MUTANTS[name].caught_by} - {SIEGE}
    code, said = tested(tuple(sorted(nodes)))
    if code:
        sys.exit(f"These must pass while nothing is broken:\n{said[-3000:]}")
    escaped = sum(hunt(name) for name in names)
    print(f"mutants={len(names)} escaped={escaped} seconds={time.monotonic() - began:.0f}")
    sys.exit(escaped > 0)


if __name__ == "__main__":
    main()
