"""From the values a handler returned to frozen outbox rows and open questions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from bot import labels
from bot.messages import Message, payload
from bot.turn import Answer, Ask, Said, Tell, Turn
from models import dialog, mute, outbox
from models.crypto import keyed_hash
from models.outbox import Priority
from models.person import Person

NAMESPACE = uuid5(NAMESPACE_URL, "tasuki:outbox")
ANSWER_LIFE = timedelta(minutes=10)  # an outage must not turn into a flood of stale answers
SAFETY_LIFE = timedelta(hours=12)
TELL_LIFE = timedelta(hours=12)


def retry_key(occurrence: str, recipient: str, chunk: str = "0") -> UUID:
    """Return the id of a row, the same in every process and on every attempt."""
    return uuid5(NAMESPACE, f"{occurrence}|{recipient}|{chunk}")


def as_list(answer: Answer) -> list[Said]:
    """Return what was said as a list, however the handler returned it."""
    if answer is None:
        return []
    return [answer] if isinstance(answer, Message | Tell | Ask) else list(answer)


def speak(
    turn: Turn,
    answer: Answer,
    occurrence: str,
    *,
    reply_token: str | None = None,
    priority: Priority = Priority.ANSWER,
    heard_at: datetime | None = None,
    in_doubt: bool = False,
) -> int:
    """Write what a handler said: its answer as one row, word to others a row each.

    An answer ages from `heard_at`: what waited for a worker is as stale as what waits for LINE.
    One `in_doubt` may have been said before: then a reply that LINE refuses is not pushed.
    """
    said = as_list(answer)
    open_questions(turn, said)
    tells = _heard(turn, [value for value in said if isinstance(value, Tell)])
    rows = [_tell(turn, tell, occurrence, chunk) for tell, chunk in _numbered(tells)]
    if spoken := words_of(said):
        row = _answer(turn, spoken, occurrence, priority, heard_at or turn.now)
        doubt = in_doubt and reply_token is not None
        rows.append(row | {"reply_token": reply_token, "in_doubt": doubt})
    return outbox.write(turn.db, rows)


def open_questions(turn: Turn, said: Iterable[Said]) -> None:
    """Open the questions that were asked, and keep what the buttons in sight stand for."""
    whose = (turn.db, turn.chat.id, turn.line_id or "")
    for asked in (value for value in said if isinstance(value, Ask)):
        dialog.ask(*whose, asked.question, asked.memo, turn.now)
    if turn.event and turn.chat.is_direct and (shown := labels.of(words_of(said))):
        dialog.show(*whose, shown, turn.now)


def words_of(said: Iterable[Said]) -> list[Message]:
    """Return the messages said here: questions too, word to others not."""
    spoken: list[Message] = []
    for value in said:
        match value:
            case Ask():
                spoken.extend(value.messages)
            case Tell():
                pass
            case _:
                spoken.append(value)
    return spoken


def _answer(
    turn: Turn,
    messages: Sequence[Message],
    occurrence: str,
    priority: Priority,
    heard_at: datetime,
) -> dict[str, Any]:
    until = turn.now + SAFETY_LIFE if priority == Priority.SAFETY else heard_at + ANSWER_LIFE
    return _row(turn, turn.chat.id, messages, occurrence, priority, until, "answer")


def _heard(turn: Turn, tells: Iterable[Tell]) -> list[Tell]:
    """Return the words that are not to someone who blocked us or muted their topic."""
    reaching = [t for t in tells if not isinstance(t.to, Person) or t.to.reachable]
    muted = mute.those_without(turn.db, {t.topic for t in reaching if t.topic})
    return [tell for tell in reaching if (_recipient(tell), tell.topic) not in muted]


def _recipient(tell: Tell) -> str:
    return tell.to.line_id if isinstance(tell.to, Person) else tell.to


def _numbered(tells: Iterable[Tell]) -> Iterator[tuple[Tell, str]]:
    """Tell words of one turn to the same person apart; those with a key of their own are one."""
    seen: Counter[str] = Counter()
    for tell in tells:
        if tell.key is None:
            seen[_recipient(tell)] += 1
        number = seen[_recipient(tell)] if tell.key is None else 1
        yield tell, "tell" if number == 1 else f"tell{number}"


def _tell(turn: Turn, tell: Tell, occurrence: str, chunk: str) -> dict[str, Any]:
    """Return the row of a word to someone else."""
    until = tell.until or turn.now + TELL_LIFE
    key = tell.key or occurrence
    row = _row(turn, _recipient(tell), tell.messages, key, tell.priority, until, chunk)
    alike = keyed_hash(json.dumps(row["messages"], sort_keys=True))
    known = {"subject": tell.subject, "message_id": tell.message_id or turn.message_id}
    rests_from, rests_until = tell.night or (None, None)
    rests = {"rests_from": rests_from, "rests_until": rests_until}
    return row | known | rests | {"likeness": alike}


def _row(
    turn: Turn,
    recipient: str,
    messages: Sequence[Message],
    occurrence: str,
    priority: Priority,
    until: datetime,
    chunk: str,
) -> dict[str, Any]:
    return {
        "id": retry_key(occurrence, recipient, chunk),
        "occurrence": occurrence,
        "recipient": recipient,
        "priority": int(priority),
        "messages": payload(messages),
        "message_id": turn.message_id,
        "created_at": turn.now,
        "not_before": turn.now,
        "expires_at": until,
    }
