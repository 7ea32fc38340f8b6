"""What must be true after every step, read from LINE's ledger and our database."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from bot.simulator.ledger import Entry
from bot.speech import retry_key
from models import health
from models.attendance import Feeling
from models.carb import FoodEaten
from models.columns import FromMessage
from models.inbox import EventState, InboxEvent
from models.outbox import OutboxRow, Priority, RowState
from models.pain import PainReport
from models.person import Person
from models.record import Audit
from models.school import Membership
from tests.world import World

HEALTH = (health.ScreeningAnswer, health.BodyWeight, health.Drink, Feeling, FoodEaten, PainReport)
DEEDS_OF_STAFF = ("notice.", "chase", "broadcast", "group.", "session.", "forecast", "rollcall")
STAFF = ("main", "support", "office")
KEY_LIFE = timedelta(hours=23)


class Watch:
    """Sees the whole after each step, and remembers what it saw before."""

    def __init__(self, world: World, canaries: tuple[str, ...]) -> None:
        self.world, self.canaries = world, canaries
        self.unsent: set[str] = set()
        self._states: dict[Any, str] = {}
        self._events: set[str] = set()
        self._tokens: dict[str, Any] = {}
        self._quiet: dict[str, int] = {}  # retry keys that must not be seen any more, since when
        self._deaf: set[str] = set()
        self._seen = self._audited = 0

    def look(self) -> None:
        """Check everything; an AssertionError names the promise that is broken."""
        paths = ("/push", "/reply", "/multicast")
        sent = [one for one in self.world.sim.ledger.entries if one.path.endswith(paths)]
        with self.world.database.read() as db:
            rows = list(db.scalars(select(OutboxRow)))
            self._nothing_vanishes(db, rows)
            self._accepted_once(rows, sent)
            self._cancelled_is_not_asked_again(rows, sent)
            self._blocked_hear_nothing(db, rows, sent)
            self._only_staff_acts(db)
            self._no_health_without_consent(db)
            self._taken_back_is_gone(db)
        self._one_body_a_key(sent)
        self._no_health_in_groups(sent)
        self._seen = len(sent)

    def _nothing_vanishes(self, db: Session, rows: list[OutboxRow]) -> None:
        """P2: planned is the sum of the states, and what is final stays as it is."""
        now = {row.id: row.state for row in rows}
        assert set(now.values()) <= set(RowState), now
        for id_, state in self._states.items():
            assert id_ in now, f"P2: {id_} vanished"
            assert state in (RowState.PENDING, now[id_]), f"P2: {id_}: {state} became {now[id_]}"
        events = {row.key: row.state for row in db.scalars(select(InboxEvent))}
        assert set(events) >= self._events, "P2: an event vanished"
        assert set(events.values()) <= set(EventState), events
        self._states, self._events = now, set(events)
        for row in db.scalars(select(InboxEvent).where(InboxEvent.door == "line")):
            if row.body and (token := row.body.get("replyToken")):
                self._tokens[token] = retry_key(row.key, row.chat, "answer"), row.chat

    def _accepted_once(self, rows: list[OutboxRow], sent: list[Entry]) -> None:
        """P1: at most one acceptance a row; a safety answer in doubt may be said again."""
        members = defaultdict(list)
        for row in rows:
            members[str(row.id)].append(row.id)
            if row.bundle:
                members[str(row.bundle)].append(row.id)
        times: Counter[Any] = Counter()
        for one in sent:
            if one.accepted:
                known = members[one.retry_key] if one.retry_key else [self._token(one)]
                assert known, f"P1: nobody wrote {one}"
                times.update(known)
        safe = {row.id for row in rows if row.priority == Priority.SAFETY}
        twice = [id_ for id_, count in times.items() if count > 1 and id_ not in safe]
        assert not twice, f"P1: accepted twice: {twice}"

    def _token(self, one: Entry) -> Any:
        return self._tokens.get(one.reply_token or "", (one.reply_token, ""))[0]

    def _chat(self, one: Entry) -> str:
        """Return the chat a request speaks to; a multicast speaks to many."""
        if one.reply_token:
            return str(self._tokens.get(one.reply_token, ("", ""))[1])
        return one.to if isinstance(one.to, str) else ""

    def _one_body_a_key(self, sent: list[Entry]) -> None:
        """P4 and P5: one body and one recipient a key, and none used for more than 23 hours."""
        by_key = defaultdict(list)
        for one in sent:
            if one.retry_key:
                by_key[one.retry_key].append(one)
        for key, tries in by_key.items():
            bodies = {json.dumps([one.to, one.messages], sort_keys=True) for one in tries}
            assert len(bodies) == 1, f"P4: {key} has {len(bodies)} bodies"
            times = [datetime.fromisoformat(one.at) for one in tries]
            assert max(times) - min(times) <= KEY_LIFE, (
                f"P5: {key} was used {min(times)}, {max(times)}"
            )

    def _cancelled_is_not_asked_again(self, rows: list[OutboxRow], sent: list[Entry]) -> None:
        """P13: once it is cancelled no new request starts; a bundle in doubt is repeated whole."""
        for number, one in enumerate(sent[self._seen :], self._seen):
            since = self._quiet.get(one.retry_key or "")
            assert since is None or number < since, f"P13: sent after it was cancelled: {one}"
        for row in rows:
            if row.state == RowState.CANCELLED and row.bundle is None:
                self._quiet.setdefault(str(row.id), len(sent))

    def _blocked_hear_nothing(self, db: Session, rows: list[OutboxRow], sent: list[Entry]) -> None:
        """P13: who blocked us before the last step and still does was sent nothing in it."""
        deaf = set(db.scalars(select(Person.line_id).where(~Person.reachable)))  # type: ignore
        bundles = {str(row.bundle) for row in rows if row.bundle}
        for one in sent[self._seen :]:
            to_deaf = self._chat(one) in deaf & self._deaf
            assert not to_deaf or one.retry_key in bundles, f"P13: sent to who blocked us: {one}"
        self._deaf = deaf

    def _only_staff_acts(self, db: Session) -> None:
        """P22: what only staff may do was done by people who are staff now."""
        staff = {row.person_id for row in db.scalars(select(Membership)) if row.role in STAFF}
        audits = list(db.scalars(select(Audit).order_by(Audit.id)))  # type: ignore[arg-type]
        for row in audits[self._audited :]:
            by_staff = row.deed.startswith(DEEDS_OF_STAFF)
            assert not by_staff or row.person_id in staff, f"P22: {row.deed} by {row.person_id}"
        self._audited = len(audits)

    def _no_health_without_consent(self, db: Session) -> None:
        """P27: whoever has a health row has given a consent that stands."""
        for table in HEALTH:
            for number in set(db.scalars(select(table.person_id))):  # type: ignore[call-overload]
                person = db.get(Person, number)
                assert person and health.has_consent(db, person, health.HEALTH), (
                    f"P27: {table.__name__} of {number} without consent"
                )

    def _taken_back_is_gone(self, db: Session) -> None:
        """P28: nothing derived from a message that was taken back is kept."""
        for table in FromMessage.__subclasses__():
            if table is not OutboxRow:
                left = set(db.scalars(select(table.message_id))) & self.unsent
                assert not left, f"P28: {table.__name__} keeps {left}"

    def _no_health_in_groups(self, sent: list[Entry]) -> None:
        """P26: no value of a member's body in a word to a group."""
        for one in sent[self._seen :]:
            if self._chat(one).startswith("C"):
                said = json.dumps(one.messages, ensure_ascii=False)
                told = [canary for canary in self.canaries if canary in said]
                assert not told, f"P26: {told} in a group: {said}"
