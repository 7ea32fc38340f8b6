"""`make audit`: no known vulnerability in what we run on, and nothing left unchecked.

pip-audit alone ends with 0 and "No known vulnerabilities found" where it could look up nothing.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.txt"
LOOK = ["-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
PIN = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?==(\S+)[^\n\\]*((?:\\\n[^\n\\]*)+)", re.MULTILINE)


def main() -> None:
    """Look at the whole lock, and end with 1 and every reason unless all is in order."""
    faults = [fault for sheet in sheets(LOCK.read_text(encoding="utf-8")) for fault in ask(sheet)]
    if faults:
        print(*faults, f"{len(faults)} reasons: this is no clean bill.", sep="\n", file=sys.stderr)
        sys.exit(1)
    print("Every package of requirements.txt was looked up; none has a known fault.")


def sheets(lock: str) -> list[str]:
    """Return the pins for every Python and system, without markers, each name once a sheet."""
    found, seen = [""], Counter[str]()
    for name, version, hashes in PIN.findall(lock):
        if seen[name] == len(found):
            found.append("")
        found[seen[name]] += f"{name}=={version} {hashes}\n"
        seen[name] += 1
    return found


def ask(sheet: str) -> list[str]:
    """Let pip-audit look at a sheet, and judge what it says."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(sheet)
        file.flush()
        command = [sys.executable, *LOOK, "--format", "json", "-r", file.name]
        told = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return judge(told.stdout, told.returncode, sheet)


def judge(report: str, code: int, sheet: str) -> list[str]:
    """Return why a report is no clean bill: known faults, and whatever was not checked."""
    try:
        entries = {plain(entry["name"]): entry for entry in json.loads(report)["dependencies"]}
    except (ValueError, TypeError, KeyError):
        return [f"pip-audit gave no report (exit code {code})"]
    pins = [(plain(name), version) for name, version, _ in PIN.findall(sheet)]
    found = [fault for name, version in pins for fault in weigh(name, version, entries)]
    if not pins:
        found.append("the lock names no package")
    return found or ([f"pip-audit ended with {code}"] if code else [])


def weigh(name: str, version: str, entries: dict[str, Any]) -> list[str]:
    """Return what speaks against one pinned package."""
    entry = entries.get(name, {"skip_reason": "not in the report"})
    known = entry.get("vulns")
    if entry.get("version") != version or not isinstance(known, list):
        return [f"{name} {version}: not checked ({entry.get('skip_reason', 'another version')})"]
    return [f"{name} {version}: {one.get('id')}, see {one.get('fix_versions')}" for one in known]


def plain(name: str) -> str:
    """Return a package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
