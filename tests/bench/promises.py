"""The figures of docs/promises.md, made anew: `make promises` (KILLS=1000, about half an hour).

Each measurement is a command of its own that prints what it found; what they print is written
between the two marks of the page, under the command that makes it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "promises.md"
MARKS = re.compile(r"(<!-- figures -->\n).*(<!-- /figures -->)", re.DOTALL)
MEASUREMENTS = {
    "Killed again and again": "tests.crash",
    "Taking webhooks in while the database is locked and LINE is slow": "tests.bench.intake",
    "A backup, and putting it back": "tests.bench.drill",
    "Answers a second when many write at once": "tests.bench.throughput",
    "What the tests say, tap and post": "tests.bench.corpora",
    "With one safeguard left out": "tests.hunt",
}


def measured(module: str) -> tuple[str, int]:
    """Run one measurement; return what it printed, and its exit code."""
    print(f"… {module}", flush=True)
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout.strip(), done.returncode


def section(title: str, module: str) -> tuple[str, int]:
    """Return one measurement as it stands on the page; one that failed says so there."""
    said, code = measured(module)
    failed = f"\n**Failed**, with exit code {code}.\n" if code else ""
    return f"### {title}\n\n`python -m {module}`\n\n```\n{said}\n```\n{failed}", code


def main() -> None:
    """Measure everything and write it down; end as badly as the worst of it."""
    sections = [section(title, module) for title, module in MEASUREMENTS.items()]
    head = f"{os.cpu_count()} cores, Python {sys.version.split()[0]}.\n\n"
    said = head + "\n".join(text for text, _ in sections)
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(MARKS.sub(lambda m: m[1] + "\n" + said + "\n" + m[2], page), encoding="utf-8")
    sys.exit(max(code for _, code in sections))


if __name__ == "__main__":
    main()
