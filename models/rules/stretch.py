"""Which days a text speaks of when it does not name one: 来週, 今月いっぱい, 25日まで, next week.

Written out by the calendar, weeks from Monday; what has no end is taken for four weeks.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.numerals import in_digits
from models.rules.reading import normalise

AHEAD = timedelta(days=28)  # [E] how far "for a while" is followed
_THIS_WEEK = ("今週", "こんしゅう", "this week")
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "|".join(_MONTHS)
_STAYING = (
    r"(?:の間|は|も|、| )*(?:練習)?[をには]?"
    r"(?=お?休|やす|欠席|不参加|行け|行か|参加|来[られ]|出[られ]|無理|パス|見送)"
)


@dataclass(frozen=True)
class Stretch:
    """Days from `first` to `last`, as `said`; `bound`: a day it names only begins or ends it."""

    first: date
    last: date
    said: str
    bound: bool = False

    @property
    def is_this_week(self) -> bool:
        """Whether it is no more than what is left of this week."""
        return self.said in _THIS_WEEK

    def holds(self, day: date) -> bool:
        """Whether a day is within it."""
        return self.first <= day <= self.last


Days = tuple[date, date]
Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None], bool]


def stretch(text: str, today: date, days: Iterable[tuple[str, date]] = ()) -> Stretch | None:
    """Return the days spoken of; `days` are the single days in the text, as they are written.

    None where the text names no more than single days.
    """
    plain = in_digits(normalise(text))
    found = [*_periods(_RULES, plain, today), *_bounded(plain, today, list(days))]
    if not found and not (found := list(_periods(_OPEN, plain, today))):
        return None
    first, last = min(one.first for one in found), max(one.last for one in found)
    bound = any(one.bound for one in found)
    return Stretch(first, last, max((one.said for one in found), key=len), bound)


def _periods(rules: Iterable[Rule], plain: str, today: date) -> Iterator[Stretch]:
    for pattern, of, bound in rules:
        for match in pattern.finditer(plain):
            if days := of(match, today):
                yield Stretch(*days, match[0], bound)


def _bounded(plain: str, today: date, days: list[tuple[str, date]]) -> Iterator[Stretch]:
    """Yield what runs to or from a day, and what joins two: 25日まで, from Friday, 25日と2日."""
    for said, day in days:
        word = re.escape(said)
        if match := re.search(
            rf"{word}(?:の週)?まで|(?:until|till?|through) (?:the )?{word}", plain
        ):
            yield Stretch(min(today, day), day, match[0], bound=True)
        if match := re.search(rf"{word}(?:から|以降|より)|(?:from|after|starting) {word}", plain):
            yield Stretch(day, day + AHEAD, match[0], bound=True)
        for other, then in days:
            if match := re.search(rf"{word}(?:と|・|や| and | & ){re.escape(other)}", plain):
                yield Stretch(min(day, then), max(day, then), match[0], bound=True)


def _week(ahead: int, weeks: int = 1) -> Callable[[re.Match[str], date], Days]:
    def days(_: re.Match[str], today: date) -> Days:
        monday = today - today.weekday() * _DAY + ahead * _WEEK
        return max(monday, today), monday + weeks * _WEEK - _DAY

    return days


def _weekend(_: re.Match[str], today: date) -> Days:
    sunday = today + (6 - today.weekday()) * _DAY
    return max(sunday - _DAY, today), sunday


def _month(ahead: int) -> Callable[[re.Match[str], date], Days]:
    def days(_: re.Match[str], today: date) -> Days:
        return _whole_month(today.year, today.month + ahead, today)

    return days


def _named_month(match: re.Match[str], today: date) -> Days | None:
    number = int(match[1]) if match[1] else _MONTHS.index(match[2]) + 1
    if not 1 <= number <= 12:
        return None
    return _whole_month(today.year + (number < today.month), number, today)


def _whole_month(year: int, month: int, today: date) -> Days:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last = date(year, month, monthrange(year, month)[1])
    return max(last.replace(day=1), today), last


def _year(_: re.Match[str], today: date) -> Days:
    return today, date(today.year, 12, 31)


def _counted(match: re.Match[str], today: date) -> Days:
    unit = match[2]
    days = 30 if unit[0] in "かゕゖけ箇m" else 7 if unit[0] in "週w" else 1
    return today, today + (min(int(match[1]), 52) * days - 1) * _DAY


def _open(_: re.Match[str], today: date) -> Days:
    return today, today + AHEAD


_READ: tuple[tuple[str, Callable[[re.Match[str], date], Days | None], bool], ...] = (
    (r"再来週|さ来週|さらいしゅう|week after next", _week(2), False),
    (r"(?<!再)(?<!さ)来週|(?<!さ)らいしゅう|翌週|next week\b(?!')", _week(1), False),
    (r"今週(?!末)|こんしゅう|this week(?!end)", _week(0), False),
    (r"今?週末|this weekend", _weekend, False),
    (r"再来月|month after next", _month(2), False),
    (r"(?<!再)来月|らいげつ|next month", _month(1), False),
    (r"今月|こんげつ|月末まで|(?:this|rest of the|end of the) month", _month(0), False),
    (
        rf"(?<![0-9/])([0-9]{{1,2}})月(?![0-9]|[^\s]{{0,2}}[0-9]+日)"
        rf"|\b(?:in|all|until|till?|through|during) ({_MONTH})[a-z]*\b(?! [0-9])",
        _named_month,
        False,
    ),
    (r"年内|今年いっぱい|年末まで|(?:rest|end) of the year", _year, True),
    (
        r"(?<![0-9])([0-9]{1,2})\s*((?:[かゕゖけ箇]月|週間?|日)間|週間|[かゕゖけ箇]月)"
        r"(?!前|ぶり|くらい前|ほど前|以上|続け|ずっと)",
        _counted,
        True,
    ),
    (r"(?:for|next|another) ([0-9]{1,2}) ((?:day|week|month)s?)\b(?! ago)", _counted, True),
)
_NO_END = (
    rf"(?:しばらく|当分|当面|ずっと|毎週|今後){_STAYING}",
    rf"まで{_STAYING}",
    r"次の次|次々回|(?:session|one|week) after (?:that|the next)|session after next",
    r"for (?:a while|some time|now|the time being|good)|every week|indefinitely",
    r"until (?:further notice|i|my|it|the)\b",
)
_RULES: tuple[Rule, ...] = tuple((re.compile(said), of, bound) for said, of, bound in _READ)
_OPEN: tuple[Rule, ...] = tuple((re.compile(said), _open, True) for said in _NO_END)
