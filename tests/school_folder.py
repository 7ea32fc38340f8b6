"""A copy of the template school that a test may spoil."""

import shutil
from pathlib import Path

import pytest

from models.school_files import TEMPLATE, SchoolFaults, read_school
from models.school_sheets import Fault


def copied(folder: Path) -> Path:
    return shutil.copytree(TEMPLATE, folder / "school")


def text_of(folder: Path, file: str) -> str:
    return (folder / file).read_bytes().decode("utf-8-sig")


def replace(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` in a file; the test is out of date if it is not there."""
    text = text_of(folder, file)
    assert old in text, f"{file} no longer holds {old!r}"
    (folder / file).write_bytes(text.replace(old, new, 1).encode())


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(SchoolFaults) as raised:
        read_school(folder)
    return raised.value.faults
