"""What became of broadcasts: what still waits, what arrived, who tapped that they read it."""

from __future__ import annotations

from datetime import timedelta

from bot import broadcast_card
from bot.broadcast_letter import Read
from bot.broadcast_out import allowed, note
from bot.broadcast_taps import Stop
from bot.buttons import pack
from bot.cards import Line, Note, Part, Row, Small, card
from bot.feature import Feature
from bot.messages import Flex, Postback, Text
from bot.turn import Answer, Occurrence, Turn
from models import audience, broadcast, broadcast_lists, outbox, person, school
from models.broadcast import TEXT, Broadcast, State
from models.outbox import RowState

on = Feature("broadcast_report")
SHOWN = 3
LISTED = 5
BACK = timedelta(days=30)  # as long as LINE's answers are kept
GLANCE = 40  # signs of a text where it is only named
FAILED = (RowState.DEAD, RowState.EXPIRED, RowState.UNKNOWN)


@on.word
def planned(turn: Turn) -> Answer:
    """List what has not gone out yet, with a tap to stop each."""
    rows = [row for row in broadcast_lists.waiting(turn.db) if _theirs(turn, row)][:LISTED]
    if not rows:
        return Text(turn.say("none_planned"))
    notes = [Note(_line(turn, place, row), strong=True) for place, row in enumerate(rows, 1)]
    taps: list[Line] = [
        Postback(turn.say("stop", place=place), pack(Stop(row.key)))
        for place, row in enumerate(rows, 1)
    ]
    return card(turn.say("planned", n=len(rows)), notes, taps, filled=())


@on.word
def report(turn: Turn) -> Answer:
    """Say what became of the latest broadcasts."""
    latest = broadcast_lists.latest_sent(turn.db, turn.now - BACK)
    rows = [row for row in latest if _theirs(turn, row)][:SHOWN]
    return [_report(turn, row) for row in rows] or Text(turn.say("none_sent"))


@on.button(Read)
def read(turn: Turn, tap: Read) -> Answer:
    """Count who has read it, once each; in a group in silence."""
    row = broadcast.by_id(turn.db, tap.number)
    if row is None or row.state != State.SENT or not row.asks or turn.member is None:
        return None if not turn.chat.is_direct else Text(turn.say("gone"))
    if _is_meant(turn, row):
        broadcast_lists.note_read(turn.db, row.key, turn.person.key, turn.at)
    return Text(turn.say("thanks")) if turn.chat.is_direct else None


@on.clock("broadcast.unapproved")
def unapproved(turn: Turn, occurrence: Occurrence) -> Answer:
    """Give back to its author what nobody approved."""
    row = broadcast.by_id(turn.db, occurrence.subject)
    if row is None or row.revision != occurrence.revision or row.author_id != turn.person.key:
        return None
    if not broadcast.stop(turn.db, row, turn.now, State.AWAITING):
        return None
    outbox.cancel_subject(turn.db, broadcast_lists.approval_subject(row.key), turn.now)
    note(turn, row, "broadcast.unapproved", 0)
    to = broadcast_card.to_whom(turn, row)
    return card(turn.say("unapproved", to=to), [], [broadcast_card.look(turn, row)])


@on.clock("broadcast.outcome")
def outcome(turn: Turn, occurrence: Occurrence) -> Answer:
    """Tell the author when LINE did not take it all; silence means that all is well."""
    row = broadcast.by_id(turn.db, occurrence.subject)
    if row is None or not _theirs(turn, row):
        return None
    states = broadcast_lists.outcome(turn.db, row)
    if not any(states[state] for state in FAILED):
        return None
    return [Text(turn.say("trouble")), _report(turn, row)]


def _report(turn: Turn, row: Broadcast) -> Flex:
    states = broadcast_lists.outcome(turn.db, row)
    counts = {
        "accepted": states[RowState.ACCEPTED],
        "under_way": states[RowState.PENDING],
        "failed": sum(states[state] for state in FAILED),
        "taken_back": states[RowState.CANCELLED],
        "blocked": row.out_of_reach,
    }
    parts: list[Part] = [Row(turn.say("row_to"), broadcast_card.to_whom(turn, row))]
    parts.append(Row(turn.say("row_people"), turn.say("people", n=row.people)))
    parts += [Row(turn.say(name), turn.say("requests", n=n)) for name, n in counts.items() if n]
    if row.asks:
        parts.append(
            Row(turn.say("read"), turn.say("people", n=broadcast_lists.readers(turn.db, row.key)))
        )
    if glance := _glance(turn, row):
        parts.append(Note(glance))
    return card(turn.say("sent", at=row.sent_at), [*parts, Small(turn.say("about"))])


def _line(turn: Turn, place: int, row: Broadcast) -> str:
    to, what = broadcast_card.to_whom(turn, row), _glance(turn, row)
    known = {"place": place, "to": to, "what": what, "name": _author(turn, row)}
    if row.state == State.AWAITING:
        return turn.say("line_awaiting", **known)
    return turn.say("line", at=row.due_at, **known)


def _glance(turn: Turn, row: Broadcast) -> str:
    piece = broadcast.pieces(turn.db, row.key).get(TEXT)
    said = " ".join(str(piece.content).split()) if piece else ""
    return said if len(said) <= GLANCE else said[:GLANCE] + "…"


def _author(turn: Turn, row: Broadcast) -> str:
    found = person.by_ids(turn.db, [row.author_id or 0])
    return str(found[0].name) if found and found[0].name else "?"


def _theirs(turn: Turn, row: Broadcast) -> bool:
    """Say whether it is this person's own, or one of a class they lead."""
    return allowed(turn, row) and (row.class_id is not None or _is_author_or_office(turn, row))


def _is_author_or_office(turn: Turn, row: Broadcast) -> bool:
    office = any(one.role == school.OFFICE for one in school.roles(turn.db, turn.person))
    return office or row.author_id == turn.person.key


def _is_meant(turn: Turn, row: Broadcast) -> bool:
    """Say whether this person is of the class it went to: a tap's data is never believed."""
    if row.audience == audience.ALL:
        return bool(school.roles(turn.db, turn.person))
    mine = school.class_of(turn.db, turn.person)
    coached = school.coached_by(turn.db, turn.person)
    return row.class_id in {one.key for one in [*coached, *([mine] if mine else [])]}
