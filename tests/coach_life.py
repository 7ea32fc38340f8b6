"""What keeps coaches busy in a school's life: questions, pains, the silent, words for later."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from models import broadcast, chase, consultation, health, pain, school
from models.broadcast import TEXT, Broadcast, BroadcastPiece, State
from models.chase import Chase
from models.consultation import Consultation, ConsultationAnswer
from models.pain import PainReport
from models.person import Person
from models.rules import hours
from tests.actor import Actor
from tests.school_life import SchoolLife
from tests.world import SETTINGS


class CoachLife(SchoolLife):
    """Deeds that the clock follows up, written down as the features write them."""

    def asks_the_coach(self, one: Actor) -> None:
        """Ask the coaches of one's class something."""
        with self.world.database.write() as db:
            if class_ := school.class_of(db, one.record()):
                row = Consultation(person_id=one.record().key, class_id=class_.key)
                row.asked_at, row.question = self.world.clock.at, "シューズはいつ替えますか?"
                consultation.ask(db, row)

    def hurts(self, one: Actor) -> None:
        """Report a pain that the coaches hear of, where that may be kept."""
        with self.world.database.write() as db:
            if health.has_consent(db, one.record(), health.HEALTH):
                row = PainReport(person_id=one.record().key, at=self.world.clock.at, level=6)
                pain.tell(db, pain.report(db, one.record(), row), self.world.clock.at)

    def a_coach_sees_to_it(self) -> None:
        """Let the coach answer the first open question and take the first open pain."""
        coach, now = self.cast[3].record().key, self.world.clock.at
        with self.world.database.write() as db:
            for asked in consultation.unanswered_since(db, now - timedelta(days=9))[:1]:
                said = ConsultationAnswer(consultation_id=asked.key, person_id=coach)
                said.answered_at, said.answer = now, "500 km が目安です。"
                consultation.answer(db, said)
            for hurt in pain.untaken(db, now - timedelta(days=9))[:1]:
                pain.take(db, hurt.id or 0, coach, now)

    def asks_the_silent(self, ahead: int) -> None:
        """Let the coach ask the silent: by night that waits for the morning."""
        found, now = self.session(ahead), self.world.clock.at
        goes_at = hours.daytime(now.astimezone(SETTINGS.zone))
        if found is not None and now < goes_at < found.starts_at:
            row = Chase(session_id=found.key, revision=found.revision, asked_at=now)
            row.goes_at, row.by_person_id = goes_at, self.cast[3].record().key
            with self.world.database.write() as db:
                chase.begin(db, row)

    def plans_a_broadcast(self, span: timedelta) -> None:
        """Let the coach hold a word to the group until an hour."""
        now, author = self.world.clock.at, self.cast[3].record()
        with self.world.database.write() as db:
            row = broadcast.begin(db, author, now)
            words: dict[str, Any] = {"kind": TEXT, "content": "土曜は皇居に集合です。"}
            piece = BroadcastPiece(broadcast_id=row.key, person_id=author.key, **words)
            broadcast.put(db, row, piece, now)
            broadcast.shape(db, row, now, audience="group", class_id=self._class(db, author))
            broadcast.decide(db, row, State.HELD, now + span, now)

    def stops_a_broadcast(self) -> None:
        """Let the coach stop the first word that waits."""
        with self.world.database.write() as db:
            held = select(Broadcast).where(Broadcast.state == State.HELD)
            for row in db.exec(held.order_by("id")).all()[:1]:
                broadcast.stop(db, row, self.world.clock.at)

    @staticmethod
    def _class(db: Session, coach: Person) -> int:
        return school.coached_by(db, coach)[0].key
