"""Reading a day and an hour as coaches type them: 「11/26 19:30」, 「木曜 19時半」, "Thu 7pm"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.messages import Say
from bot.slots import read_day
from bot.turn import Turn
from models.rules.reading import normalise

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HOUR = re.compile(
    r"(?P<half>午前|午後|夜|朝)?\s*(?<![0-9])(?P<hour>[0-9]{1,2})"
    r"(?:[:時]\s*(?:(?P<minute>[0-9]{2})\s*分?|(?P<past>半))?|(?=\s*[ap]\.?m))\s*(?P<m>[ap]\.?m\.?)?"
)
_NOISE = re.compile(r"\([^)]*\)|[、,]|から|より|に|へ|の|\bat\b|\bon\b|\bto\b|(?<=[0-9])t\b|[〜~]$")
_NAMED = re.compile(r"(?:(\d{1,2})\s*([a-z]{3})[a-z]*|([a-z]{3})[a-z]*\s*(\d{1,2}))(?:\s*(\d{4}))?")
_WEEKDAY = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b(?=.*\d)|(?<=[0-9日])\s*[月火水木金土日](?:曜日?)?$"
)
_ISO = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")


class Moment:
    """An answer that is a day and an hour, or an hour of the day in the memo's `day`."""

    open_ended = False

    def read(self, turn: Turn) -> datetime | None:
        """Read the moment."""
        return read_moment(turn.text, turn.today, _day_of(turn), turn.zone)

    def offers(self, _turn: Turn) -> tuple[Say, ...]:
        """A moment is picked or typed, so nothing is offered."""
        return ()


def read_moment(text: str, today: date, same_day: date | None, zone: ZoneInfo) -> datetime | None:
    """Return the local moment meant, or None; an hour alone is one on `same_day`."""
    plain = normalise(text)
    iso = _ISO.search(plain)
    found = _HOUR.search(plain, iso.end() if iso else 0)
    at = _time(found) if found else None
    if found is None or at is None:
        return None
    rest = " ".join(_NOISE.sub(" ", plain[: found.start()] + " " + plain[found.end() :]).split())
    day = _day(rest, today) if rest else same_day
    return datetime.combine(day, at, zone) if day else None


def _day_of(turn: Turn) -> date | None:
    day = turn.memo.get("day")
    return date.fromisoformat(day) if isinstance(day, str) else None


def _time(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), 30 if found["past"] else int(found["minute"] or 0)
    later = found["half"] in {"午後", "夜"} or (found["m"] or "").startswith("p")
    if (found["half"] or found["m"]) and hour > 12 and not (later and hour < 24):
        return None
    if later and hour < 12:
        hour += 12
    elif found["m"] and hour == 12 and not later:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(text: str, today: date) -> date | None:
    if iso := _ISO.fullmatch(text):
        return _date(*(int(part) for part in iso.groups()))
    if text.startswith("来週") and (weekday := read_day(text[2:], today)):
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=weekday.weekday())
    named = _NAMED.fullmatch(_without_weekday(text))
    if named is None:
        return read_day(text, today) or read_day(_without_weekday(text), today)
    day, month = named[1] or named[4], named[2] or named[3]
    if month not in _MONTHS:
        return None
    return read_day(f"{_MONTHS.index(month) + 1}/{day}", today)


def _without_weekday(text: str) -> str:
    return _WEEKDAY.sub("", text).strip()


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
