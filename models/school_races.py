"""The races of a school's folder: races.csv, and what term.csv may say besides day and hour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models import courses
from models import school_cells as cell
from models.school_sheets import Column, Sheet


@dataclass(frozen=True, slots=True)
class Race:
    """Another race on the way, such as a half marathon; `zone` None: the school's own."""

    code: str
    name_ja: str
    name_en: str
    date: date
    start: time
    km: float
    source_year: int
    zone: str | None = None
    course: str = ""


@cell.folded
def zone(value: str) -> str | None:
    """Return a time zone by its name such as Asia/Tokyo, or None for blank (the school's)."""
    if not value:
        return None
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise cell.refused(value, "zone") from None
    return value


@cell.folded
def code(value: str) -> str:
    """Return a race's short code, in small letters; `goal` is the race of term.csv."""
    plain = value.lower()
    if re.fullmatch(r"[a-z][a-z0-9_]{0,19}", plain) and plain != "goal":
        return plain
    raise cell.refused(value, "race_code")


@cell.folded
def course(value: str) -> str:
    """Return the stem of a course file, or nothing."""
    if not value or (re.fullmatch(r"[a-z0-9_]{1,40}", value) and courses.is_known(value)):
        return value
    raise cell.refused(value, "course")


@cell.folded
def kilometres(value: str) -> float | None:
    """Return a distance, or None for blank (a marathon)."""
    return cell.kilometres(value) if value else None


SOURCE_YEAR = Column("source_year", cell.whole(2000, 2100))
OF_THE_GOAL = (
    Column("race_zone", zone, optional=True),
    Column("race_km", kilometres, optional=True),
    Column("race_course", course, optional=True),
)
RACES = Sheet(
    "races.csv",
    (
        Column("code", code),
        Column("name_ja", cell.text),
        Column("name_en", cell.text),
        Column("date", cell.day),
        Column("start", cell.clock_time),
        Column("km", cell.kilometres),
        SOURCE_YEAR,
        Column("zone", zone, optional=True),
        Column("course", course, optional=True),
    ),
    Race,
    optional=True,
)
