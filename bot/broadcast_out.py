"""A broadcast on its way out: who may send it, the letters themselves, and the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot import broadcast_card, broadcast_letter
from bot.messages import Flex, Message, Text
from bot.turn import Tell, Turn
from models import audience, broadcast, mute, person, policy, record
from models.audience import Audience, Part
from models.broadcast import Broadcast
from models.outbox import Priority
from models.policy import Role

LIFE = timedelta(hours=12)  # how long its delivery is worth trying
STAFF = {Role.COACH, Role.OFFICE}


def allowed(turn: Turn, row: Broadcast) -> bool:
    """Say whether this person may send to this audience now, by the roles of this moment."""
    if row.class_id is not None:
        return policy.leads(turn.db, turn.person, row.class_id)
    held = policy.roles_of(turn.db, turn.person)
    if row.audience != audience.ALL or not held & STAFF:
        return False
    return row.approved_by is None or _second(turn, row)


def _second(turn: Turn, row: Broadcast) -> bool:
    """Say whether who approved is another and still of the staff."""
    found = person.by_ids(turn.db, [row.approved_by or 0])
    return any(one.key != row.author_id and policy.roles_of(turn.db, one) & STAFF for one in found)


def letters(turn: Turn, row: Broadcast, reached: Audience) -> list[Tell]:
    """Return the letters: one to each group, and one to each person meant by name."""
    return [tell for part in reached.parts for tell in _to_part(turn, row, part)]


def _to_part(turn: Turn, row: Broadcast, part: Part) -> list[Tell]:
    messages = broadcast_letter.letter(turn, row, part.class_)
    message_id = broadcast_letter.message_id(turn, row)
    letter = Tell(
        part.group,
        messages,
        Priority.BROADCAST,
        key=row.subject,
        subject=row.subject,
        until=turn.now + LIFE,
        message_id=message_id,
    )
    return (
        [letter]
        if part.group
        else [replace(letter, to=one, topic=mute.COACH) for one in part.people]
    )


def call_off(turn: Turn, row: Broadcast, people: Sequence[int]) -> list[Tell]:
    """Give what is held to those who stand in for an author we cannot speak to any more."""
    author = next(iter(person.by_ids(turn.db, [row.author_id or 0])), None)
    broadcast.call_off(turn.db, row)
    note(turn, row, "broadcast.called_off", 0)

    def say(theirs: Turn) -> list[Message]:
        known = author and author.name
        name = theirs.say("named", name=known) if known else theirs.say("someone")
        to = broadcast_card.to_whom(theirs, row)
        said = Text(theirs.say("author_away", name=name, at=row.due_at, to=to))
        if author is None or not broadcast_letter.is_whole(turn, row):
            return [said]
        shown = broadcast_letter.letter(replace(theirs, member=author), row, None)
        return [said, *(one for one in shown if not isinstance(one, Flex))]

    return turn.tell_each(person.by_ids(turn.db, people), say, subject=f"{row.subject}:away")


def note(turn: Turn, row: Broadcast, deed: str, people: int) -> None:
    """Write down who did what, about which words (their hash), to how many."""
    subject = f"{row.subject}:{row.fingerprint[:16]}"
    by = turn.person.key
    record.audit(
        turn.db,
        record.Audit(at=turn.now, person_id=by, deed=deed, subject=subject, people=people),
    )
