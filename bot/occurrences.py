"""Running what the clock made due: a page of people in one query, a savepoint for each."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session

from bot.faults import seen_in
from bot.messages import Message
from bot.router import Route, Router
from bot.speech import TELL_LIFE, as_list, open_questions, speak, words_of
from bot.turn import Occurrence, Tell, Turn
from bot.turns import Turns
from models import inbox, mute, person
from models.inbox import Door, EventState, InboxEvent
from models.outbox import Priority
from models.rules import hours

PAGE = 200  # people in one transaction
PERHAPS = "perhaps"  # labels what may be for nobody: nothing is missed when it comes too late
KNOWN = {one.name for one in fields(Occurrence)}
log = structlog.get_logger()


def pages(occurrence: Occurrence) -> list[Occurrence]:
    """Split an occurrence into pages of people, each with a key of its own."""
    people = occurrence.people
    if len(people) <= PAGE:
        return [occurrence]
    starts = range(0, len(people), PAGE)
    return [replace(occurrence, people=people[i : i + PAGE], page=f"/{people[i]}") for i in starts]


def row(occurrence: Occurrence, *, missed: bool = False) -> dict[str, Any]:
    """Return the inbox row of an occurrence."""
    left_out = set() if occurrence.zone else {"zone"}  # an older version still reads the row
    told = {name: value for name, value in asdict(occurrence).items() if name not in left_out}
    body = told | {
        "due_at": occurrence.due_at.isoformat(),
        "until": occurrence.until.isoformat(),
    }
    key = f"clock:{occurrence.key}"
    return {
        "key": key,
        "door": Door.CLOCK,
        "chat": key,
        "message_id": None,
        "body": body,
        "happened_at": occurrence.due_at,
        "state": _too_late(occurrence) if missed else EventState.WAITING,
    }


def _too_late(occurrence: Occurrence) -> EventState:
    return EventState.IGNORED if occurrence.label == PERHAPS else EventState.MISSED


def read(body: dict[str, Any]) -> Occurrence:
    """Return the occurrence that `row` wrote."""
    times = {name: datetime.fromisoformat(body[name]) for name in ("due_at", "until")}
    told = {name: value for name, value in body.items() if name in KNOWN}
    return Occurrence(**(told | times | {"people": tuple(body["people"])}))


def is_overtaken(db: Session, occurrence: Occurrence) -> bool:
    """Whether all of a page's people stand on recorded pages: one of them chose another hour."""
    if not occurrence.page:
        return False
    told = inbox.bodies_under(db, f"clock:{occurrence.said_once}:")
    return {one for body in told for one in body["people"]}.issuperset(occurrence.people)


class OccurrenceRunner:
    """Gives occurrences to their handlers."""

    def __init__(self, router: Router, turns: Turns) -> None:
        self._router, self._turns = router, turns

    def run(self, db: Session, event: InboxEvent, now: datetime) -> EventState:
        """Run an occurrence, unless it would come too late to help; by night it waits."""
        occurrence = read(event.body)
        route = self._router.by_clock(occurrence.kind)
        if route is None or now > occurrence.until:
            return _too_late(occurrence)
        morning = None if route.at_night else self._morning(occurrence, now)
        if morning is not None:
            event.not_before = morning
            return _too_late(occurrence) if morning > occurrence.until else EventState.WAITING
        if occurrence.chat:
            self._speak(route, self._turns.of_group(db, occurrence.chat, now), occurrence)
        for one in _who_hear(db, occurrence, route.topic):
            self._run_one(db, route, one, occurrence, now)
        return EventState.DONE

    def _morning(self, occurrence: Occurrence, now: datetime) -> datetime | None:
        """Return the morning for which something late waits: it was due by day, now it is night."""
        night = self._night(occurrence)
        local = now.astimezone(self._zone(occurrence))
        return hours.daytime(local) if night and hours.is_bedtime(local) else None

    def _night(self, occurrence: Occurrence) -> tuple[datetime, datetime] | None:
        """Return the night after something that was due by day."""
        due = occurrence.due_at.astimezone(self._zone(occurrence))
        return hours.night_after(due) if hours.is_daytime(due) else None

    def _zone(self, occurrence: Occurrence) -> ZoneInfo:
        return ZoneInfo(occurrence.zone) if occurrence.zone else self._turns.zone

    def _run_one(
        self, db: Session, route: Route, one: person.Person, occurrence: Occurrence, now: datetime
    ) -> None:
        """Run it for one person; a failure is set apart to be tried again for them alone."""
        try:
            with db.begin_nested():
                self._speak(route, self._turns.of_person(db, one, now), occurrence)
        except Exception as error:
            if len(occurrence.people) == 1:
                raise
            log.error("clock.failed", kind=occurrence.kind, **seen_in(error))
            alone = replace(occurrence, people=(one.key,), page=f"@{one.key}")
            inbox.record(db.connection(), [row(alone)], now)

    def _speak(self, route: Route, turn: Turn, occurrence: Occurrence) -> None:
        turn = replace(turn, texts=self._router.texts[route.feature])
        said = as_list(route.handler(turn, occurrence))
        open_questions(turn, said)
        told: list[Tell] = [m for m in said if isinstance(m, Tell)]
        if spoken := words_of(said):
            told.append(_notice(turn, spoken, occurrence))
        if not route.at_night and self._night(occurrence):
            local = turn.now.astimezone(self._zone(occurrence))
            told = [_by_day(tell, local) for tell in told]
        speak(turn, told, occurrence.said_once)


def _who_hear(db: Session, occurrence: Occurrence, topic: str | None) -> list[person.Person]:
    """Return the people who can be reached and did not mute the topic."""
    muted = mute.those_without(db, [topic] if topic else [])
    people = person.by_ids(db, occurrence.people)
    return [one for one in people if one.reachable and (one.line_id, topic) not in muted]


def _by_day(tell: Tell, now: datetime) -> Tell:
    """Let a word rest through the coming night, or end with the evening if it helps no longer.

    Where nothing says until when it helps, the night is not counted.
    """
    if tell.priority < Priority.NOTICE or hours.is_bedtime(now):
        return tell
    evening, morning = hours.night_after(now)
    until = tell.until or now + TELL_LIFE
    if tell.until is None and until > evening:
        until += morning - evening
    if until > morning:
        return replace(tell, until=until, night=(evening, morning))
    return replace(tell, until=min(until, evening))


def _notice(turn: Turn, spoken: list[Message], occurrence: Occurrence) -> Tell:
    about = occurrence.kind.split(".")[0]  # what is cancelled with a session is about a session
    subject = f"{about}:{occurrence.subject}:{occurrence.revision}"
    key = occurrence.said_once
    return Tell(turn.chat.id, spoken, Priority.NOTICE, key, subject, occurrence.until)
