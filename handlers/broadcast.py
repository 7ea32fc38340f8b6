"""Writing a broadcast: what to say, to whom, and how it will look. Nothing is sent in here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot import broadcast_card, broadcast_letter, change_draft
from bot.broadcast_draft import keep, mine
from bot.broadcast_taps import Change, Picked, To, ToClass
from bot.cards import card
from bot.feature import Feature
from bot.media import Location
from bot.messages import Flex, Say, Text
from bot.moments import Moment
from bot.photos import Photo
from bot.questions import Matter
from bot.turn import Answer, Ask, Turn
from models import audience, broadcast, policy, school
from models.broadcast import PHOTO, Broadcast
from models.rules import hours

on = Feature("broadcast")


@on.word
def write(turn: Turn) -> Answer:
    """Ask what to say, or whether to go on with what was begun."""
    row = broadcast.draft_of(turn.db, turn.person, turn.now)
    if row is None or not broadcast_letter.is_whole(turn, row):
        return _ask(turn, broadcast.begin(turn.db, turn.person, turn.now), "ask")
    said = turn.speaking_as(broadcast_card.WORDS)
    lines = [said.button(wish, Change(row.key, wish)) for wish in ("resume", "anew")]
    return card(said.say("unfinished"), [], lines)


@on.answer("matter", Matter())
def written(turn: Turn, brought: str | Photo | Location) -> Answer:
    """Keep what was sent, and go on to whom it is for."""
    row = mine(turn, turn.memo["draft"])
    if isinstance(row, Text):
        return row
    fault = keep(turn, row, brought)
    return _ask(turn, row, fault) if fault else _next(turn, row)


@on.button(ToClass)
def of_class(turn: Turn, tap: ToClass) -> Answer:
    """Ask whom of a class."""
    row = mine(turn, tap.number)
    if isinstance(row, Text):
        return row
    if not policy.leads(turn.db, turn.person, tap.class_id):
        return Text(turn.say("not_your_class"))
    return broadcast_card.audiences(turn, row, school.class_by_id(turn.db, tap.class_id))


@on.button(To)
def to(turn: Turn, tap: To) -> Answer:
    """Keep whom it is for, if it is this person's to say, and show it."""
    row = mine(turn, tap.number)
    if isinstance(row, Text):
        return row
    everybody = tap.kind == audience.ALL
    if not everybody and not policy.leads(turn.db, turn.person, tap.class_id):
        return Text(turn.say("not_your_class"))
    if not everybody and tap.kind not in audience.OF_A_CLASS:
        return Text(turn.say("gone"))
    chosen = {"audience": tap.kind, "class_id": None if everybody else tap.class_id}
    broadcast.shape(turn.db, row, turn.now, **chosen)
    return preview(turn, row)


@on.button(Change)
def change(turn: Turn, tap: Change) -> Answer:
    """Make something else of a draft."""
    row = mine(turn, tap.number)
    if isinstance(row, Text):
        return row
    if tap.wish in WISHES:
        return WISHES[tap.wish](turn, row)
    _change(turn, row, tap.wish)
    return _next(turn, row)


@on.button(Picked)
def picked(turn: Turn, tap: Picked) -> Answer:
    """Take a time from the picker."""
    row = mine(turn, tap.number)
    if isinstance(row, Text):
        return row
    moment = change_draft.picked(turn)
    return _at(turn, row, moment) if moment else _ask_time(turn, row)


@on.answer("time", Moment())
def time(turn: Turn, moment: datetime) -> Answer:
    """Take a typed time."""
    row = mine(turn, turn.memo["draft"])
    return row if isinstance(row, Text) else _at(turn, row, moment)


def preview(turn: Turn, row: Broadcast) -> Answer:
    """Show a draft as it is delivered, with what it costs."""
    reached = audience.of(turn.db, row.audience, row.class_id, turn.now)
    if reached.heads:
        return broadcast_card.preview(turn, row, reached)
    key = "no_group" if row.audience == audience.GROUP else "nobody"
    return [Text(turn.say(key)), _whom(turn, row)]


def _change(turn: Turn, row: Broadcast, wish: str) -> None:
    match wish:
        case "no_photo" if row.pieces > 1:
            broadcast.take_out(turn.db, row, PHOTO, turn.now)
        case "ask" | "unask":
            broadcast.shape(turn.db, row, turn.now, asks=wish == "ask")
        case "now":
            broadcast.shape(turn.db, row, turn.now, send_at=None)
        case "morning":
            broadcast.shape(turn.db, row, turn.now, send_at=_morning(turn, row))


def _morning(turn: Turn, row: Broadcast) -> datetime:
    """Return the morning after the night that was planned, or after this one."""
    return hours.daytime(turn.local(max(row.send_at or turn.now, turn.now)))


def _next(turn: Turn, row: Broadcast) -> Answer:
    return preview(turn, row) if row.audience else _whom(turn, row)


def _class(turn: Turn, row: Broadcast) -> school.SchoolClass | None:
    reached = audience.of(turn.db, row.audience, row.class_id, turn.now)
    return reached.parts[0].class_ if reached.parts else None


def _at(turn: Turn, row: Broadcast, moment: datetime) -> Answer:
    ahead = moment - turn.now
    if ahead <= timedelta(minutes=1):
        return [Text(turn.say("past", at=moment)), _ask_time(turn, row)]
    if ahead > broadcast_card.FARTHEST:
        return [Text(turn.say("too_far")), _ask_time(turn, row)]
    broadcast.shape(turn.db, row, turn.now, send_at=moment)
    return preview(turn, row)


def _ask_time(turn: Turn, row: Broadcast) -> Ask:
    memo = {"draft": row.key, "day": turn.today.isoformat()}
    return Ask("broadcast.time", [broadcast_card.picker(turn, row)], memo)


def _ask(turn: Turn, row: Broadcast, key: str) -> Ask:
    said = turn.say(key, room=broadcast_letter.room(turn))
    return Ask("broadcast.matter", [Text(said, (Say(turn.say("stop")),))], {"draft": row.key})


def _anew(turn: Turn, _row: Broadcast) -> Answer:
    return _ask(turn, broadcast.begin(turn.db, turn.person, turn.now), "ask")


def _edit(turn: Turn, row: Broadcast) -> Answer:
    return _ask(turn, row, "ask_again")


def _test(turn: Turn, row: Broadcast) -> Answer:
    return broadcast_letter.letter(turn, row, _class(turn, row))


def _drop(turn: Turn, row: Broadcast) -> Answer:
    broadcast.drop_photo(turn.db, row.key)
    broadcast.call_off(turn.db, row)
    return Text(turn.say("dropped"))


def _whom(turn: Turn, row: Broadcast) -> Flex:
    theirs = broadcast_card.theirs(turn)
    if len(theirs) == 1:
        return broadcast_card.audiences(turn, row, theirs[0])
    return broadcast_card.classes(turn, row)


WISHES: dict[str, Callable[[Turn, Broadcast], Answer]] = {
    "anew": _anew,
    "edit": _edit,
    "audience": _whom,
    "test": _test,
    "time": _ask_time,
    "drop": _drop,
}
