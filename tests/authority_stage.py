"""A class with something in every drawer, and who has no business in it: for tests of authority."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import timedelta
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
        them, main = aiko.record().key, coach.record().key
        class_ = school.class_of(db, aiko.record())
        assert class_ is not None
        ahead, following, past = _sessions(db, class_.key, now)
        db.add(Notice(session_id=ahead, skipped=True, decided_by=main, decided_at=now))
        db.add_all([Notice(session_id=past), Notice(session_id=following)])
        comment = NoticeComment(session_id=past, person_id=main)
        comment.text = CANARY
        made: dict[str, Any] = {"consultation": Consultation(person_id=them, class_id=class_.key)}
        made["consultation"].asked_at, made["consultation"].question = now, CANARY
        made["pain"] = PainReport(person_id=them, at=now)
        made["pain"].level = 6
        made["request"] = RoleRequest(person_id=world.person("山口 浩").record().key, role="office")
        made["request"].asked_at = now
        made["spell"] = Spell(person_id=them, class_id=class_.key, since_id=past, told_at=now)
        made["result"] = RaceResult(person_id=them, ran_on=now.date(), km=10, seconds=2970)
        made["result"].told_at = now
        made["food"] = FoodEaten(person_id=them, day=now.date(), at=now)
        made["food"].eaten = [["onigiri", 1, False, 40.0]]
        for state in STATES:
            made[state] = Broadcast(author_id=main, state=state, class_id=class_.key)
            made[state].audience, made[state].touched_at, made[state].asks = "group", now, True
            made[state].due_at, made[state].sent_at = now + timedelta(minutes=1), now
        later = Chase(session_id=ahead, revision=0, by_person_id=main, asked_at=now)
        later.goes_at = now + timedelta(hours=12)
        db.add_all([comment, later, *made.values()])
        db.flush()
        place = PainPlace(report_id=made["pain"].id)
        place.place = "knee"
        db.add(place)
        for state in STATES:
            piece = BroadcastPiece(broadcast_id=made[state].id, kind="text", person_id=main)
            piece.content, made[state].pieces = CANARY, 1
            db.add(piece)
        known = db.get(Person, them)
        assert known is not None
        known.name = CANARY
        drafts = [made[state].id for state in STATES]
        numbers = {
            "session": [ahead, following, past],
            "class_id": [class_.key, 0],
            "person": [them],
            "race": list(db.scalars(select(Race.id))),  # type: ignore[call-overload]
            "request": [made["request"].id],
            "spell": [made["spell"].id],
            "report": [made["pain"].id],
            "number": drafts,
            "consult_card.number": [made["consultation"].id],
            "results.number": [made["result"].id],
            "carb_card.number": [made["food"].id],
        }
    return Stage(world, numbers)


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
