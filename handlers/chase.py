"""Asking those who have not answered: a coach's tap, once a session, by day, one tap to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot import chasing, session_card
from bot.cards import Note, Part, Row, card
from bot.chasing import AskSilent, Silent
from bot.feature import Feature
from bot.messages import Button, Flex, Message, Say, Text
from bot.turn import Answer, Occurrence, Tell, Turn
from models import chase, person, policy, quota, record, school, session
from models.chase import Chase
from models.rules import hours
from models.session import TrainingSession

on = Feature("chase")


@dataclass(frozen=True)
class Send:
    """A coach has seen how many it reaches and says yes."""

    session: int
    token: str


@dataclass(frozen=True)
class Stop:
    """A coach does not want what waits for the morning after all."""

    session: int


@on.word
def ask_silent(turn: Turn) -> Answer:
    """Show whom it would reach, for the next session of each class one coaches."""
    said: list[Message] = []
    for class_ in school.coached_by(turn.db, turn.person):
        found = session.next_of(turn.db, class_.key, turn.now)
        said += [_preview(turn, found)] if found else []
    return said[:5] or Text(turn.say("none"))


@on.button(AskSilent)
def of_session(turn: Turn, tapped: AskSilent) -> Answer:
    """Show whom it would reach and what it costs."""
    found = _theirs(turn, tapped.session)
    return found if isinstance(found, Text) else _preview(turn, found)


@on.button(Send)
def send(turn: Turn, tapped: Send) -> Answer:
    """Ask them now, or in the morning when it is night; the first coach's tap counts."""
    found = _theirs(turn, tapped.session)
    if isinstance(found, Text) or (refused := _refused(turn, found)):
        return found if isinstance(found, Text) else refused
    if not turn.confirmed(tapped.token, _deed(found)):
        return Text(turn.say("old"))
    quiet, goes_at = chasing.silent(turn, found), hours.daytime(turn.local_now)
    by = turn.person.key
    row = Chase(session_id=found.key, revision=found.revision, asked_at=turn.now, goes_at=goes_at)
    row.by_person_id = by
    if not chase.begin(turn.db, row):
        return _refused(turn, found)  # the other coach was quicker
    count = len(quiet.to_ask)
    note = record.Audit(at=turn.now, person_id=by, deed="chase", subject=found.subject)
    note.people = count
    record.audit(turn.db, note)
    if goes_at > turn.now:
        said = turn.say("in_the_morning", n=count, at=goes_at)
        return Text(said, (turn.button("stop_label", Stop(found.key)),))
    asked = [_ask(turn, found, one) for one in quiet.to_ask]
    return [Text(turn.say("sent", n=count)), *(tell for tell in asked if tell)]


@on.button(Stop)
def stop(turn: Turn, tapped: Stop) -> Answer:
    """Let what waits for the morning be."""
    found = _theirs(turn, tapped.session)
    if isinstance(found, Text):
        return found
    gone = chase.take_back(turn.db, found.key, found.revision, turn.now)
    return Text(turn.say("stopped" if gone else "too_late"))


@on.clock("session.chase")
def in_the_morning(turn: Turn, occurrence: Occurrence) -> Answer:
    """Ask a member in the morning, unless they answered or the session changed meanwhile."""
    found = session.by_id(turn.db, occurrence.subject)
    if found is None or found.revision != occurrence.revision or not chasing.is_open(turn, found):
        return None
    if chase.of(turn.db, found.key, found.revision) is None:
        return None
    quiet = chasing.silent(turn, found)
    is_silent = turn.person.key in {one.key for one in quiet.to_ask}
    return _ask(turn, found, turn.person) if is_silent else None


def _theirs(turn: Turn, number: int) -> TrainingSession | Text:
    """Return the session if this person leads its class; a button's data is not believed."""
    found = session.by_id(turn.db, number)
    if found is None or not policy.leads(turn.db, turn.person, found.class_id):
        return Text(turn.say("not_yours"))
    return found


