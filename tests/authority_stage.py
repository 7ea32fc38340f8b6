"""A class with something in every drawer, and who has no business in it: for tests of authority."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Literal, get_args, get_origin, get_type_hints

from sqlalchemy import delete, select
from sqlmodel import Session

from bot.errands import Fetched
from bot.turn import Turn
from models import school
from models.broadcast import Broadcast, BroadcastPiece, State
from models.carb import FoodEaten
from models.care import Spell
from models.chase import Chase
from models.consultation import Consultation
from models.inbox import Door, InboxEvent
from models.invitation import RoleRequest
from models.notice import Notice, NoticeComment
from models.pain import PainPlace, PainReport
from models.person import Person
from models.race import Race
from models.result import RaceResult
from models.school import Membership
from models.session import TrainingSession
from tests.letters import Letters
from tests.world import Actor, World

CANARY = "カナリア"
STATES = (State.DRAFT, State.AWAITING, State.HELD, State.SENT)


@dataclass(frozen=True)
class Stage:
    """The world, and the numbers of what lies about in class S4."""

    world: World
    numbers: dict[str, list[int]] = field(default_factory=dict)

    def values(self, kind: type) -> Iterator[Any]:
        """Return buttons of a kind, as somebody could make them by hand about this class."""
        hints = get_type_hints(kind)
        given = [self._of(kind, one.name, hints[one.name]) for one in fields(kind)]
        for values in itertools.product(*given):
            yield kind(*values)

    def _of(self, kind: type, name: str, hint: Any) -> list[Any]:
        if get_origin(hint) is Literal:
            return list(get_args(hint))
        if isinstance(hint, type) and issubclass(hint, Enum):
            return list(hint)
        own = self.numbers.get(f"{kind.__module__.rsplit('.', 1)[-1]}.{name}")
        if hint is bool:
            return [True, False]
        if hint is int:
            return own or self.numbers.get(name) or [1]
        return WORDS.get(name, [""]) if hint is str else [self.world.clock.now().date()]

    def turn(self, db: Session, who: Actor, chat: str, data: str = "x") -> Turn:
        """Open the turn of a tap."""
        made = Letters(self.world).event("postback", who.id, chat, postback={"data": data})
        now = self.world.clock.now()
        row = InboxEvent(key=made["webhookEventId"], door=Door.LINE, chat=chat or who.id)
        row.happened_at, row.body = now, made
        return self.world.engine._turns.of_event(db, row, Fetched(), now)


WORDS = {
    "kind": ["group", "members", "silent", "absent", "all", "coaches"],
    "token": ["x" * 12],
    "sure": ["", "again night"],
    "step": ["bib", "after", "must_know"],
    "tap": ["done", "yes", "later"],
    "outcome": ["tried", "upset", "not_tried"],
    "food": ["onigiri"],
}


def build(world: World) -> Stage:
    """Fill class S4's drawers: a question, a pain, broadcasts in every state, and so on."""
    aiko, coach, now = world.person("相川 愛子"), world.person("西岡 遥"), world.clock.now()
    with world.database.write() as db:
        class_ = school.class_of(db, aiko.record())
        assert class_ is not None
        them, main, sessions = aiko.record(), coach.record().key, _sessions(db, class_.key, now)
        _decisions(db, sessions, main, now)
        asker = world.person("山口 浩").record().key
        made = _told(them.key, class_.key, sessions[2], now) | _asked(asker, now)
        db.add_all(made.values())
        drafts = [_broadcast(db, state, main, class_.key, now) for state in STATES]
        db.flush()
        place = PainPlace(report_id=made["report"].id)
        place.place = "knee"
        db.add(place)
        db.merge(them).name = CANARY
        ids = {name: [row.id] for name, row in made.items()}
        races = list(db.scalars(select(Race.id)))  # type: ignore[call-overload]
    known = {"session": list(sessions), "class_id": [class_.key, 0], "person": [them.key]}
    return Stage(world, ids | known | {"race": races, "number": drafts})


def _decisions(db: Session, sessions: tuple[int, int, int], main: int, now: datetime) -> None:
    """Skip one notice, send others, comment on one, and plan to chase the silent."""
    ahead, following, past = sessions
    db.add(Notice(session_id=ahead, skipped=True, decided_by=main, decided_at=now))
    db.add_all([Notice(session_id=past), Notice(session_id=following)])
    comment = NoticeComment(session_id=past, person_id=main)
    comment.text = CANARY
    later = Chase(session_id=ahead, revision=0, by_person_id=main, asked_at=now)
    later.goes_at = now + timedelta(hours=12)
    db.add_all([comment, later])


def _told(them: int, class_id: int, past: int, now: datetime) -> dict[str, Any]:
    """Return what a member told: a question, a pain, an absence, a result, a meal."""
    asked = Consultation(person_id=them, class_id=class_id)
    asked.asked_at, asked.question = now, CANARY
    pain = PainReport(person_id=them, at=now)
    pain.level = 6
    result = RaceResult(person_id=them, ran_on=now.date(), km=10, seconds=2970)
    result.told_at = now
    food = FoodEaten(person_id=them, day=now.date(), at=now)
    food.eaten = [["onigiri", 1, False, 40.0]]
    spell = Spell(person_id=them, class_id=class_id, since_id=past, told_at=now)
    numbered = {"consult_card.number": asked, "results.number": result, "carb_card.number": food}
    return numbered | {"report": pain, "spell": spell}


def _asked(person: int, now: datetime) -> dict[str, Any]:
    """Return somebody's wish to have a role."""
    request = RoleRequest(person_id=person, role="office")
    request.asked_at = now
    return {"request": request}


def _broadcast(db: Session, state: str, main: int, class_id: int, now: datetime) -> Any:
    """Write a broadcast in a state, with its text; return its number."""
    made = Broadcast(author_id=main, state=state, class_id=class_id)
    made.audience, made.touched_at, made.asks, made.pieces = "group", now, True, 1
    made.due_at, made.sent_at = now + timedelta(minutes=1), now
    db.add(made)
    db.flush()
    piece = BroadcastPiece(broadcast_id=made.id, kind="text", person_id=main)
    piece.content = CANARY
    db.add(piece)
    return made.id


def _sessions(db: Session, class_id: int, now: Any) -> tuple[int, int, int]:
    mine = select(TrainingSession).where(TrainingSession.class_id == class_id)
    found = sorted(db.scalars(mine), key=lambda one: one.starts_at)
    ahead, following = [one.key for one in found if one.starts_at > now][:2]
    return ahead, following, next(one.key for one in reversed(found) if one.ends_at < now)


def strangers(world: World) -> dict[str, Actor]:
    """Return people without business in class S4; none of them is office."""
    guest, former = world.person("新田 ひかり"), world.person("久我 大地")
    guest.follows()
    with world.database.write() as db:
        theirs = Membership.person_id == former.record().key
        db.execute(delete(Membership).where(theirs))  # type: ignore[arg-type]
        others = select(Membership).where(
            Membership.role == school.MAIN,
            Membership.class_id != 0,  # type: ignore[arg-type]
        )
        elsewhere = world.person("西岡 遥").record()
        mine = {row.class_id for row in school.roles(db, elsewhere)}
        row = next(one for one in db.scalars(others) if one.class_id not in mine)
        coach = db.get(Person, row.person_id)
        fellow = next(p for p in school.members_of(db, row.class_id or 0) if p.reachable)
        assert coach is not None
    return {
        "guest": guest,
        "former coach": former,
        "coach elsewhere": Actor(world, coach.line_id),
        "member elsewhere": Actor(world, fellow.line_id),
    }
