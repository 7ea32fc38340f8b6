"""What the people of a simulated term do: answer, come, chase, broadcast, move and cancel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlmodel import Session

from models import attendance, billing, school, session
from models.attendance import EFFORT, NO, YES, Checkin, Feeling, Rsvp
from models.person import Person
from models.session import TrainingSession
from tests.actor import Actor
from tests.world import SETTINGS, World

Deeds = list[tuple[datetime, Callable[[], None]]]
MORNING, NOON, EVENING, LATER = (timedelta(hours=h) for h in (9, 12, 18, 20))
NIGHT = timedelta(hours=23, minutes=30)
MONDAY, FRIDAY = 0, 4
ANSWERS_A_SESSION = 5  # words to the bot of whoever comes: answer, check-in, pain, sleep, effort


class Habits:
    """The deeds of each day; `answers` counts what would be pushed by a naive bot as well."""

    def __init__(self, world: World) -> None:
        self.world, self.chance = world, Random(1)
        self.answers, self.log = Counter[str](), Counter[str]()
        self.broadcasts = Counter[str]()

    def of_day(self, midnight: datetime) -> Deeds:
        """Return what is done on a day, in order."""
        deeds: Deeds = [
            (midnight + NOON, self.answer),
            (midnight + EVENING, self.chase),
            (midnight + LATER, self.answer_late),
            (midnight + NIGHT, self.tell_effort),
        ]
        deeds += [(at + timedelta(minutes=5), self.check_in) for at in self._starts(midnight)]
        if midnight.weekday() == FRIDAY:
            deeds.append((midnight + NOON, self.broadcast))
        if midnight.weekday() == MONDAY and midnight.day <= 7:
            deeds.append((midnight + MORNING, partial(self.change, "move")))
        if midnight.weekday() == MONDAY and 14 < midnight.day <= 21:
            deeds.append((midnight + MORNING, partial(self.change, "cancel")))
        return sorted(deeds, key=lambda deed: deed[0])

    def answer(self) -> None:
        """The day before, two thirds answer the notice: four of five come."""
        with self.world.database.write() as db:
            for found in self._tomorrows(db):
                for one in school.members_of(db, found.class_id):
                    if one.key % 3:
                        self._rsvp(db, found, one, share=0.8)

    def answer_late(self) -> None:
        """Of those who were asked again most answer, half of them with yes."""
        with self.world.database.write() as db:
            for found in self._tomorrows(db):
                given = attendance.rsvps(db, found.key)
                for one in school.members_of(db, found.class_id):
                    if one.key not in given and self.chance.random() < 0.7:
                        self._rsvp(db, found, one, share=0.5)

    def check_in(self) -> None:
        """Whoever said so comes to the session."""
        now = self.world.clock.now()
        with self.world.database.write() as db:
            for found in session.between(db, now - timedelta(minutes=6), now):
                for key, said in attendance.rsvps(db, found.key).items():
                    if said.answer == YES and not found.cancelled:
                        row = Checkin(session_id=found.key, person_id=key, at=now)
                        if attendance.check_in(db, row):
                            self._note(ANSWERS_A_SESSION - 1)

    def tell_effort(self) -> None:
        """Two thirds tell how hard it was; the others never do."""
        now = self.world.clock.now()
        with self.world.database.write() as db:
            for found in session.between(db, now - timedelta(days=1), now):
                for key in attendance.checkins(db, found.key):
                    if key % 3:
                        known = {"session_id": found.key, "person_id": key}
                        db.add(Feeling(**known, kind=EFFORT, at=now, value=5))

    def chase(self) -> None:
        """Let a coach of each class ask the silent, through the real feature."""
        with self.world.database.read() as db:
            classes = [found.class_id for found in self._tomorrows(db)]
            coaches = [school.coaches_of(db, one)[0] for one in classes]
        for one in coaches:
            coach = Actor(self.world, one.line_id)
            coach.says("未回答の人に聞く")
            self._tap(coach, ("いま聞く", "Ask now"), "chase")

    def broadcast(self) -> None:
        """Let the office write to everybody, four times a month."""
        month = f"{billing.start_of(self.world.clock.now()):%Y-%m}"
        if self.broadcasts[month] >= 4:
            return
        self.broadcasts[month] += 1
        office = self.world.person("学校事務局 中島")
        office.says("配信")
        office.says(f"今週もおつかれさまです。{self.world.clock.now():%m/%d}のお知らせです。")
        self._tap(office, ("全クラス",), "audience")
        self._tap(office, ("人に送る",), "broadcast")
        self.world.clock.passes(minutes=2)

    def change(self, deed: str) -> None:
        """Move or cancel the session of a class; another class each month."""
        now = self.world.clock.now()
        with self.world.database.write() as db:
            found = self._held(db, now, 6)
            if not found:
                return
            one = found[now.month % len(found)]
            if deed == "move":
                session.change(db, one, now, starts_at=one.starts_at + timedelta(minutes=30))
            else:
                session.change(db, one, now, cancelled=True)
            self.log[deed] += 1

    def _tap(self, actor: Actor, parts: tuple[str, ...], name: str) -> None:
        """Tap the newest button whose label holds these words; there may be none."""
        labels = [label for label in actor.labels() if any(part in label for part in parts)]
        if labels:
            actor.taps(labels[0])
        self.log[name if labels else f"no {name}"] += 1

    def _rsvp(self, db: Session, found: TrainingSession, one: Person, share: float) -> None:
        said = YES if self.chance.random() < share else NO
        now = self.world.clock.now()
        row = Rsvp(session_id=found.key, person_id=one.key, answer=said, at=now)
        attendance.answer(db, row)
        self._note(1)

    def _note(self, answers: int) -> None:
        self.answers[f"{billing.start_of(self.world.clock.now()):%Y-%m}"] += answers

    def _tomorrows(self, db: Session) -> list[TrainingSession]:
        midnight = self.world.clock.now().astimezone(SETTINGS.zone).replace(hour=0, minute=0)
        return self._held(db, midnight + timedelta(days=1), 1)

    def _starts(self, midnight: datetime) -> list[datetime]:
        with self.world.database.read() as db:
            return sorted({one.starts_at for one in self._held(db, midnight, 1)})

    @staticmethod
    def _held(db: Session, since: datetime, days: int) -> list[TrainingSession]:
        coming = session.between(db, since, since + timedelta(days=days))
        return [one for one in coming if not one.cancelled]
