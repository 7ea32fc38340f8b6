"""Builds .venv from a hashed lock with only Python 3.11 and pip: `bootstrap.py run|test`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RECEIPT = VENV / "installed-locks"
# The test lock holds the run lock whole (tests/test_locks.py), so installing it satisfies both.
LOCKS = {"run": ["requirements.txt"], "test": ["requirements-test.txt", "requirements.txt"]}

PIP_MISSING = "pip is missing. On Debian or Ubuntu: sudo apt install python3-pip"
PYTHON_OLD = (
    "Tasuki needs Python 3.11 or newer, and this is Python {}.\n"
    "If a newer one is installed under another name: make PYTHON3=python3.12 run"
)
PIP_OLD = "This pip is too old (22.3 or newer is needed): python3 -m pip install --upgrade pip"
FAILED = "The set-up did not finish; the reason stands above. Nothing is lost: run it again."


def main() -> None:
    """Make the environment that the named lock describes, unless it stands already."""
    if sys.version_info < (3, 11):  # noqa: UP036 (here it is the very question)
        sys.exit(PYTHON_OLD.format(sys.version.split()[0]))
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit("usage: python3 bootstrap.py " + "|".join(LOCKS))
    locks = [ROOT / name for name in LOCKS[sys.argv[1]]]
    if fingerprint(locks[0]) in receipts() and PYTHON.exists():
        return
    print(f"Setting up .venv from {locks[0].name}: once, about half a minute…", flush=True)
    build(locks)


def build(locks: list[Path]) -> None:
    """Install the first lock into .venv and write down every lock which that satisfies."""
    if not made_by_this_python():
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", "--without-pip", str(VENV))
    RECEIPT.unlink(missing_ok=True)  # an interrupted installation must not pass for a whole one
    run(*pip(), "install", *QUIETLY, "--require-hashes", "-r", str(locks[0]))
    RECEIPT.write_text("".join(fingerprint(lock) + "\n" for lock in locks))


QUIETLY = ["--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore"]


def pip() -> list[str]:
    """Return the command that runs pip on .venv: this Python's pip, else one put into .venv."""
    if find_spec("pip"):
        if tuple(map(int, version("pip").split(".")[:2])) < (22, 3):
            sys.exit(PIP_OLD)
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    if not find_spec("ensurepip"):
        sys.exit(PIP_MISSING)
    run(str(PYTHON), "-m", "ensurepip")
    return [str(PYTHON), "-m", "pip"]


def made_by_this_python() -> bool:
    """Tell whether .venv works and belongs to this minor version of Python."""
    here = "{}.{}".format(*sys.version_info)
    ask = "import sys; print('{}.{}'.format(*sys.version_info))"
    try:
        answer = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.strip() == here


def fingerprint(lock: Path) -> str:
    """Return what must be equal for an installation to be still good: Python and lock."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return "python{}.{} ".format(*sys.version_info) + digest


def receipts() -> list[str]:
    """Return the fingerprints of the locks that .venv satisfies."""
    return RECEIPT.read_text().splitlines() if RECEIPT.exists() else []


def run(*command: str) -> None:
    """Run one step and stop with a plain sentence if it fails."""
    env = {name: value for name, value in os.environ.items() if name != "PIP_REQUIRE_VIRTUALENV"}
    if subprocess.run(command, env=env, check=False).returncode:
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
