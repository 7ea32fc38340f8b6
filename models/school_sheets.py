"""One file of the school folder: from the bytes a spreadsheet wrote to rows of checked cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.school_cells import RefusedCellError, clean
from models.school_reasons import reason

MAX_ROWS = 5_000
MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend: where it stands and why it cannot stay; line 0 is the file as a whole."""

    file: str
    line: int
    column: str
    reason_ja: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how a cell is read, and the field of the value it becomes.

    An optional one may be missing from the file: its cells are then read as blank.
    """

    name: str
    read: Callable[[str], Any]
    field: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its name, its columns and the value made of a row; an optional one may be away."""

    file: str
    columns: tuple[Column, ...]
    build: Callable[..., Any]
    optional: bool = False

    def value(self, row: Row) -> Any:
        """Return the value a complete row stands for."""
        return self.build(**{c.field or c.name: row.cells[c.name] for c in self.columns})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it began on and those cells that could be read, by heading."""

    line: int
    cells: dict[str, Any]

    def has(self, *names: str) -> bool:
        """Return whether all these cells could be read."""
        return all(name in self.cells for name in names)


class UnreadableFileError(Exception):
    """A file that cannot be read at all, or no further than `line`."""

    def __init__(self, key: str, line: int = 0, **values: object) -> None:
        super().__init__(key)
        self.words = reason(key, **values)
        self.line = line


def read_sheet(folder: Path, sheet: Sheet, faults: list[Fault]) -> list[Row] | None:
    """Return the rows of one file, None where it is unreadable; add its faults to `faults`."""
    if sheet.optional and not (folder / sheet.file).exists():
        return []
    try:
        records = list(_records(_decoded(folder / sheet.file)))
    except UnreadableFileError as error:
        faults.append(Fault(sheet.file, error.line, "", *error.words))
        return None
    headings = [cell.strip().lower() for cell in records[0][1]]
    wrong = list(_heading_faults(sheet, headings))
    faults.extend(wrong)
    if wrong:
        return None
    return [_row(sheet, headings, line, cells, faults) for line, cells in records[1:]]


def _decoded(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFileError("large")
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError("missing") from error
    if b"\0" in raw:
        raise UnreadableFileError("nul", 1 + raw[: raw.index(0)].count(b"\n"))
    for encoding in ("utf-8-sig", "cp932"):  # Excel in Japan writes the second
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("encoding")


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the line each record begins on and its cells; blank records are passed over."""
    count = 0
    for line, cells in _csv(text):
        if any(cell.strip() for cell in cells):
            count += 1
            yield line, cells
        if count > MAX_ROWS + 1:
            raise UnreadableFileError("rows", line, limit=MAX_ROWS)
    if not count:
        raise UnreadableFileError("no_heading", 1)


def _csv(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError("csv", line) from error


def _heading_faults(sheet: Sheet, headings: list[str]) -> Iterator[Fault]:
    known = [column.name for column in sheet.columns]
    needed = [column.name for column in sheet.columns if not column.optional]
    for name in dict.fromkeys(filter(None, headings)):
        if name not in known:
            words = reason("unknown_column", expected=", ".join(known))
            yield Fault(sheet.file, 1, name[:30], *words)
        elif headings.count(name) > 1:
            yield Fault(sheet.file, 1, name, *reason("double_column"))
    for name in needed:
        if name not in headings:
            yield Fault(sheet.file, 1, name, *reason("missing_column"))


def _row(
    sheet: Sheet, headings: list[str], line: int, cells: list[str], faults: list[Fault]
) -> Row:
    given = dict(zip(headings, cells, strict=False))
    if any(cell.strip() for cell in (*cells[len(headings) :], given.get("", ""))):
        faults.append(Fault(sheet.file, line, "", *reason("outside")))
    row = Row(line, {})
    for column in sheet.columns:
        try:
            row.cells[column.name] = column.read(clean(given.get(column.name, "")))
        except RefusedCellError as error:
            faults.append(Fault(sheet.file, line, column.name, error.ja, error.en))
    return row
