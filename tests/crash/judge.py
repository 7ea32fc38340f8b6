"""The judge: reads LINE's ledger and our database, and counts every single message."""

from __future__ import annotations

import re
import threading
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from bot.occurrences import read
from bot.simulator.ledger import Entry, Ledger
from models.database import Database
from models.inbox import Door, EventState, InboxEvent
from models.outbox import OutboxRow, RowState
from models.person import Person
from tests.crash.tally import Tally

TOKEN_LIFE = 60.0  # seconds
SAID = re.compile(  # what was asked, and what the probe's feature says
    r"(note |Time for )?(?P<number>\d+)( ml noted\.|\.| ml、書きました。|の時間です。)?"
)
SENDS = ("push", "reply", "multicast")


class Reader:
    """Reads the ledger as it grows: what was accepted, since when, and LINE's last word."""

    def __init__(self, ledger: Ledger, tokens: Mapping[str, str]) -> None:
        self._ledger, self._tokens, self._seen = ledger, tokens, 0
        self._lock = threading.Lock()
        self.accepted: Counter[str] = Counter()
        self.since: dict[str, float] = {}
        self.last: dict[str, Entry] = {}

    def read(self) -> None:
        """Read what was written since."""
        with self._lock:
            for entry in self._ledger.entries[self._seen :]:
                self._seen += 1
                if way(entry) in SENDS:
                    self._take(entry)

    def open_of(self, planned: Mapping[str, float]) -> int:
        """Return how many of the messages LINE has neither accepted nor plainly refused."""
        self.read()
        return sum(item not in self.since and not self.refused(item) for item in list(planned))

    def refused(self, item: str) -> bool:
        """Whether LINE's last word about a message was a plain no, and none that we ordered.

        A delay changes no word: a process that was frozen meanwhile reads it all the same.
        """
        entry = self.last.get(item)
        if entry is None or (entry.fault and not entry.fault.startswith("delay")):
            return False
        return entry.status in {400, 429}

    def _take(self, entry: Entry) -> None:
        for item in items(entry, self._tokens):
            self.last[item] = entry
            if entry.accepted:
                self.accepted[item] += 1
                self.since.setdefault(item, seconds(entry))


def items(entry: Entry, tokens: Mapping[str, str]) -> list[str]:
    """Name every message of a request once for each it goes to."""
    to = entry.to or tokens.get(entry.reply_token or "", "")
    people = to if isinstance(to, list) else [to]
    return [item for one in people for item in named(one, entry.messages)]


def named(recipient: str, messages: Any) -> list[str]:
    """Name the messages to one recipient by their numbers."""
    found = (SAID.fullmatch(message.get("text", "")) for message in messages or [])
    return [f"{recipient} {number['number']}" for number in found if number]


def way(entry: Entry) -> str:
    """Return the last part of a request's path."""
    return entry.path.rsplit("/", 1)[-1]


def seconds(entry: Entry) -> float:
    """Return when a request came, in seconds of the wall clock."""
    return datetime.fromisoformat(entry.at).timestamp()


def unfinished(database: Database, people: Mapping[int, str]) -> Counter[str]:
    """Name every message that the database still has work with."""
    found: Counter[str] = Counter()
    with database.read() as db:
        found.update(_waiting(db, people))
        pending = select(OutboxRow).where(OutboxRow.state == RowState.PENDING)
        for row in db.scalars(pending):
            found.update(named(row.recipient, row.messages))
    return found


def _waiting(db: Session, people: Mapping[int, str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for event in db.scalars(select(InboxEvent).where(InboxEvent.state == EventState.WAITING)):
        if event.door == Door.CLOCK:
            due = read(event.body)
            found.update(f"{people[one]} {due.subject}" for one in due.people)
        else:
            found.update(named(event.body["source"]["userId"], [event.body["message"]]))
    return found


def _sort_refused(tally: Tally, planned: Mapping[str, float], reader: Reader) -> None:
    """Tell LINE's plain no from a reply in doubt whose token had gone."""
    for item in filter(reader.refused, tally.planned - tally.accepted):
        entry = reader.last[item]
        if way(entry) != "reply":
            tally.refused[item] = 1
        elif seconds(entry) - planned[item] > TOKEN_LIFE:
            tally.unknowable[item] = 1


def judge(
    tally: Tally,
    planned: Mapping[str, float],
    reader: Reader,
    entries: list[Entry],
    database: Database,
) -> None:
    """Count what was accepted, what LINE refused, and what is still to be done."""
    reader.read()
    tally.planned.update(planned.keys())
    tally.accepted.update(reader.accepted)
    _sort_refused(tally, planned, reader)
    with database.read() as db:
        everyone = {one.key: one.line_id for one in db.scalars(select(Person))}
        tally.states.update(db.scalars(select(OutboxRow.state)))
        closed = (EventState.DONE, EventState.WAITING)
        odd = select(InboxEvent.state).where(InboxEvent.state.not_in(closed))
        tally.states.update(f"event {state}" for state in db.scalars(odd))
    tally.pending = unfinished(database, everyone) & (tally.planned - tally.accepted)
    sends = [entry for entry in entries if way(entry) in SENDS]
    tally.requests.update(way(entry) for entry in sends)
    tally.faults.update(entry.fault for entry in sends if entry.fault)
    tally.bodies_a_key = _bodies(sends)


def _bodies(sends: list[Entry]) -> int:
    bodies: dict[str, set[str]] = {}
    for entry in sends:
        if entry.retry_key:
            bodies.setdefault(entry.retry_key, set()).add(f"{entry.to} {entry.messages}")
    return max(map(len, bodies.values()), default=0)


def recoveries(
    tally: Tally,
    kills: list[tuple[float, str, str]],
    planned: Mapping[str, float],
    reader: Reader,
    entries: list[Entry],
) -> None:
    """Measure how long it took after each kill until something that waited then was accepted.

    And, where the dead held a row, until LINE answered about that very row for good.
    """
    waits = [(since, reader.since[item]) for item, since in planned.items() if item in reader.since]
    answers: dict[str | None, list[float]] = defaultdict(list)
    for entry in entries:
        if entry.status in {200, 409}:
            answers[entry.retry_key or entry.reply_token].append(seconds(entry))
    for at, _, held in kills:
        after = [accepted for since, accepted in waits if since <= at < accepted]
        tally.next_one += [min(after) - at] if after else []
        tally.held += [answered - at for answered in answers[held] if answered > at][:1]
