"""What a school's files say, as frozen values: term, classes, coaches, sessions, lessons, codes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum

from models.school_races import Race


class Intensity(StrEnum):
    """How hard the main part of a lesson is (E, M, T, I: the training paces; test: for time)."""

    EASY = "E"
    MARATHON = "M"
    THRESHOLD = "T"
    INTERVAL = "I"
    MIXED = "mixed"
    CORE = "core"
    TEST = "test"


class CoachRole(StrEnum):
    """Leads the class, or stands in and closes the back."""

    MAIN = "main"
    SUPPORT = "support"


class CodeKind(StrEnum):
    """What a code makes of the person who types it."""

    MEMBER = "member"
    MAIN = "main"
    SUPPORT = "support"
    OFFICE = "office"


class Language(StrEnum):
    """The language a class group is spoken to in."""

    JA = "ja"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Term:
    """One term and the race it ends with; times are local to the race."""

    code: str
    name_ja: str
    name_en: str
    race_name_ja: str
    race_name_en: str
    race_date: date
    race_start: time
    source_year: int
    race_zone: str | None = None
    race_km: float | None = None
    race_course: str = ""


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """One class; `goal_seconds` is None where the goal is to finish; weekday 0 is Monday."""

    code: str
    name_ja: str
    name_en: str
    goal_seconds: int | None
    capacity: int
    notice_weekday: int
    notice_time: time
    rsvp_deadline_hours: int
    language: Language


@dataclass(frozen=True, slots=True)
class Coach:
    """One coach of one class."""

    class_code: str
    role: CoachRole
    name: str


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting of one class; `cancelled_reason` is empty when it takes place."""

    class_code: str
    week: int
    date: date
    start: time
    minutes: int
    place_ja: str
    place_en: str
    map_url: str
    cancelled_reason: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One week of the curriculum for one class; minutes and km are those of the main part."""

    week: int
    class_code: str
    phase_ja: str
    phase_en: str
    theme_ja: str
    theme_en: str
    menu_ja: str
    menu_en: str
    minutes: int
    km: float
    intensity: Intensity
    bring_ja: str
    bring_en: str
    tip: str


@dataclass(frozen=True, slots=True)
class Code:
    """An enrolment code or an invitation.

    `code` None: make one when importing and print it once. `expires` None: the importer's own
    span. `class_code` None: the office.
    """

    kind: CodeKind
    class_code: str | None
    code: str | None
    expires: date | None


@dataclass(frozen=True, slots=True)
class School:
    """Everything the folder says, checked."""

    term: Term
    classes: tuple[SchoolClass, ...]
    coaches: tuple[Coach, ...]
    sessions: tuple[Session, ...]
    curriculum: tuple[Lesson, ...]
    codes: tuple[Code, ...]
    races: tuple[Race, ...] = ()

    def shifted(self, days: int, race_date: date | None = None) -> School:
        """Return the school with sessions and code expiry `days` later; the race stays or moves."""
        moves = {each.code: timedelta(days=days) for each in self.classes}
        return self._moved(moves, timedelta(days=days), race_date or self.term.race_date)

    def with_week(self, week: int, on: date) -> School:
        """Return the school whose `week` falls in the ISO week of `on`, each class on its weekday.

        The race becomes the first Sunday of March after `on`. ValueError: no session has `week`.
        """
        moves = {
            each.class_code: _monday(on) - _monday(each.date)
            for each in self.sessions
            if each.week == week
        }
        if not moves:
            raise ValueError(f"no session in week {week}")
        usual = Counter(moves.values()).most_common(1)[0][0]
        moves = {each.code: moves.get(each.code, usual) for each in self.classes}
        return self._moved(moves, usual, race_sunday_after(on))

    def _moved(self, moves: dict[str, timedelta], usual: timedelta, race_date: date) -> School:
        return replace(
            self,
            term=replace(self.term, race_date=race_date),
            sessions=tuple(replace(s, date=s.date + moves[s.class_code]) for s in self.sessions),
            races=tuple(replace(r, date=r.date + usual) for r in self.races),
            codes=tuple(
                replace(c, expires=c.expires + moves.get(c.class_code or "", usual))
                if c.expires
                else c
                for c in self.codes
            ),
        )


def race_sunday_after(day: date) -> date:
    """Return the first Sunday of March that comes strictly after `day`."""
    sunday = _first_sunday_of_march(day.year)
    return sunday if sunday > day else _first_sunday_of_march(day.year + 1)


def _first_sunday_of_march(year: int) -> date:
    first = date(year, 3, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
