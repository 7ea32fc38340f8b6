"""Reading the folder in which a school keeps its term: all of it and sound, or every fault."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from models import school_cells as cell
from models.content_files import load_tips
from models.school_checks import all_checks, read_code
from models.school_races import OF_THE_GOAL, RACES, SOURCE_YEAR
from models.school_sheets import Column, Fault, Row, Sheet, read_sheet
from models.school_values import (
    Coach,
    CoachRole,
    Code,
    CodeKind,
    Intensity,
    Language,
    Lesson,
    School,
    SchoolClass,
    Session,
    Term,
)

TEMPLATE = Path(__file__).parent / "content" / "school"

_CLASS = Column("class", cell.class_code, "class_code")
_WEEK = Column("week", cell.whole(1, 60))


class SchoolFaults(Exception):  # noqa: N818 -- the name the importer's messages use
    """Every fault of a folder at once, in the order of files and lines."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(sorted(faults))


def _code(kind: CodeKind, class_code: str | None, code: str, expires: date | None) -> Code:
    return Code(kind, class_code, read_code(kind, code), expires)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, cell.text) for name in names)


SHEETS = (
    Sheet(
        "term.csv",
        (
            *_texts("code", "name_ja", "name_en", "race_name_ja", "race_name_en"),
            Column("race_date", cell.day),
            Column("race_start", cell.clock_time),
            SOURCE_YEAR,
            *OF_THE_GOAL,
        ),
        Term,
    ),
    RACES,
    Sheet(
        "classes.csv",
        (
            Column("class", cell.class_code, "code"),
            *_texts("name_ja", "name_en"),
            Column("goal", cell.goal, "goal_seconds"),
            Column("capacity", cell.whole(1, 500)),
            Column("notice_weekday", cell.weekday),
            Column("notice_time", cell.clock_time),
            Column("rsvp_deadline_hours", cell.whole(0, 168)),
            Column("language", cell.one_of(Language)),
        ),
        SchoolClass,
    ),
    Sheet(
        "coaches.csv",
        (_CLASS, Column("role", cell.one_of(CoachRole)), *_texts("name")),
        Coach,
    ),
    Sheet(
        "sessions.csv",
        (
            _CLASS,
            _WEEK,
            Column("date", cell.day),
            Column("start", cell.clock_time),
            Column("minutes", cell.whole(10, 600)),
            *_texts("place_ja", "place_en"),
            Column("map_url", cell.map_url),
            Column("cancelled_reason", cell.optional_text),
        ),
        Session,
    ),
    Sheet(
        "curriculum.csv",
        (
            _WEEK,
            _CLASS,
            *_texts("phase_ja", "phase_en", "theme_ja", "theme_en", "menu_ja", "menu_en"),
            Column("minutes", cell.whole(0, 600)),
            Column("km", cell.kilometres),
            Column("intensity", cell.one_of(Intensity)),
            *_texts("bring_ja", "bring_en", "tip"),
        ),
        Lesson,
    ),
    Sheet(
        "codes.csv",
        (
            Column("kind", cell.one_of(CodeKind)),
            Column("class", cell.optional_class_code, "class_code"),
            Column("code", cell.optional_text),
            Column("expires", cell.optional_day),
        ),
        _code,
    ),
)


def read_school(folder: Path) -> School:
    """Return the school a folder describes; SchoolFaults holds every fault it has."""
    faults: list[Fault] = []
    rows = {sheet.file: read_sheet(folder, sheet, faults) for sheet in SHEETS}
    faults.extend(all_checks(rows, {tip.id for tip in load_tips()}))
    if faults:
        raise SchoolFaults(faults)
    return School(**_values(rows))


def _values(rows: Mapping[str, list[Row] | None]) -> dict[str, Any]:
    made = {
        sheet.file.removesuffix(".csv"): tuple(map(sheet.value, rows[sheet.file] or ()))
        for sheet in SHEETS
    }
    return {**made, "term": made["term"][0]}
