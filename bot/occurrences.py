"""Running what the clock made due: a page of people in one query, a savepoint for each."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session

from bot.faults import seen_in
from bot.messages import Message
from bot.router import Route, Router
from bot.speech import as_list, open_questions, speak, words_of
from bot.turn import Occurrence, Said, Tell, Turn
from bot.turns import Turns
from models import inbox, mute, person
from models.inbox import Door, EventState, InboxEvent
from models.outbox import Priority

PAGE = 200  # people in one transaction
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
    body = asdict(occurrence) | {
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
        "state": EventState.MISSED if missed else EventState.WAITING,
    }


def read(body: dict[str, Any]) -> Occurrence:
    """Return the occurrence that `row` wrote."""
    times = {name: datetime.fromisoformat(body[name]) for name in ("due_at", "until")}
    return Occurrence(**(body | times | {"people": tuple(body["people"])}))


class OccurrenceRunner:
    """Gives occurrences to their handlers."""

    def __init__(self, router: Router, turns: Turns) -> None:
        self._router, self._turns = router, turns

    def run(self, db: Session, event: InboxEvent, now: datetime) -> EventState:
        """Run an occurrence, unless it would come too late to help."""
        occurrence = read(event.body)
        route = self._router.by_clock(occurrence.kind)
        if route is None or now > occurrence.until:
            return EventState.MISSED
        if occurrence.chat:
            self._speak(route, self._turns.of_group(db, occurrence.chat, now), occurrence)
        for one in _who_hear(db, occurrence, route.topic):
            self._run_one(db, route, one, occurrence, now)
        return EventState.DONE

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
        told: list[Said] = [m for m in said if isinstance(m, Tell)]
        if spoken := words_of(said):
            told.append(_notice(turn, spoken, occurrence))
        speak(turn, told, occurrence.said_once)


def _who_hear(db: Session, occurrence: Occurrence, topic: str | None) -> list[person.Person]:
    """Return the people who can be reached and did not mute the topic."""
    muted = mute.those_without(db, [topic] if topic else [])
    people = person.by_ids(db, occurrence.people)
    return [one for one in people if one.reachable and (one.line_id, topic) not in muted]


def _notice(turn: Turn, spoken: list[Message], occurrence: Occurrence) -> Tell:
    about = occurrence.kind.split(".")[0]  # what is cancelled with a session is about a session
    subject = f"{about}:{occurrence.subject}:{occurrence.revision}"
    key = occurrence.said_once
    return Tell(turn.chat.id, spoken, Priority.NOTICE, key, subject, occurrence.until)
