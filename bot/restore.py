"""Putting a backup back: in quarantine, so that nothing old is said; deletions are repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlmodel import Session, col

from bot import deletions, occurrences, restore_postgres, restore_sqlite
from bot.backup import BackupRefused, look_through, refusing
from bot.parts import Parts
from bot.turn import Occurrence
from models import (
    crypto,
    hash_key,
    host,
    inbox,
    person,
    quarantine,
    redeletion,
    restoration,
    schema,
    school,
)
from models.database import Database
from models.heartbeat import Heartbeat
from models.inbox import Door, EventState, InboxEvent
from models.record import Audit, audit
from models.restoration import Restoration
from models.schema import Fit

MINUTE = "%Y-%m-%d %H:%M"
MEANING = {
    "unsent_safety": "safety messages waited: they may or may not have gone out (UNKNOWN)",
    "unsent_answer": "answers waited: they may or may not have gone out (UNKNOWN)",
    "unsent_notice": "notices waited: they may or may not have gone out (UNKNOWN)",
    "unsent_broadcast": "letters of broadcasts waited: they may or may not have gone out (UNKNOWN)",
    "events_": "messages of members waited: they were probably answered (MISSED)",
    "notices_": "due notices waited: they may or may not have gone out (MISSED)",
    "due_": "notices came due in that time: they may or may not have gone out (MISSED)",
    "alerts_": "alerts waited: their people were probably told",
    "broadcasts_": "broadcasts waited: they are drafts again, for their authors to look at",
    "codes_": "invitation codes are closed: import-school makes new ones",
    "requests_": "requests for a role are closed",
    "buttons_": "buttons that work once are closed",
    "questions_": "open questions are closed",
    "files_": "files that are given out once are deleted",
    "again_person": "people are deleted again",
    "again_health": "people's health data are deleted again",
    "again_sweat": "people's sweat tests are deleted again",
    "again_message": "messages are taken back again",
}
NEWS_LIFE = timedelta(days=7)
OTHER_KEY = "TASUKI_DATA_KEY is not the key this backup was written with: put the old one back"
NO_DELETIONS = (
    "the record of deletions {} is not there: name it with --deletions, or say "
    "--without-deletions if nobody was deleted since the backup"
)


@dataclass(frozen=True)
class Order:
    """What is to be put back, and how; without a source, other tools have put it in place."""

    source: Path | None
    stopped: datetime | None = None
    replace: bool = False
    deletions: Sequence[Path] | None = ()  # none named: where they usually are


def put_back(parts: Parts, order: Order) -> Restoration:
    """Put a backup back and return what was found; BackupRefused leaves all as it was."""
    with refusing("nothing was put back"):
        if order.source and look_through(parts.database, order.source) is Fit.NEWER:
            raise BackupRefused(f"{order.source} is of a newer Tasuki: update the code first")
        again = redeletion.latest(_entries(parts, order.deletions))
        place = restore_sqlite if parts.database.is_sqlite else restore_postgres

        def quarantine_in(database: Database, unmark: Callable[[Session], None]) -> None:
            schema.migrate(database)
            into_quarantine(parts, database, order, again, unmark)

        if order.source is None:
            _nobody_at_work(parts)
        place.put(parts.database, order.source, parts.clock(), order.replace, quarantine_in)
        with parts.database.read() as db:
            row = restoration.last(db)
    assert row is not None
    return row


def _entries(parts: Parts, named: Sequence[Path] | None) -> list[tuple[str, str, datetime]]:
    usual = deletions.place(parts.settings, parts.database)
    files = list(named or ([usual] if usual else [])) if named is not None else []
    if named is not None and not files:
        raise BackupRefused(NO_DELETIONS.format("(TASUKI_DELETIONS)"))
    for file in files:
        if not file.exists():
            raise BackupRefused(NO_DELETIONS.format(file))
    return [(one.what, one.hash, one.at) for file in files for one in deletions.read(file)]


def _nobody_at_work(parts: Parts) -> None:
    with parts.database.read() as db:
        beats = db.scalar(select(func.max(col(Heartbeat.at))))
    if beats and parts.real_clock() - beats < host.FRESH:
        raise BackupRefused("workers were alive a moment ago: stop them all and wait a minute")


def into_quarantine(
    parts: Parts,
    database: Database,
    order: Order,
    again: redeletion.Latest,
    unmark: Callable[[Session], None],
) -> None:
    """Close the past, delete again, tell the office; then record what came due since as missed."""
    now = parts.clock()
    until = order.stopped or now
    _use_its_keys(parts, database)
    with database.write() as db:
        taken = min(_last_sign_of_life(db) or until, now)
        if not taken <= until <= now:
            raise BackupRefused(f"--stopped must lie between {taken:%Y-%m-%d %H:%M} UTC and now")
        found = quarantine.close(db, until, now) + redeletion.apply(db, again, now)
        restoration.note(db, taken_at=taken, doubt_until=until, restored_at=now, found=dict(found))
        audit(db, Audit(at=now, deed="restored", people=0))
        _tell_office(db, now)
        unmark(db)
    parts.ticker(database, parts.clock).plan(now)
    with database.write() as db:
        row = restoration.last(db)
        assert row is not None
        row.found = dict(found + _missed(db, now, until))
        db.add(row)


def _use_its_keys(parts: Parts, database: Database) -> None:
    """Hash as the backup does: it has its own key for that, sealed with the data key."""
    given = parts.settings
    crypto.use(crypto.Keyring(given.data_key, given.other_data_keys))
    try:
        with database.read() as db:
            person.latest(db)
        kept = hash_key.kept(database)
    except ValueError:
        raise BackupRefused(OTHER_KEY) from None
    crypto.use(crypto.Keyring(given.data_key, given.other_data_keys, lambda: kept))


def _last_sign_of_life(db: Session) -> datetime | None:
    """Return the newest instant that the backup knows of: it was taken then or a little later."""
    columns = col(Heartbeat.at), col(InboxEvent.recorded_at), col(Audit.at)
    return max(filter(None, (db.scalar(select(func.max(one))) for one in columns)), default=None)


def _tell_office(db: Session, now: datetime) -> None:
    people = tuple(one.key for one in school.office(db))
    told = Occurrence("restored.news", int(now.timestamp()), 0, now, now + NEWS_LIFE, people=people)
    inbox.record(db.connection(), [occurrences.row(told)], now)


def _missed(db: Session, now: datetime, until: datetime) -> Counter[str]:
    """Count by kind what came due in the doubtful time and was recorded as missed just now."""
    keys = select(col(InboxEvent.key)).where(
        col(InboxEvent.door) == Door.CLOCK,
        col(InboxEvent.state) == EventState.MISSED,
        col(InboxEvent.recorded_at) == now,
        col(InboxEvent.happened_at) <= until,
    )
    return Counter(f"due_{key.split(':')[1]}" for key in db.execute(keys).scalars())


def report(row: Restoration, zone: ZoneInfo) -> Iterator[str]:
    """Yield what is to be known and looked at, line by line."""
    since, until = (f"{at.astimezone(zone):{MINUTE}}" for at in (row.taken_at, row.doubt_until))
    yield f"The backup is in place. What happened from {since} to {until} is not in it."
    for name, what in MEANING.items():
        if n := row.count(name):
            yield f"{n:6}  {what}"
    due = {name.removeprefix("due_"): n for name, n in row.found.items() if name[:4] == "due_"}
    if due:
        yield "        (" + ", ".join(f"{kind}: {n}" for kind, n in sorted(due.items())) + ")"
    yield "Next: `python app.py doctor`, then start web and worker. The office is told, too."
