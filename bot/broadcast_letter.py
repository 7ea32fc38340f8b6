"""A broadcast as it is delivered: whose word it is, the text, the photo, the place, the button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot import buttons
from bot.cards import card
from bot.limits import utf16
from bot.media import Location, Picture
from bot.messages import MAX_TEXT, Message, Postback, Text
from bot.turn import Turn
from models import broadcast, school
from models.broadcast import PHOTO, PLACE, TEXT, Broadcast, BroadcastPiece
from models.crypto import keyed_hash
from models.school import SchoolClass

WORDS = "broadcast_letter"


@dataclass(frozen=True)
class Read:
    """Somebody has read a broadcast."""

    number: int


def letter(turn: Turn, row: Broadcast, class_: SchoolClass | None) -> list[Message]:
    """Return the messages, in the language of the class; `class_` is None before one is chosen."""
    language = class_.language if class_ else turn.language
    said = replace(turn, language=language).speaking_as(WORDS)
    pieces = broadcast.pieces(turn.db, row.key)
    messages: list[Message] = [Text(_text(said, pieces))]
    if PHOTO in pieces:
        original, preview = (turn.file_url(token) for token in pieces[PHOTO].content)
        messages.append(Picture(original, preview))
    if PLACE in pieces:
        messages.append(Location(**pieces[PLACE].content))
    if row.asks:
        tap = Postback(said.say("read"), buttons.pack(Read(row.key)), quiet=True)
        messages.append(card(said.say("please_read"), [], [tap]))
    return messages


def room(turn: Turn) -> int:
    """Return how many UTF-16 units a text may have beside the line that says whose word it is."""
    heads = (_head(replace(turn, language=one).speaking_as(WORDS)) for one in ("ja", "en"))
    return MAX_TEXT - max(utf16(head) for head in heads) - 2


def is_whole(turn: Turn, row: Broadcast) -> bool:
    """Say whether everything is still there that was shown: nothing of it was taken back."""
    return 0 < row.pieces == len(broadcast.pieces(turn.db, row.key))


def fingerprint(turn: Turn, row: Broadcast) -> str:
    """Return what tells the same words from others, and says nothing of them."""
    pieces = broadcast.pieces(turn.db, row.key)
    said = [str(pieces[kind].content) for kind in (TEXT, PLACE) if kind in pieces]
    if not said:  # two photos alone are the same only if they are one
        said = [str(pieces[PHOTO].content)] if PHOTO in pieces else []
    return keyed_hash("broadcast|" + "|".join(said))


def message_id(turn: Turn, row: Broadcast) -> str | None:
    """Return the message whose taking back stops what has not gone out yet."""
    pieces = broadcast.pieces(turn.db, row.key)
    found = (pieces[kind].message_id for kind in (TEXT, PHOTO, PLACE) if kind in pieces)
    return next(found, None)


def _text(said: Turn, pieces: Mapping[str, BroadcastPiece]) -> str:
    head = _head(said)
    return f"{head}\n\n{pieces[TEXT].content}" if TEXT in pieces else head


def _head(said: Turn) -> str:
    """Return the line that says whose word it is."""
    name = said.person.name or said.say("nameless")
    is_coach = bool(school.coached_by(said.db, said.person))
    return said.say("from_coach" if is_coach else "from", name=name)
