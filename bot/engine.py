"""The engine: takes events from the inbox, one at a time a chat, and lets handlers answer."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlmodel import Session

from bot import metrics
from bot.conversation import Conversation
from bot.errands import Errands, Fetched, Photos, Profiles
from bot.events import Envelope
from bot.faults import seen_in
from bot.floodgate import Floodgate
from bot.heard import Heard
from bot.inbox import Clock
from bot.occurrences import OccurrenceRunner
from bot.photos import PhotoFault
from bot.router import Router
from bot.speech import speak
from bot.turn import Turn
from bot.turns import Turns
from models import deletion, dialog, inbox, message, restoration
from models.database import Database
from models.inbox import Door, EventState, InboxEvent

TOO_OLD = timedelta(days=3)  # an answer to something older would only confuse
ONLY_IN_PRIVATE = {"follow", "unfollow"}
ONLY_IN_GROUPS = {"join", "leave", "memberJoined", "memberLeft"}
PATIENCE = timedelta(minutes=1)  # for a photo that LINE has not ready
AGAIN = timedelta(seconds=3)
log = structlog.get_logger()


@dataclass(frozen=True)
class Surroundings:
    """What a turn needs that is the same for all: zone, clock, LINE's look-ups, our own address."""

    zone: ZoneInfo
    clock: Clock
    profiles: Profiles
    photos: Photos
    public_url: str = ""
    keep_deletions: Callable[[], object] = lambda: None  # outside the database, after the commit


class Engine:
    """One step handles one event: its effects and its answers in one transaction."""

    def __init__(self, database: Database, router: Router, around: Surroundings) -> None:
        self._database, self._router, self._around = database, router, around
        self._conversation = Conversation(router)
        self._floodgate = Floodgate(router)
        self._errands = Errands(router, around.profiles, around.photos)
        self._turns = Turns(around.zone, router.texts, around.public_url)
        self._occurrences = OccurrenceRunner(router, self._turns)

    def step(self) -> bool:
        """Handle the next event; False when there is none."""
        now = self._around.clock()
        with self._database.read() as db:
            head = inbox.next_waiting(db, now)
            errand = self._errands.of(db, head, now) if head else None
        if head is None or errand is None:
            return False
        fetched = self._errands.run(errand)  # no lock is held here
        with self._database.write() as db, metrics.HANDLING.time():
            event = inbox.next_waiting(db, now)
            if event is None or (event.key != head.key and self._errands.of(db, event, now)):
                return True  # another worker was quicker: look again
            self._handle(db, event, fetched if event.key == head.key else Fetched(), now)
            deleted = deletion.is_noted(db)
        if deleted:
            self._around.keep_deletions()
        metrics.HANDLED.labels(event.state).inc()
        return True

    def _handle(self, db: Session, event: InboxEvent, fetched: Fetched, now: datetime) -> None:
        if fetched.photo is PhotoFault.LATER and now - event.recorded_at < PATIENCE:
            return inbox.postpone(db, event, now + AGAIN)
        try:
            with db.begin_nested():
                state = self._dispatch(db, event, fetched, now)
            inbox.finish(db, event, state)
        except Exception as error:
            log.error("engine.failed", row=event.id, **seen_in(error))
            if inbox.failed(db, event, traceback.format_exc(), now):
                self._try_to_apologise(db, event, now)
        return None

    def _dispatch(
        self, db: Session, event: InboxEvent, fetched: Fetched, now: datetime
    ) -> EventState:
        if event.door == Door.CLOCK:
            return self._occurrences.run(db, event, now)
        envelope = Envelope(event.body or {})
        if envelope.kind == "unsend":  # however late, and whoever has the floor
            _take_back(db, envelope, event.happened_at)
            return EventState.DONE
        if envelope.is_standby or envelope.chat is None or event.happened_at < now - TOO_OLD:
            return EventState.IGNORED
        if not _is_newest(db, envelope, event.happened_at):
            event.body = None  # taken back or edited since: nothing of it is kept
            return EventState.IGNORED
        if self._floodgate.is_shut(db, envelope, event):
            if self._floodgate.is_to_be_told(db, envelope, event):
                turn = self._turns.of_event(db, event, fetched, now)
                _say(db, event, envelope, self._conversation.too_fast(turn))
            return EventState.THROTTLED
        if envelope.kind == "messageEdited" and envelope.message_id:
            message.derived(db, envelope.message_id, now)  # what the older version left is undone
        turn = self._turns.of_event(db, event, fetched, now)
        said = sum(_say(db, event, envelope, heard) for heard in self._hear(turn, envelope))
        self._floodgate.note(db, envelope, event, answered=said > 0)
        return EventState.DONE

    def _hear(self, turn: Turn, envelope: Envelope) -> list[Heard]:
        if envelope.kind == "postback":
            return [self._conversation.tap(turn, envelope.data)]
        if envelope.text:
            heard = self._conversation.text(turn, mentioned=envelope.mentions_us)
            return [heard] if heard else []
        kind = envelope.kind
        if kind == "message":
            kind = f"message.{envelope.message.get('type')}"
        elsewhere = kind in (ONLY_IN_GROUPS if turn.chat.is_direct else ONLY_IN_PRIVATE)
        return [] if elsewhere else self._conversation.event(turn, kind)

    def _try_to_apologise(self, db: Session, event: InboxEvent, now: datetime) -> None:
        """Say a kind word; where even that fails the event is set aside without it."""
        try:
            with db.begin_nested():
                self._apologise(db, event, now)
        except Exception as error:
            log.error("engine.no_apology", row=event.id, **seen_in(error))

    def _apologise(self, db: Session, event: InboxEvent, now: datetime) -> None:
        envelope = Envelope(event.body or {})
        if event.door == Door.CLOCK or envelope.chat is None or not envelope.chat.is_direct:
            return
        turn = self._turns.of_event(db, event, Fetched(), now)
        _say(db, event, envelope, self._conversation.apology(turn), key=event.key + ":apology")


def _say(db: Session, event: InboxEvent, envelope: Envelope, heard: Heard, key: str = "") -> int:
    """Write what was said to an event; return how many rows that took."""
    return speak(
        heard.turn,
        heard.answer,
        key or event.key,
        reply_token=envelope.reply_token,
        priority=heard.priority,
        heard_at=event.recorded_at,
        in_doubt=restoration.is_in_doubt(db, event.happened_at),
    )


def _take_back(db: Session, envelope: Envelope, at: datetime) -> None:
    if envelope.message_id:
        message.take_back(db, envelope.message_id, at)
    if envelope.chat and envelope.line_id:
        dialog.close(db, envelope.chat.id, envelope.line_id)


def _is_newest(db: Session, envelope: Envelope, at: datetime) -> bool:
    """Let only the newest version of a message count."""
    if envelope.message_id is None or envelope.kind not in {"message", "messageEdited"}:
        return True
    return message.is_current(db, envelope.message_id, at)
