"""`make audit`: a known fault, or a package that was not looked up, is never a clean bill."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = """\
flask==3.1.3 \\
    --hash=sha256:00
psycopg[binary]==3.3.1 \\
    --hash=sha256:00
typing_extensions==4.15.0 \\
    --hash=sha256:00
"""
FLASK = {"name": "flask", "version": "3.1.3", "vulns": []}
PSYCOPG = {"name": "psycopg", "version": "3.3.1", "vulns": []}
TYPING = {"name": "typing-extensions", "version": "4.15.0", "vulns": []}
# As pip-audit 2.10.1 wrote it; its exit code was 0, and it said "No known vulnerabilities found".
REASON = "Dependency not found on PyPI and could not be audited: flask (3.1.3)"
SKIPPED = {"name": "flask", "skip_reason": REASON}
KNOWN = {
    "id": "PYSEC-2099-1",
    "fix_versions": ["3.1.4"],
    "aliases": ["CVE-2099-0001"],
    "description": "…",
}
BAD = FLASK | {"vulns": [KNOWN]}


@pytest.fixture(scope="module")
def audit():
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(*entries):
    return json.dumps({"dependencies": entries, "fixes": []})


def test_all_looked_up_and_in_order_is_a_clean_bill(audit):
    assert audit.judge(report(FLASK, PSYCOPG, TYPING), 0, LOCK) == []


@pytest.mark.parametrize(
    ("told", "code", "fault"),
    [
        (report(BAD, PSYCOPG, TYPING), 1, "flask 3.1.3: PYSEC-2099-1, see ['3.1.4']"),
        (report(BAD, PSYCOPG, TYPING), 0, "flask 3.1.3: PYSEC-2099-1, see ['3.1.4']"),
        (report(SKIPPED, PSYCOPG, TYPING), 0, f"flask 3.1.3: not checked ({REASON})"),
        (report(PSYCOPG, TYPING), 0, "flask 3.1.3: not checked (not in the report)"),
        (
            report(FLASK | {"version": "3.1.2"}, PSYCOPG, TYPING),
            0,
            "flask 3.1.3: not checked (another version)",
        ),
        (report(FLASK, PSYCOPG, TYPING), 1, "pip-audit ended with 1"),
        ("", 1, "pip-audit gave no report (exit code 1)"),
        ("[]", 0, "pip-audit gave no report (exit code 0)"),
        ("No known vulnerabilities found", 0, "pip-audit gave no report (exit code 0)"),
    ],
)
def test_anything_else_is_none(audit, told, code, fault):
    assert audit.judge(told, code, LOCK) == [fault]


def test_an_empty_report_names_every_package(audit):
    found = audit.judge(report(), 0, LOCK)
    assert len(found) == 3
    assert all(fault.endswith("(not in the report)") for fault in found)
    assert audit.judge(report(), 0, "") == ["the lock names no package"]


def test_the_whole_of_our_lock_is_looked_at_whatever_python_runs(audit):
    lock = (ROOT / "requirements.txt").read_text()
    pins = [line.split()[0] for line in lock.splitlines() if line[:1].isalnum()]
    sheets = audit.sheets(lock)
    asked = [line.split()[0] for sheet in sheets for line in sheet.splitlines() if "==" in line]
    assert sorted(asked) == sorted(re.sub(r"\[.*\]", "", pin) for pin in pins)
    assert len(pins) > 40
    assert ";" not in "".join(sheets)
    for sheet in sheets:
        assert len(audit.judge(report(), 0, sheet)) == sheet.count("==")


def test_of_two_pins_of_one_package_each_is_asked_for(audit):
    lock = "a==1 ; x < '2' \\\n    --hash=sha256:00\na==2 ; x >= '2' \\\n    --hash=sha256:11\n"
    one, two = audit.sheets(lock)
    assert one.split() == ["a==1", "\\", "--hash=sha256:00"]
    assert two.split() == ["a==2", "\\", "--hash=sha256:11"]
