"""Sending a broadcast: the word that sends, the minute to stop it, the hour it goes out."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot import broadcast_approval, broadcast_card, broadcast_letter, broadcast_out, quota_words
from bot.broadcast_approval import Approve, Decline
from bot.broadcast_draft import keep_photo, mine
from bot.broadcast_out import allowed, letters, note
from bot.broadcast_taps import Send, Stop
from bot.cards import card
from bot.feature import Feature
from bot.messages import Flex, Text
from bot.turn import Answer, Occurrence, Tell, Turn
from models import audience, broadcast, outbox, person, quota
from models.broadcast import SECOND_THOUGHTS, Broadcast, State
from models.broadcast_lists import same_as
from models.quota import Refused
from models.rules import hours

on = Feature("broadcast_sending")
LATELY = timedelta(minutes=10)
LATE = timedelta(hours=1)  # a broadcast held up longer might no longer be true


@on.button(Send)
def send(turn: Turn, tap: Send) -> Answer:
    """Hold it for the last minute, or until its hour; refuse what may not go, ask what is odd."""
    row = mine(turn, tap.number)
    if isinstance(row, Text):
        return _already(turn, tap.number) or row
    if not turn.confirmed(tap.token, broadcast_card.deed(row, tap.sure)):
        return card(turn.say("old"), [], [broadcast_card.look(turn, row)])
    if refused := _refused(turn, row):
        return [refused, card(turn.say("not_sent"), [], [broadcast_card.look(turn, row)])]
    broadcast.shape(
        turn.db, row, row.touched_at, fingerprint=broadcast_letter.fingerprint(turn, row)
    )
    if doubt := _doubt(turn, row, tap.sure):
        return broadcast_card.doubt(turn, row, doubt, f"{tap.sure} {doubt}".strip())
    return _hold(turn, row)


@on.button(Stop)
def stop(turn: Turn, tap: Stop) -> Answer:
    """Stop what has not gone out: nothing of it is sent."""
    row = broadcast.by_id(turn.db, tap.number)
    if row is None or row.state == State.CANCELLED:
        return Text(turn.say("gone"))
    if row.author_id != turn.person.key and not allowed(turn, row):
        return Text(turn.say("not_yours"))
    if not broadcast.stop(turn.db, row, turn.now):
        key = "too_late" if row.state == State.SENT else "not_waiting"
        return Text(turn.say(key, at=row.sent_at or turn.now))
    outbox.cancel_subject(turn.db, broadcast_approval.approval_subject(row), turn.now)
    note(turn, row, "broadcast.stopped", 0)
    if row.author_id == turn.person.key:
        return card(turn.say("stopped"), [], [broadcast_card.look(turn, row)])
    return [Text(turn.say("stopped")), *_tell_author(turn, row, "stopped_by")]


@on.button(Approve)
def approve(turn: Turn, tap: Approve) -> Answer:
    """Let a second person's word start the last minute."""
    row = _awaiting(turn, tap.number, tap.token)
    if isinstance(row, Text):
        return row
    due_at = broadcast_approval.hour(turn, row)
    if not broadcast.approve(turn.db, row, turn.person, due_at):
        return Text(turn.say("decided"))
    note(turn, row, "broadcast.approved", 0)
    return [Text(turn.say("you_approved", at=due_at)), *_tell_author(turn, row, "approved_by")]


@on.button(Decline)
def decline(turn: Turn, tap: Decline) -> Answer:
    """Give it back to its author."""
    row = _awaiting(turn, tap.number, tap.token)
    if isinstance(row, Text):
        return row
    if not broadcast.stop(turn.db, row, turn.now, State.AWAITING):
        return Text(turn.say("decided"))
    note(turn, row, "broadcast.declined", 0)
    return [Text(turn.say("you_declined")), *_tell_author(turn, row, "declined_by")]


@on.clock("broadcast.send")
def go(turn: Turn, occurrence: Occurrence) -> Answer:
    """Send what is due, to whom it reaches now, if its author still may."""
    row = broadcast.by_id(turn.db, occurrence.subject)
    if row is None or row.revision != occurrence.revision or row.state != State.HELD:
        return None
    if turn.person.key != row.author_id:
        return broadcast_out.call_off(turn, row, occurrence.people)
    if refused := _refused(turn, row) or _unapproved(turn, row) or _too_late(turn, row):
        broadcast.stop(turn.db, row, turn.now)
        note(turn, row, "broadcast.refused", 0)
        return [refused, card(turn.say("not_sent"), [], [broadcast_card.look(turn, row)])]
    reached = audience.of(turn.db, row.audience, row.class_id, turn.now)
    if not broadcast.start(turn.db, row, turn.now, reached.heads, reached.out_of_reach):
        return None
    note(turn, row, "broadcast.sent", reached.heads)
    return letters(turn, row, reached)


