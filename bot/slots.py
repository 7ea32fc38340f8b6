"""The slots of phrases: amounts, days, places and codes as people type them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.rules import clock, goal, result
from models.rules.numerals import in_digits
from models.rules.reading import as_a_word, normalise, number, read_code

Reader = Callable[[str, date], Any]
_AMOUNT = r"[0-9]+(?:[.,][0-9]+)?"
ML = rf"{_AMOUNT}\s*(?:ml|みりりっとる|みり|cc|l|りっとる|杯|こっぷ|cups?|glass(?:es)?)?"
_GOAL = (
    r"(?:さぶ|sub)[ -]*[2-7](?:\.5|半|:[0-5][0-9])?|[2-7]時間(?:半|[0-9]{1,2}分)?"
    r"|[2-7]:[0-5][0-9](?::[0-5][0-9])?|完走|finish"
)
_CLASS_CODE = r"(?=[a-z-]*[2-9])(?=[2-9-]*[a-z])[a-z2-9-]{8,24}"  # alone: a letter and a digit


@dataclass(frozen=True)
class Slot:
    """A typed gap: what it looks like, and how it is read (None: it does not fit)."""

    pattern: str
    read: Reader


def standard_slots(
    places: Mapping[str, Iterable[str]], reminders: Mapping[str, Iterable[str]] | None = None
) -> dict[str, Slot]:
    """Return the slots every feature may use; `places` and `reminders` come with their names."""
    return {
        "number": Slot(_AMOUNT, lambda text, _: number(text)),
        "ml": Slot(ML, lambda text, _: read_ml(text)),
        "minutes": Slot(rf"{_AMOUNT}\s*(?:分|ふん|minutes?|mins?)", lambda text, _: number(text)),
        "place": _one_of(places),
        "reminder": _one_of(reminders or {}),
        "class_code": Slot(_CLASS_CODE, lambda text, _: read_code(text)),
        "typed_code": Slot(r"[a-z0-9][a-z0-9 -]{3,40}", lambda text, _: read_code(text)),
        "code": Slot(r"[0-9]{4}", lambda text, _: text),
        "distance": Slot(result.DISTANCE, lambda text, _: result.distance_km(text)),
        "run_time": Slot(result.TIME, lambda text, _: text.strip()),
        "day": Slot(_DAY, read_day),
        "clock": Slot(clock.SLOT, lambda text, _: clock.clock_time(text)),
        "goal": Slot(_GOAL, lambda text, _: text if goal.finish_time(text) is not None else None),
        "text": Slot(r".+?", lambda text, _: text.strip() or None),
    }


def _one_of(named: Mapping[str, Iterable[str]]) -> Slot:
    """Return a slot for things known by several names each."""
    known = {normalise(name): thing for thing, names in named.items() for name in names}
    longest = sorted(known, key=len, reverse=True)
    pattern = "|".join(map(as_a_word, longest)) or "(?!)"
    return Slot(pattern, lambda text, _: known.get(text.strip()))


def read_ml(text: str) -> int | None:
    """Return millilitres: a bare number is mL, litres and cups (200 mL) are turned into mL."""
    amount = number(text)
    if amount is None:
        return None
    unit = re.sub(r"[0-9.,\s]", "", normalise(text))
    litres, cups = unit in {"l", "りっとる"}, unit.startswith(("杯", "こっぷ", "cup", "glass"))
    return round(amount * (1000 if litres else 200 if cups else 1))


_WEEKDAYS = {
    **{key: i for i, key in enumerate("月火水木金土日")},
    **{key: i for i, key in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
}
_RELATIVE = {
    "今日": 0,
    "きょう": 0,
    "本日": 0,
    "today": 0,
    "今夜": 0,
    "今晩": 0,
    "tonight": 0,
    "明日": 1,
    "あした": 1,
    "あす": 1,
    "tomorrow": 1,
    "明後日": 2,
    "あさって": 2,
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*(?![a-z])"
_TH = "(?:st|nd|rd|th)"
_DAY = (
    "今日|きょう|本日|今夜|今晩|明日|あした|あす|明後日|あさって|today|tonight|tomorrow"
    r"|(?:今週の?|来週の?|次の?|今度の?|this |next )?(?:[月火水木金土日]曜日?|"
    r"(?<![a-z])(?:mon|tue(?:s)?|wed(?:nes|s)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-rt-z]))"
    r"|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}/[0-9]{1,2}|[0-9]{1,2}日(?!間)"
    rf"|(?<![a-z])(?:the )?[0-9]{{1,2}}{_TH}?(?: of)? {_MONTH}"
    rf"|(?<![a-z]){_MONTH} (?:the )?[0-9]{{1,2}}{_TH}?"
    rf"|(?<![a-z])the [0-9]{{1,2}}{_TH}"
)


def days_in(text: str, today: date) -> list[tuple[str, date]]:
    """Return the single days a text names, as written and as meant."""
    named = re.finditer(_DAY, in_digits(normalise(text)))
    read = [(match[0], read_day(match[0], today)) for match in named]
    return [(said, day) for said, day in read if day is not None]


def read_day(text: str, today: date) -> date | None:
    """Return the day meant: relative, the coming weekday, or a month and day to come."""
    plain = normalise(text)
    if plain in _RELATIVE:
        return today + timedelta(days=_RELATIVE[plain])
    numbers = [int(part) for part in re.findall(r"[0-9]+", plain)]
    if len(numbers) == 1 and (month := re.search(rf"(?<![a-z]){_MONTH}", plain)):
        return _coming_date([_MONTHS.index(month[0][:3]) + 1, *numbers], today)
    if len(numbers) == 1 and re.fullmatch(rf"[0-9]{{1,2}}日|the [0-9]{{1,2}}{_TH}", plain):
        return _coming_day(numbers[0], today)
    return _coming_date(numbers, today) if len(numbers) == 2 else _coming_weekday(plain, today)


def _coming_weekday(plain: str, today: date) -> date | None:
    stem = re.sub(r"^(?:今週の?|来週の?|次の?|今度の?|this |next )", "", plain)
    weekday = _WEEKDAYS.get(stem[:1], _WEEKDAYS.get(stem[:3]))
    if weekday is None:
        return None
    if plain.startswith("来週"):  # weeks begin on Monday
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _coming_day(number: int, today: date) -> date | None:
    days = (today + timedelta(days=ahead) for ahead in range(32))
    return next((day for day in days if day.day == number), None)


def _coming_date(numbers: list[int], today: date) -> date | None:
    for year in (today.year, today.year + 1):
        try:
            day = date(year, *numbers)
        except ValueError:
            return None
        if day >= today - timedelta(days=60):
            return day
    return None