def _refused(turn: Turn, found: TrainingSession) -> Text | None:
    """Say why nobody can be asked about this session (any more)."""
    if not chasing.is_open(turn, found):
        return Text(turn.say("closed", start=found.starts_at))
    done = chase.of(turn.db, found.key, found.revision)
    if done is not None:
        return _done(turn, found, done)
    if not chasing.silent(turn, found).to_ask:
        return Text(turn.say("nobody", start=found.starts_at))
    if hours.daytime(turn.local_now) >= found.starts_at:
        return Text(turn.say("too_near", start=found.starts_at))
    return _short(turn, len(chasing.silent(turn, found).to_ask))


def _short(turn: Turn, count: int) -> Text | None:
    """Say that the month's messages are kept for what matters more."""
    verdict = quota.judge(turn.db, turn.now, count)
    if isinstance(verdict, quota.Allowed):
        return None
    return Text(turn.say("short", n=count, free=max(0, verdict.month.free or 0)))


def _cost(turn: Turn, count: int) -> str:
    left = quota.month(turn.db, turn.now).left
    said = turn.say("cost", n=count)
    return said if left is None else said + turn.say("left", left=left)


def _done(turn: Turn, found: TrainingSession, done: Chase) -> Text:
    coach = person.get(turn.db, done.by_person_id).name if done.by_person_id else ""
    known = {"coach": coach or turn.say("a_coach"), "start": found.starts_at, "at": done.goes_at}
    if done.goes_at > turn.now:
        stop = turn.button("stop_label", Stop(found.key))
        return Text(turn.say("waits", **known), (stop,))
    return Text(turn.say("done", **known))


def _preview(turn: Turn, found: TrainingSession) -> Text | Flex:
    if refused := _refused(turn, found):
        return refused
    quiet, goes_at = chasing.silent(turn, found), hours.daytime(turn.local_now)
    names = turn.listed(chasing.name_of(turn, one) for one in quiet.to_ask)
    count = len(quiet.to_ask)
    parts: list[Part | None] = [
        Row(turn.say("to_whom", n=count), names),
        Row(turn.say("cost_label"), _cost(turn, count)),
        Row(turn.say("when_label"), _when(turn, goes_at)),
        *_left_out(turn, quiet),
        Note(turn.say("they_read", said=turn.say("question", start=found.starts_at))),
    ]
    token = turn.confirmation(_deed(found))
    label = "send_later" if goes_at > turn.now else "send_now"
    buttons: list[Button] = [turn.button(label, Send(found.key, token)), Say(turn.say("leave"))]
    class_ = school.class_by_id(turn.db, found.class_id)
    title = turn.say("title", start=found.starts_at)
    return card(title, [p for p in parts if p], buttons, kicker=class_.name(turn.language))


def _when(turn: Turn, goes_at: datetime) -> str:
    return turn.say("morning", at=goes_at) if goes_at > turn.now else turn.say("at_once")


def _left_out(turn: Turn, quiet: Silent) -> list[Part | None]:
    """Say whom it does not reach, and why."""
    counts = {"asked": quiet.asked, "often": quiet.often, "unreachable": quiet.unreachable}
    return [Note(turn.say(f"left_{why}", n=n)) if n else None for why, n in counts.items()]


def _ask(turn: Turn, found: TrainingSession, one: person.Person) -> Tell | None:
    """Return the question, with a tap for each answer, to someone not asked before."""
    if not chase.note(turn.db, found.key, one.key, turn.now):
        return None

    def say(theirs: Turn) -> list[Message]:
        theme, lead = (
            session_card.theme(theirs, found),
            theirs.say("question", start=found.starts_at),
        )
        return [card(theme, [Note(lead)], [session_card.answers(theirs, found)], filled=())]

    (tell,) = turn.tell_each([one], say, subject=found.subject, until=found.starts_at)
    return tell


def _deed(found: TrainingSession) -> str:
    return f"chase:{found.key}:{found.revision}"
