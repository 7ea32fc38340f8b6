"""What must agree between the rows of a school's files; every disagreement becomes a fault."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from models.school_cells import RefusedCellError, invitation_code, member_code
from models.school_reasons import reason
from models.school_sheets import Fault, Row
from models.school_values import CoachRole, CodeKind

Rows = Mapping[str, list[Row] | None]
EARLIEST, LATEST = time(5, 0), time(21, 30)  # a session at 03:00 is a typing error
BEFORE_RACE = timedelta(days=400)
AFTER_RACE = timedelta(days=60)  # room for a party; later is a wrong year
_PLACEHOLDER = re.compile(r"\{[^{}]*\}?|\}")
_PACES = {"{E}", "{M}", "{T}", "{I}"}


def all_checks(rows: Rows, tips: Collection[str]) -> Iterator[Fault]:
    """Yield every disagreement; what could not be read is passed by (it has its own fault)."""
    yield from _one_term(rows)
    yield from _known_classes(rows)
    yield from _doubles(rows, "classes.csv", "class")
    yield from _doubles(rows, "coaches.csv", "class", "name")
    yield from _doubles(rows, "sessions.csv", "class", "week")
    yield from _doubles(rows, "curriculum.csv", "week", "class")
    yield from _doubles(rows, "races.csv", "code")
    yield from _coaches(rows)
    yield from _session_times(rows)
    yield from _session_order(rows)
    yield from _lessons_for_sessions(rows)
    yield from _lessons(rows, tips)
    yield from _codes(rows)


def _with(rows: Rows, file: str, *names: str) -> list[Row]:
    return [row for row in rows[file] or [] if row.has(*names)]


def _one_term(rows: Rows) -> Iterator[Fault]:
    terms = rows["term.csv"]
    if terms is not None and not terms:
        yield Fault("term.csv", 0, "", *reason("no_term"))
    for row in (terms or [])[1:]:
        yield Fault("term.csv", row.line, "code", *reason("terms"))


def _known_classes(rows: Rows) -> Iterator[Fault]:
    if rows["classes.csv"] is None:
        return
    known = [row.cells["class"] for row in _with(rows, "classes.csv", "class")]
    if not known:
        yield Fault("classes.csv", 0, "", *reason("no_class"))
    for file in ("coaches.csv", "sessions.csv", "curriculum.csv", "codes.csv"):
        for row in _with(rows, file, "class"):
            code = row.cells["class"]
            if code and code not in known:
                words = reason("unknown_class", code=code, known=" ".join(known))
                yield Fault(file, row.line, "class", *words)


def _doubles(rows: Rows, file: str, *names: str) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in _with(rows, file, *names):
        said = " ".join(str(row.cells[name]) for name in names)
        if said in first:
            words = reason("twice", said=said, line=first[said])
            yield Fault(file, row.line, names[-1], *words)
        first.setdefault(said, row.line)


def _coaches(rows: Rows) -> Iterator[Fault]:
    if rows["coaches.csv"] is None:
        return
    first: dict[tuple[str, CoachRole], int] = {}
    for row in _with(rows, "coaches.csv", "class", "role"):
        code, role = row.cells["class"], row.cells["role"]
        if (code, role) in first:
            words = reason("role_taken", code=code, role=role.value, line=first[code, role])
            yield Fault("coaches.csv", row.line, "role", *words)
        first.setdefault((code, role), row.line)
    for row in _with(rows, "classes.csv", "class"):
        if (row.cells["class"], CoachRole.MAIN) not in first:
            yield Fault("coaches.csv", 0, "role", *reason("no_main", code=row.cells["class"]))


def _session_times(rows: Rows) -> Iterator[Fault]:
    for row in _with(rows, "sessions.csv", "start", "minutes"):
        start, minutes = row.cells["start"], row.cells["minutes"]
        if not _possible(start, minutes):
            words = reason("impossible_time", start=f"{start:%H:%M}", minutes=minutes)
            yield Fault("sessions.csv", row.line, "start", *words)
    for term in _with(rows, "term.csv", "race_date")[:1]:
        race = term.cells["race_date"]
        dated = [(f, row) for f in ("sessions.csv", "races.csv") for row in _with(rows, f, "date")]
        for file, row in dated:
            if not race - BEFORE_RACE <= row.cells["date"] <= race + AFTER_RACE:
                words = reason("far_from_race", day=row.cells["date"], race=race)
                yield Fault(file, row.line, "date", *words)


def _possible(start: time, minutes: int) -> bool:
    begin = datetime.combine(date(2026, 1, 1), start)
    return EARLIEST <= start <= LATEST and (begin + timedelta(minutes=minutes)).day == 1


def _session_order(rows: Rows) -> Iterator[Fault]:
    latest: dict[str, Row] = {}
    complete = _with(rows, "sessions.csv", "class", "week", "date")
    for row in sorted(complete, key=lambda row: (row.cells["week"], row.line)):
        before = latest.get(row.cells["class"])
        if before and _not_after(row, before):
            yield Fault("sessions.csv", row.line, "date", *_order_words(row, before))
        latest[row.cells["class"]] = row


def _not_after(row: Row, before: Row) -> bool:
    later = row.cells["week"] > before.cells["week"]
    return later and bool(row.cells["date"] <= before.cells["date"])


def _order_words(row: Row, before: Row) -> tuple[str, str]:
    return reason(
        "order",
        week=row.cells["week"],
        day=row.cells["date"],
        before=before.cells["week"],
        before_day=before.cells["date"],
    )


def _lessons_for_sessions(rows: Rows) -> Iterator[Fault]:
    if rows["curriculum.csv"] is None:
        return
    lessons = {
        (row.cells["week"], row.cells["class"])
        for row in _with(rows, "curriculum.csv", "week", "class")
    }
    for row in _with(rows, "sessions.csv", "week", "class"):
        week, code = row.cells["week"], row.cells["class"]
        if (week, code) not in lessons:
            words = reason("no_lesson", week=week, code=code)
            yield Fault("sessions.csv", row.line, "week", *words)


def _lessons(rows: Rows, tips: Collection[str]) -> Iterator[Fault]:
    classes = _with(rows, "classes.csv", "class", "goal")
    unpaced = {row.cells["class"] for row in classes if row.cells["goal"] is None}
    for row in _with(rows, "curriculum.csv", "tip"):
        if row.cells["tip"] not in tips:
            words = reason("unknown_tip", tip=row.cells["tip"])
            yield Fault("curriculum.csv", row.line, "tip", *words)
    for name in ("menu_ja", "menu_en"):
        for row in _with(rows, "curriculum.csv", name, "class"):
            for mark in _PLACEHOLDER.findall(row.cells[name]):
                key = "placeholder" if mark not in _PACES else "no_pace"
                if key == "placeholder" or row.cells["class"] in unpaced:
                    yield Fault("curriculum.csv", row.line, name, *reason(key, mark=mark))


def _codes(rows: Rows) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for row in _with(rows, "codes.csv", "kind", "class", "code"):
        kind, code = row.cells["kind"], row.cells["code"]
        office = kind is CodeKind.OFFICE
        if office is bool(row.cells["class"]):
            words = reason("office_class" if office else "code_class")
            yield Fault("codes.csv", row.line, "class", *words)
        try:
            read_code(kind, code)
        except RefusedCellError as error:
            yield Fault("codes.csv", row.line, "code", error.ja, error.en)
        if code and code in first:
            yield Fault("codes.csv", row.line, "code", *reason("same_code", line=first[code]))
        first.setdefault(code, row.line)


def read_code(kind: CodeKind, code: str) -> str | None:
    """Return the code as it is compared later; member codes are shorter than invitations."""
    return member_code(code) if kind is CodeKind.MEMBER else invitation_code(code)
