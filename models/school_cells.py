"""Reading one cell of a school's file: a value, or a kind reason in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from functools import wraps
from typing import TypeVar

from models.school_reasons import expectation, reason

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {
    name: index
    for index, (en, ja) in enumerate(zip(_DAYS, "月火水木金土日", strict=True))
    for name in (en, en[:3], ja, f"{ja}曜", f"{ja}曜日")
}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::00)?", re.ASCII)
_GOAL = re.compile(r"(\d{1,2}):([0-5]\d):([0-5]\d)", re.ASCII)
_KM = re.compile(r"[0-9]{1,2}(\.[0-9]{1,4})?")
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(?:[/?#][!-~]*)?")
_MEMBER_CODE = re.compile(r"[A-HJKMNP-Z2-9]{8,40}")
_INVITATION = re.compile(r"[A-Z2-7]{13,40}")  # 13 of base32 are 65 bits
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST = 500


class RefusedCellError(ValueError):
    """A cell that cannot be taken, with the reason in Japanese and English."""

    def __init__(self, words: tuple[str, str]) -> None:
        super().__init__(words[1])
        self.ja, self.en = words


def clean(raw: str) -> str:
    """Return the cell without outer space; refuse formulas, control marks and endless text."""
    if any(unicodedata.category(char) in {"Cs", "Cc"} and char not in "\r\n\t" for char in raw):
        raise RefusedCellError(reason("control"))
    text = raw.strip(" \n\u3000").rstrip()
    if _fold(text).startswith(_FORMULA_STARTS):
        raise RefusedCellError(reason("formula", value=text[:30]))
    if len(text) > _LONGEST:
        raise RefusedCellError(reason("long", length=len(text), limit=_LONGEST))
    return text


def _fold(value: str) -> str:
    return unicodedata.normalize("NFKC", value)


def folded(read: Callable[[str], T]) -> Callable[[str], T]:
    """Let a reader of codes and numbers see half-width characters; texts stay as written."""
    return wraps(read)(lambda value: read(_fold(value).strip()))


def refused(value: str, kind: str, **values: object) -> RefusedCellError:
    """Return the refusal of a cell that is no `kind`."""
    return RefusedCellError(expectation(value, kind, **values))


def text(value: str) -> str:
    """Return a text that must not be blank."""
    if not value:
        raise refused(value, "text")
    return value


def optional_text(value: str) -> str:
    """Return the text, blank or not."""
    return value


@folded
def day(value: str) -> date:
    """Return a calendar day written 2026-09-16, 2026/9/16 or 2026年9月16日."""
    found = _DATE.fullmatch(value)
    try:
        return date(*map(int, found.groups() if found else ()))
    except (TypeError, ValueError):
        raise refused(value, "day") from None


def optional_day(value: str) -> date | None:
    """Return a calendar day, or None for blank."""
    return day(value) if value else None


@folded
def clock_time(value: str) -> time:
    """Return a time of day written 19:00 or 9:10."""
    found = _TIME.fullmatch(value)
    try:
        return time(int(found[1]), int(found[2])) if found else time(99)
    except ValueError:
        raise refused(value, "time") from None


@folded
def goal(value: str) -> int | None:
    """Return a goal h:mm:ss in seconds (2 to 8 hours), or None for blank or 完走."""
    if value in {"", "完走"}:
        return None
    found = _GOAL.fullmatch(value)
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]) if found else 0
    if 2 * 3600 <= seconds <= 8 * 3600:
        return seconds
    raise refused(value, "goal")


@folded
def weekday(value: str) -> int:
    """Return 0 for Monday to 6 for Sunday, from mon, Monday, 月 or 月曜日."""
    if value.lower() in _WEEKDAYS:
        return _WEEKDAYS[value.lower()]
    raise refused(value, "weekday")


def whole(low: int, high: int) -> Callable[[str], int]:
    """Return the reader of a whole number from `low` to `high`."""

    @folded
    def read(value: str) -> int:
        if re.fullmatch(r"[0-9]{1,6}", value) and low <= int(value) <= high:
            return int(value)
        raise refused(value, "whole", low=low, high=high)

    return read


@folded
def kilometres(value: str) -> float:
    """Return a distance of 0 to 45 km with at most four decimals."""
    if _KM.fullmatch(value) and float(value) <= 45:
        return float(value)
    raise refused(value, "km")


def one_of(kinds: type[E]) -> Callable[[str], E]:
    """Return the reader of one member of an enumeration, whatever its case."""
    known = {kind.value.lower(): kind for kind in kinds}

    @folded
    def read(value: str) -> E:
        if value.lower() in known:
            return known[value.lower()]
        raise refused(value, "one_of", names=" / ".join(kind.value for kind in kinds))

    return read


@folded
def class_code(value: str) -> str:
    """Return a class's short code: 1 to 10 letters and digits, in capitals."""
    if re.fullmatch(r"[A-Za-z0-9]{1,10}", value):
        return value.upper()
    raise refused(value, "class")


def optional_class_code(value: str) -> str | None:
    """Return a class's short code, or None for blank."""
    return class_code(value) if value else None


def map_url(value: str) -> str:
    """Return an https address, or nothing."""
    if value and not _HTTPS.fullmatch(value):
        raise refused(value, "map")
    return value


def member_code(value: str) -> str | None:
    """Return an enrolment code of 8 or more clear letters and digits; None for blank."""
    return _code(value, _MEMBER_CODE, "member_code")


def invitation_code(value: str) -> str | None:
    """Return an invitation of at least 13 base32 characters (65 bits); None for blank."""
    return _code(value, _INVITATION, "invitation")


def _code(value: str, shape: re.Pattern[str], kind: str) -> str | None:
    code = re.sub(r"[\s-]", "", _fold(value)).upper()
    # Five different signs at least: AAAAAAAA has the length and is still guessed.
    if code and not (shape.fullmatch(code) and len(set(code)) >= 5):
        raise refused(value, kind)
    return code or None
