"""The doctor: looks at everything an installation needs, and says in plain words what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import deletions, doctor_line, settings, startup, texts
from bot.health import LATE, LOOPS, SKEW, STALE
from bot.line import Line
from bot.parts import Parts
from bot.settings import Settings
from bot.texts import FeatureTexts
from models import (
    alert,
    breaker,
    class_group,
    code,
    deletion,
    heartbeat,
    outbox,
    person,
    school,
    school_files,
)

WEEK = timedelta(days=7)
CODE_KINDS = (school.MEMBER, *school.COACHES, school.OFFICE)
TEXTS = Path(__file__).parent.parent / "handlers" / "texts"
BY_HAND = ("by_hand_reply", "by_hand_redelivery", "by_hand_groups")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is in order, and what it means, in two short lines."""

    ok: bool
    ja: str
    en: str
    mark: str = ""

    def __str__(self) -> str:
        mark = self.mark or ("ok" if self.ok else "!!")
        return f"[{mark}] {self.ja}\n     {self.en}"


@dataclass(frozen=True)
class Report:
    """Makes findings out of the texts of the doctor."""

    texts: FeatureTexts

    def ok(self, key: str, **values: Any) -> Finding:
        """Say that something is in order."""
        return self._made(True, key, **values)

    def wrong(self, key: str, **values: Any) -> Finding:
        """Say what is wrong and what to do."""
        return self._made(False, key, **values)

    def look(self, key: str) -> Finding:
        """Name something a person has to look at, because no API tells it."""
        return Finding(True, self.texts.phrase(key, "ja"), self.texts.phrase(key, "en"), "??")

    def _made(self, ok: bool, key: str, **values: Any) -> Finding:
        ja, en = (self.texts.phrase(key, language, **values) for language in ("ja", "en"))
        return Finding(ok, ja, en)


def consult(environment: Mapping[str, str], build: Callable[[Settings], Parts]) -> list[Finding]:
    """Look at the settings, and at everything else once they can be used."""
    report = Report(texts.load(TEXTS)["doctor"])
    if faults := settings.faults(environment):
        return [report.wrong("setting_fault", fault=fault) for fault in faults]
    return [report.ok("settings"), *examine(build(settings.read(environment)))]


def examine(parts: Parts, line: Line | None = None) -> list[Finding]:
    """Look at everything that the settings lead to."""
    report = Report(texts.load(TEXTS)["doctor"])
    line = line or Line(parts.settings.access_token, parts.settings.api_base)
    return [
        *_database(parts, report),
        *doctor_line.examine(parts, report, line),
        *(report.look(key) for key in BY_HAND),
    ]


def _database(parts: Parts, report: Report) -> Iterator[Finding]:
    fault = startup.database_fault(parts.settings.database_url)
    if fault:
        yield report.wrong("database_fault", fault=fault)
        return
    yield report.ok("database", kind=parts.database.url.get_backend_name())
    if not _opens(parts):
        yield report.wrong("other_key")
        return
    looks: tuple[Callable[[Parts, Report], Iterator[Finding]], ...]
    looks = (_clocks, _workers, _alarms, _deletions, _school, _template_codes)
    for look in looks:
        yield from look(parts, report)


def _opens(parts: Parts) -> bool:
    """Try the data key on what was sealed last: with another one nothing can be read."""
    try:
        with parts.database.read() as db:
            person.latest(db)
    except ValueError:
        return False
    return True


def _clocks(parts: Parts, report: Report) -> Iterator[Finding]:
    with parts.database.read() as db:
        skew = abs(heartbeat.database_clock(db) - parts.real_clock())
    if skew > SKEW:
        yield report.wrong("clock_database", seconds=round(skew.total_seconds()))
        return
    zone = parts.settings.zone
    yield report.ok("clock", at=parts.clock().astimezone(zone), zone=zone.key)


def _workers(parts: Parts, report: Report) -> Iterator[Finding]:
    now, long_ago = parts.real_clock(), datetime.min.replace(tzinfo=parts.settings.zone)
    with parts.database.read() as db:
        beats, oldest = heartbeat.all_beats(db), outbox.oldest_due(db, parts.clock())
    stale = [name for name in LOOPS if now - beats.get(name, long_ago) > STALE]
    yield from (report.wrong("worker_stale", loop=name) for name in stale)
    if oldest and (waits := parts.clock() - oldest) > LATE:
        yield report.wrong("late", seconds=round(waits.total_seconds()))
    if not stale:
        yield report.ok("worker")


def _alarms(parts: Parts, report: Report) -> Iterator[Finding]:
    with parts.database.read() as db:
        refused = breaker.tripped(db)
        unseen = alert.unseen(db, parts.clock() - WEEK)
    if unseen:
        yield report.wrong("alerts", n=unseen)
    if refused:
        yield report.wrong("token_stops", at=refused.since.astimezone(parts.settings.zone))


def _deletions(parts: Parts, report: Report) -> Iterator[Finding]:
    """Without the file, a backup put back would bring back whoever was deleted since."""
    place = deletions.place(parts.settings, parts.database)
    with parts.database.read() as db:
        waiting = deletion.not_copied(db)
    if place is None:
        yield report.wrong("no_deletions")
    elif waiting and parts.clock() - waiting[0].at > LATE:
        yield report.wrong("deletions_wait", path=place)


def _school(parts: Parts, report: Report) -> Iterator[Finding]:
    with parts.database.read() as db:
        classes = school.classes(db)
        yield (report.ok("school", n=len(classes)) if classes else report.wrong("school_missing"))
        alone = [c.code for c in classes if not school.coaches_of(db, c.key)]
        unbound = [c.code for c in classes if class_group.group_of(db, c.key) is None]
        if alone:
            yield report.wrong("no_coach", names=", ".join(alone))
        if unbound:
            yield report.wrong("no_group", names=", ".join(unbound))
        if classes and not school.office(db):
            yield report.wrong("no_office")


def _template_codes(parts: Parts, report: Report) -> Iterator[Finding]:
    """Warn of enrolment codes that anyone can read in the template."""
    public = [c.code for c in school_files.read_school(school_files.TEMPLATE).codes if c.code]
    with parts.database.read() as db:
        valid = [text for text in public if code.find(db, text, CODE_KINDS, parts.clock())]
    if valid:
        yield report.wrong("demo_codes", names=", ".join(valid))