def _refused(turn: Turn, row: Broadcast) -> Text | None:
    """Say why this person may not send it, or it cannot be sent, as things are now."""
    if not allowed(turn, row):
        return Text(turn.say("not_your_class"))
    if not broadcast_letter.is_whole(turn, row):
        return Text(turn.say("taken_back"))
    reached = audience.of(turn.db, row.audience, row.class_id, turn.now)
    if not reached.heads:
        key = "no_group" if row.audience == audience.GROUP else "nobody"
        return Text(turn.say(key, to=broadcast_card.to_whom(turn, row)))
    verdict = quota.judge(turn.db, turn.now, reached.heads)
    return Text(quota_words.refusal(turn, verdict)) if isinstance(verdict, Refused) else None


def _unapproved(turn: Turn, row: Broadcast) -> Text | None:
    """Say when it needs a second word and has none: its author has left the office since."""
    needs = row.approved_by is None and broadcast_card.needs_approval(turn, row)
    return Text(turn.say("not_your_class")) if needs else None


def _too_late(turn: Turn, row: Broadcast) -> Text | None:
    due = row.due_at or turn.now
    late = turn.now - due > LATE
    return Text(turn.say("held_up", at=due)) if late else None


def _doubt(turn: Turn, row: Broadcast, sure: str) -> str:
    """Return what is odd about sending it and was not answered yet, or nothing."""
    if "again" not in sure and same_as(turn.db, row, turn.now - LATELY):
        return "again"
    is_day = hours.is_daytime(turn.local(_due(turn, row)))
    return "" if is_day or "night" in sure else "night"


def _due(turn: Turn, row: Broadcast) -> datetime:
    return row.send_at or turn.now + SECOND_THOUGHTS


def _hold(turn: Turn, row: Broadcast) -> Answer:
    if row.send_at and row.send_at <= turn.now:
        return card(turn.say("hour_passed"), [], [broadcast_card.look(turn, row)])
    waits = broadcast_card.needs_approval(turn, row)
    if waits and not broadcast_approval.approvers(turn):
        return Text(turn.say("nobody_to_approve"))
    state = State.AWAITING if waits else State.HELD
    broadcast.decide(turn.db, row, state, None if waits else _due(turn, row), turn.now)
    reached = audience.of(turn.db, row.audience, row.class_id, turn.now)
    note(turn, row, f"broadcast.{state}", reached.heads)
    keep_photo(turn, row, _due(turn, row))
    if waits:
        return [broadcast_card.held(turn, row, "awaiting"), *broadcast_approval.ask(turn, row)]
    return broadcast_card.held(turn, row, "scheduled" if row.send_at else "held")


def _already(turn: Turn, number: int) -> Flex | None:
    """Answer a second tap on 送信: it is taken already, and can still be stopped."""
    row = broadcast.by_id(turn.db, number)
    if row is None or row.author_id != turn.person.key or row.state != State.HELD:
        return None
    return broadcast_card.held(turn, row, "scheduled")


def _awaiting(turn: Turn, number: int, token: str) -> Broadcast | Text:
    """Return what this person was asked to approve, if it still waits and they are another."""
    row = broadcast.by_id(turn.db, number)
    waits = row is not None and row.state == State.AWAITING
    if row is None or not waits or row.author_id in (None, turn.person.key):
        return Text(turn.say("decided"))
    if not turn.confirmed(token, broadcast_approval.deed(row)):
        return Text(turn.say("not_asked"))
    return row


def _tell_author(turn: Turn, row: Broadcast, key: str) -> list[Tell]:
    if row.author_id is None:
        return []
    author, name = person.get(turn.db, row.author_id), turn.person.name or "?"

    def say(theirs: Turn) -> list[Flex]:
        tap = theirs.speaking_as(broadcast_card.WORDS).button("stop", Stop(row.key))
        lines = [tap if row.state == State.HELD else broadcast_card.look(theirs, row)]
        return [card(theirs.say(key, name=name, at=row.due_at or turn.now), [], lines)]

    return turn.tell_each([author], say, subject=row.subject + ":word")
