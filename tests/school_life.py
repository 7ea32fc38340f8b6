"""A school's life for the state machine: what its people and its coaches do, on LINE or not."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlmodel import col, delete

from bot.buttons import pack
from bot.session_card import Rsvp
from bot.simulator.people import RefusedError
from models import health, school, session
from models.attendance import Checkin
from models.school import Membership
from models.session import TrainingSession
from tests.actor import Actor, actions
from tests.invariants import Watch
from tests.letters import Letters
from tests.machines import Machines
from tests.world import World

CANARIES = ("53.17", "437 mL", "437mL", "437 ml")
FINAL = ("消す", "削除")  # whoever is deleted takes the evidence along
CAST = ("相川 愛子", "山田 亮", "山口 浩", "西岡 遥", "久我 大地", "学校事務局 中島")


class SchoolLife(Machines):
    """One school with a small class, and everything that can happen to it."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.letters = Letters(world)
        self.cast = [world.person(name) for name in CAST]
        self.group = world.group("S4")
        self.watch = Watch(world, CANARIES)
        self.sent: list[dict[str, Any]] = []
        with world.database.write() as db:
            kept = col(Membership.person_id).in_([one.record().key for one in self.cast])
            db.execute(delete(Membership).where(col(Membership.role) == "member", ~kept))
            row = health.BodyWeight(person_id=self.cast[0].record().key, at=world.clock.at)
            row.kg = float(CANARIES[0])
            health.keep(db, self.cast[0].record(), row)

    def post(self, *events: dict[str, Any]) -> None:
        """Let LINE deliver events."""
        assert self.letters.post(*events) == 200
        self.sent.extend(events)

    def says(self, one: Actor, text: str, *, in_group: bool) -> None:
        """Say something in 1:1, or in the class's group; who blocked us cannot say it in 1:1."""
        if self._is_blocked(one) and not in_group:
            return
        words = f"たすき {text}" if in_group else text
        self.post(self.letters.text(one.id, words, self.group if in_group else ""))

    def answers(self, one: Actor, answer: Any, ahead: int) -> None:
        """Tap an answer for one of the next sessions."""
        found = self.session(ahead)
        if found and not self._is_blocked(one):
            data = pack(Rsvp(found.key, answer))
            self.post(self.letters.event("postback", one.id, postback={"data": data}))

    def taps(self, one: Actor, other: Actor, pick: int) -> None:
        """Tap something that was shown lately, perhaps to somebody else."""
        shown = [a for b in other.shown()[-6:] for a in actions(b["message"]) if "data" in a]
        shown = [a for a in shown if not any(word in str(a.get("label")) for word in FINAL)]
        if shown and not self._is_blocked(one):
            data = shown[pick % len(shown)]["data"]
            self.post(self.letters.event("postback", one.id, postback={"data": data}))

    def _is_blocked(self, one: Actor) -> bool:
        return self.world.sim.people.user(one.id).blocked

    def unsends(self, pick: int) -> None:
        """Take back something that was said."""
        said = [one for one in self.sent if one["type"] == "message"]
        if said:
            taken = said[pick % len(said)]
            number = taken["message"]["id"]
            source = taken["source"]
            event = self.letters.event("unsend", source["userId"], source.get("groupId", ""))
            self.post(event | {"unsend": {"messageId": number}})
            self.work()
            self.watch.unsent.add(number)

    def edits(self, pick: int, text: str) -> None:
        """Edit something that was said in the group: LINE lets nobody edit elsewhere."""
        said = [e for e in self.sent if e["type"] == "message" and "groupId" in e["source"]]
        if said:
            later = self.world.clock.at.timestamp() * 1000 - said[pick % len(said)]["timestamp"]
            words = self.letters.edited(said[pick % len(said)], text, int(later), self.group)
            self.post(words)

    def comes_again(self, order: random.Random) -> None:
        """Let LINE deliver some of the last events once more, in any order."""
        again = order.sample(self.sent[-8:], min(4, len(self.sent[-8:])))
        if again:
            flagged = [one | {"deliveryContext": {"isRedelivery": True}} for one in again]
            assert self.letters.post(*flagged) == 200

    def does(self, deed: Callable[..., Any], *who: str) -> None:
        """Block, follow, invite or kick; what LINE itself refuses does not happen."""
        with suppress(RefusedError):
            deed(*who)

    def consents(self, one: Actor, *, given: bool) -> None:
        """Give the consent to health data, or take it back."""
        if not given:
            return self.says(one, "同意をやめる", in_group=False)
        with self.world.database.write() as db:
            health.consent(db, one.record(), health.HEALTH, self.world.clock.at)
        return None

    def session(self, ahead: int) -> TrainingSession | None:
        """Return one of the class's next sessions, as long as there are some."""
        with self.world.database.read() as db:
            class_ = school.class_of(db, self.cast[0].record())
            assert class_ is not None
            coming = session.upcoming(db, [class_.key], self.world.clock.at, 3)
        return coming[ahead % len(coming)] if coming else None

    def changes(self, ahead: int, **values: Any) -> None:
        """Move or cancel a session."""
        if (found := self.session(ahead)) is None:
            return
        moved = values.pop("moved", None)
        values |= {"starts_at": found.starts_at + moved} if moved else {}
        with self.world.database.write() as db:
            session.change(db, session.by_id(db, found.key), self.world.clock.at, **values)  # type: ignore[arg-type]

    def grants(self, one: Actor, *, coach: bool) -> None:
        """Make somebody a support coach of the class, or take that away."""
        person = one.record()
        with self.world.database.write() as db:
            class_ = school.class_of(db, self.cast[0].record())
            assert class_ is not None
            if coach:
                school.grant(db, person, "support", class_.key, self.world.clock.at)
            else:
                mine = col(Membership.person_id) == person.key, col(Membership.role) != "member"
                db.execute(delete(Membership).where(*mine))

    def attends(self, one: Actor, ahead: int) -> None:
        """Check somebody in."""
        if found := self.session(ahead):
            row = Checkin(session_id=found.key, person_id=one.record().key)
            row.at = self.world.clock.at
            with self.world.database.write() as db:
                db.merge(row)
