"""A broadcast's draft: whose it is, whether it still is one, and what goes into it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from bot import broadcast_letter
from bot.limits import utf16
from bot.media import Location
from bot.messages import Text
from bot.photos import Photo
from bot.turn import Turn
from models import broadcast, stored_file
from models.broadcast import PHOTO, PLACE, TEXT, Broadcast, BroadcastPiece, State
from models.stored_file import Content

WORDS = "broadcast"
PHOTO_LIFE = timedelta(days=30)


def mine(turn: Turn, number: int) -> Broadcast | Text:
    """Return this person's own draft, whole and still a draft, or say why there is none."""
    say = turn.speaking_as(WORDS).say
    row = broadcast.by_id(turn.db, number)
    if row is None or (
        row.state == State.DRAFT and row.touched_at <= turn.now - broadcast.DRAFT_LIFE
    ):
        return Text(say("gone"))
    if row.author_id != turn.person.key:
        return Text(say("not_yours"))
    if row.state == State.CANCELLED:
        return Text(say("gone"))
    if row.state != State.DRAFT:
        return Text(say("no_draft", at=row.sent_at or row.due_at or turn.now))
    whole = row.pieces == 0 or broadcast_letter.is_whole(turn, row)
    return row if whole else Text(say("taken_back"))


def keep(turn: Turn, row: Broadcast, brought: str | Photo | Location) -> str:
    """Keep a piece; return the text that says why it cannot be kept, or nothing."""
    kind: str
    content: Any
    match brought:
        case Photo() if not turn.public_url:
            return "no_address"
        case Photo():
            kind, content = (
                PHOTO,
                [_store(turn, one) for one in (brought.original, brought.preview)],
            )
        case Location():
            kind, content = PLACE, asdict(brought)
        case str() if utf16(brought) > broadcast_letter.room(turn):
            return "too_long"
        case _:
            kind, content = TEXT, brought
    piece = BroadcastPiece(broadcast_id=row.key, kind=kind, person_id=turn.person.key)
    piece.content, piece.message_id = content, turn.message_id
    broadcast.put(turn.db, row, piece, turn.now)
    return ""


def _store(turn: Turn, data: bytes) -> str:
    until = turn.now + PHOTO_LIFE
    kept, owner = Content(data, "image/jpeg"), turn.person.key
    return stored_file.keep(turn.db, kept, owner, turn.now, until, turn.message_id)


def keep_photo(turn: Turn, row: Broadcast, due_at: datetime) -> None:
    """Keep a photo as long after it goes out as if it went out now."""
    photo = broadcast.pieces(turn.db, row.key).get(PHOTO)
    for token in photo.content if photo else ():
        stored_file.extend(turn.db, token, due_at + PHOTO_LIFE)
