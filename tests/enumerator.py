"""What should have been due: a second, plain reading of the school's rows, day by day.

It shares no arithmetic with scheduler/ and models/rules; it knows the kinds in KINDS and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from models.attendance import Checkin, Rsvp
from models.class_group import ClassGroup
from models.inbox import InboxEvent
from models.school import Membership, SchoolClass
from models.session import Lesson, TrainingSession
from tests import coach_enumerator, race_enumerator

KINDS = {
    "session.notice",
    "session.preview",
    "session.roster",
    "session.drink",
    "session.effort",
    "session.result",
    "session.changed",
    "care.digest",
    *coach_enumerator.KINDS,
    *race_enumerator.KINDS,
}
Due = tuple[datetime, str]
Plan = dict[str, datetime]


def due(db: Session, since: datetime, until: datetime, zone: ZoneInfo) -> Plan:
    """Return everything of these kinds that came due after `since`, up to `until`, and when."""
    found = [*_of_sessions(db, zone), *_digests(db, since, until, zone)]
    found += [*coach_enumerator.due(db, until, zone), *race_enumerator.due(db, zone)]
    return {key: at for at, key in found if since < at <= until}


def plain(db: Session, recorded: Iterable[InboxEvent]) -> Plan:
    """Return what is recorded of the kinds here; towards the race person by person, on any page."""
    race, found = race_enumerator.goal(db), Plan()
    for event in recorded:
        kind, subject, *rest = event.key.removeprefix("clock:").split(":")
        key = ":".join([kind, subject, *rest[:2]])
        if kind in race_enumerator.KINDS and subject == str(race.id):
            found |= {f"{key}:{one}": event.happened_at for one in event.body["people"]}
        elif kind in KINDS - race_enumerator.KINDS:
            found[key] = event.happened_at
    return found


def at_other_hours(one: Plan, other: Plan) -> list[str]:
    """Return what both know and give different hours; a runner's hour may change meanwhile."""
    fixed = [key for key in one if not key.startswith("race.") and not key.endswith("overdue")]
    return [key for key in fixed if key in other and one[key] != other[key]]


def _of_sessions(db: Session, zone: ZoneInfo) -> Iterator[Due]:
    classes = {one.id: one for one in db.exec(select(SchoolClass))}
    groups = {one.class_id for one in db.exec(select(ClassGroup)) if one.present}
    lessons = {(one.class_id, one.week): one for one in db.exec(select(Lesson))}
    members = {(m.class_id, m.person_id) for m in db.exec(select(Membership)) if m.role == "member"}
    come = {(r.session_id, r.person_id) for r in db.exec(select(Rsvp)) if r.answer != "no"}
    came = {row.session_id for row in db.exec(select(Checkin))}
    for one in db.exec(select(TrainingSession)).all():
        class_, lesson = classes[one.class_id], lessons.get((one.class_id, one.week))
        yield from _around_the_notice(one, class_, zone, has_group=one.class_id in groups)
        yield from _changed(one)
        if one.cancelled:
            continue
        yield _at(one, "roster", one.starts_at - timedelta(hours=class_.rsvp_deadline_hours))
        coming = [who for number, who in come if number == one.id and (class_.id, who) in members]
        if lesson and lesson.minutes > 60 and coming:
            at, key = _at(one, "drink", one.starts_at - timedelta(hours=2))
            yield at, key if lesson.minutes >= 90 else f"{key}perhaps"
        if one.id in came:
            yield from _afterwards(one, is_test=bool(lesson and lesson.intensity == "test"))


def _at(one: TrainingSession, kind: str, at: datetime) -> Due:
    return at, f"session.{kind}:{one.id}:{one.revision}:"


def _around_the_notice(
    one: TrainingSession, class_: SchoolClass, zone: ZoneInfo, *, has_group: bool
) -> Iterator[Due]:
    last = one.starts_at - timedelta(hours=class_.rsvp_deadline_hours)
    days = [(last.astimezone(zone) - timedelta(days=back)).date() for back in range(9)]
    hours = [_local(day, class_, zone) for day in days if day.weekday() == class_.notice_weekday]
    notice = max(hour for hour in hours if hour <= last)
    preview = _local(notice.date() - timedelta(days=1), class_, zone)
    if has_group:
        yield _at(one, "notice", notice)
    if one.changed_at is None or one.changed_at <= preview:
        yield _at(one, "preview", preview)


def _local(day: date, class_: SchoolClass, zone: ZoneInfo) -> datetime:
    return datetime(
        day.year,
        day.month,
        day.day,
        class_.notice_time.hour,
        class_.notice_time.minute,
        tzinfo=zone,
    )


def _changed(one: TrainingSession) -> Iterator[Due]:
    if one.changed_at is None or one.told_revision == one.revision:
        return
    starts = [one.was_at or one.starts_at, one.starts_at]
    if max(starts) > one.changed_at and min(starts) <= one.changed_at + timedelta(days=21):
        yield _at(one, "changed", one.changed_at + timedelta(minutes=1))


def _afterwards(one: TrainingSession, *, is_test: bool) -> Iterator[Due]:
    """Who came is asked how it was; after a test, for the time."""
    end = one.starts_at + timedelta(minutes=one.minutes)
    yield _at(one, "effort", end + timedelta(minutes=15))
    if is_test:
        yield _at(one, "result", end + timedelta(minutes=30))


def _digests(db: Session, since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Due]:
    led = {row.class_id for row in db.exec(select(Membership)) if row.role in ("main", "support")}
    day = since.astimezone(zone).date()
    while day <= until.astimezone(zone).date():
        if day.weekday() == 0:
            at = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
            yield from ((at, f"care.digest:{class_id}:0:{day}") for class_id in led if class_id)
        day += timedelta(days=1)
