"""The set-up: built once, again only for another lock, and never half."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BOOTSTRAP = Path(__file__).parents[1] / "bootstrap.py"
NOTHING = "# a lock with nothing in it\n"
UNKNOWN = f"no-such-package-of-ours==1.0 --hash=sha256:{'0' * 64}\n"
OUTER = str(Path(sys.base_prefix) / "bin" / "python3")


@pytest.fixture
def clone(tmp_path):
    """A fresh clone whose locks name nothing."""
    shutil.copy(BOOTSTRAP, tmp_path)
    for name in ("requirements.txt", "requirements-test.txt"):
        (tmp_path / name).write_text(NOTHING + f"# {name}\n")
    return tmp_path


def set_up(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [OUTER, *words] if words[0].startswith("-") else [OUTER, "bootstrap.py", *words]
    env = {"PATH": "/usr/bin:/bin", "HOME": str(clone / "nowhere"), "PIP_NO_INDEX": "1"}
    return subprocess.run(command, cwd=clone, env=env, capture_output=True, text=True, check=False)


def test_it_builds_once_and_says_so_once(clone):
    assert "Setting up" in set_up(clone, "run").stdout
    assert set_up(clone, "run").stdout == ""
    assert (clone / ".venv/bin/python").exists()


def test_another_lock_is_installed(clone):
    set_up(clone, "run")
    (clone / "requirements.txt").write_text(NOTHING + "# newer\n")
    assert "Setting up" in set_up(clone, "run").stdout


def test_the_test_lock_serves_both(clone):
    assert "requirements-test.txt" in set_up(clone, "test").stdout
    assert set_up(clone, "run").stdout == ""


def test_a_failed_set_up_is_not_taken_for_a_whole_one(clone):
    set_up(clone, "run")
    (clone / "requirements.txt").write_text(UNKNOWN)
    for _attempt in range(2):
        told = set_up(clone, "run")
        assert told.returncode == 1
        assert "run it again" in told.stderr
    (clone / "requirements.txt").write_text(NOTHING)
    assert "Setting up" in set_up(clone, "run").stdout


def test_an_environment_whose_python_is_gone_is_built_anew(clone):
    set_up(clone, "run")
    (clone / ".venv/bin/python").unlink()
    assert "Setting up" in set_up(clone, "run").stdout
    assert (clone / ".venv/bin/python").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("sys.version_info = (3, 9, 2)", "needs Python 3.11"),
        ("bootstrap.find_spec = lambda name: None", "apt install python3-pip"),
        ("bootstrap.version = lambda name: '20.3.4'", "pip is too old"),
    ],
)
def test_what_is_missing_is_named(clone, change, sentence):
    script = f"import sys, bootstrap; sys.argv[1:] = ['run']; {change}; bootstrap.main()"
    told = set_up(clone, "-c", script)
    assert told.returncode == 1
    assert sentence in told.stderr
    assert "Traceback" not in told.stderr
