"""Importing a school's folder: all or nothing, and the same folder twice changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, SQLModel, select

from models import race, race_changes, school_races, school_values, session
from models.race import Race
from models.race_runner import MARATHON_KM
from models.school import ClassCoach, SchoolClass, Term
from models.school_codes import Codes
from models.session import Lesson, TrainingSession

OF_THE_GOAL = ("race_zone", "race_km", "race_course")  # kept with the race alone
MOVES = ("starts_at", "cancelled")  # what makes a change worth announcing


class Import:
    """One import; what was new, changed and made is counted for the report."""

    def __init__(self, db: Session, now: datetime, zone: ZoneInfo) -> None:
        self._db, self._now, self._zone = db, now, zone
        self.counts: Counter[str] = Counter()
        self.made_codes: list[tuple[str, str, str]] = []
        self._classes: dict[str, SchoolClass] = {}

    def run(self, school: school_values.School) -> None:
        """Bring the database in line with the folder; the caller's transaction keeps it whole."""
        told = {n: v for n, v in asdict(school.term).items() if n not in OF_THE_GOAL}
        term = self._upsert(Term, {"code": school.term.code}, told)
        self._races(school, term)
        for given in school.classes:
            values = asdict(given) | {"term_id": term.id}
            key = {"term_id": term.id, "code": given.code}
            self._classes[given.code] = self._upsert(SchoolClass, key, values)
        for coach in school.coaches:
            key = {"class_id": self._class(coach.class_code), "role": str(coach.role)}
            self._upsert(ClassCoach, key, key | {"name": coach.name})
        for lesson in school.curriculum:
            self._lesson(lesson)
        for given_session in school.sessions:
            self._session(given_session)
        codes = Codes(self._db, self._now, self._zone)
        codes.run(school.codes, {name: class_.key for name, class_ in self._classes.items()})
        self.counts.update(codes.counts)
        self.made_codes = codes.made

    def _races(self, school: school_values.School, term: Term) -> None:
        """Enter the goal race and the others; one that is in no file any more is withdrawn."""
        given = [_goal_race(school.term, self._zone), *(_race(r, self._zone) for r in school.races)]
        for values in given:
            self._race({"term_id": term.id, "code": values["code"]}, values | {"cancelled": False})
        codes = {values["code"] for values in given}
        assert term.id is not None
        for known in race.of_term(self._db, term.id):
            if known.code not in codes:
                race_changes.change(self._db, known, self._now, cancelled=True)
                self.counts["changed"] += 1

    def _race(self, key: dict[str, Any], values: dict[str, Any]) -> None:
        known = self._find(Race, key)
        if known and any(getattr(known, name) != values[name] for name in MOVES):
            race_changes.change(self._db, known, self._now, **values)
            self.counts["changed"] += 1
        else:
            self._upsert(Race, key, key | values)

    def _class(self, class_code: str) -> int:
        return self._classes[class_code].key

    def _lesson(self, given: school_values.Lesson) -> None:
        values = asdict(given)
        key = {"class_id": self._class(values.pop("class_code")), "week": given.week}
        self._upsert(Lesson, key, values | key)

    def _session(self, given: school_values.Session) -> None:
        key = {"class_id": self._class(given.class_code), "week": given.week}
        values = self._session_values(given)
        print_ = hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()
        known = self._find(TrainingSession, key)
        if known is None:
            fresh = key | values | {"created_at": self._now, "imported": print_}
            self._db.add(TrainingSession(**fresh))
            self._db.flush()
            self.counts["new"] += 1
        elif known.imported != print_:
            self._change(known, values, print_)

    def _change(self, known: TrainingSession, values: dict[str, Any], print_: str) -> None:
        """Take over what the file changed; a coach's own change since then stays until it does."""
        known.imported = print_
        changed = {name: v for name, v in values.items() if getattr(known, name) != v}
        if any(name in changed for name in MOVES) or "place_ja" in changed:
            session.change(self._db, known, self._now, **changed)
        else:
            _set(known, changed)
        self._db.add(known)
        self.counts["changed"] += 1

    def _session_values(self, given: school_values.Session) -> dict[str, Any]:
        local = datetime.combine(given.date, given.start, self._zone)
        kept = ("minutes", "place_ja", "place_en", "map_url", "cancelled_reason")
        values = {name: getattr(given, name) for name in kept}
        cancelled = bool(given.cancelled_reason)
        return values | {"starts_at": local.astimezone(UTC), "cancelled": cancelled}

    def _upsert(self, kind: type[SQLModel], key: dict[str, Any], values: dict[str, Any]) -> Any:
        known = self._find(kind, key)
        if known is None:
            known = kind(**values)
            self.counts["new"] += 1
        elif changed := {n: v for n, v in values.items() if getattr(known, n) != v}:
            _set(known, changed)
            self.counts["changed"] += 1
        self._db.add(known)
        self._db.flush()
        return known

    def _find(self, kind: Any, key: dict[str, Any]) -> Any:
        same = [getattr(kind, name) == value for name, value in key.items()]
        return self._db.exec(select(kind).where(*same)).first()


def _set(row: SQLModel, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _goal_race(term: school_values.Term, zone: ZoneInfo) -> dict[str, Any]:
    values = {"code": race.GOAL, "is_goal": True, "source_year": term.source_year}
    values |= {"name_ja": term.race_name_ja, "name_en": term.race_name_en}
    values |= {"km": term.race_km or MARATHON_KM, "course": term.race_course}
    return values | _start(term.race_date, term.race_start, term.race_zone, zone)


def _race(given: school_races.Race, zone: ZoneInfo) -> dict[str, Any]:
    values = {n: v for n, v in asdict(given).items() if n not in ("date", "start")}
    return values | {"is_goal": False} | _start(given.date, given.start, given.zone, zone)


def _start(day: date, at: time, named: str | None, school: ZoneInfo) -> dict[str, Any]:
    """Return the instant of a start in the race's own zone."""
    zone = ZoneInfo(named) if named else school
    return {"starts_at": datetime.combine(day, at, zone).astimezone(UTC), "zone": zone.key}
