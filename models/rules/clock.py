"""Hours as runners write them: 9:10, 9時10分, 9時半, "9.10 am"; and minutes after the gun."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time

from models.rules.reading import normalise, word_key

SLOT = r"[0-9]{1,2}\s*(?::\s*[0-9]{2}|時\s*(?:半|[0-9]{1,2}\s*分?)?)(?:\s*[ap]\.?m\.?)?"
_NOISE = re.compile(
    r"^(?:わたし|私|my|start|starts?|breakfast|すたーと|すたーと時刻|朝食|朝ごはん|朝ご飯)"
    r"(?:時刻|時間)?\s*(?:は|が|を|is|:)?\s*"
    r"|^(?:朝|午前|at|about|around)\s*|\s*(?:です|でした|に|から|すたーと|start|ごろ|頃|くらい|ぐらい"
    r"|食べます|予定|の予定)+$"
)
_CLOCK = re.compile(
    r"([0-9]{1,2})\s*(?:[:.]\s*([0-9]{2})|時\s*(?:(半)|([0-9]{1,2})\s*分?)?)?\s*(?:([ap])\.?m\.?)?"
)
_MINUTES = re.compile(
    r"(?:号砲(?:の|から)?)?\s*([0-9]{1,3})\s*(?:分|min|mins|minutes?)?\s*"
    r"(?:後|あと|遅れ|later|after(?: the gun)?)?"
)
_BLOCK = re.compile(
    r"(?:(?:ぶろっく|block|wave|うぇーぶ)\s*([a-z]|[0-9])|([a-z])(?:\s*(?:ぶろっく|block))?)"
)


def clock_time(text: str) -> time | None:
    """Return the hour of day a text names, or None; a bare number is no hour."""
    plain = _bare(text)
    found = _CLOCK.fullmatch(plain)
    if found is None or plain.isdigit():
        return None
    hour, minute = int(found[1]), 30 if found[3] else int(found[2] or found[4] or 0)
    if found[5] == "p" and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def minutes_after(text: str) -> int | None:
    """Return the whole minutes after the gun a text names (25, 25分後, "25 min later"), or None."""
    found = _MINUTES.fullmatch(_bare(text))
    return int(found[1]) if found else None


def block(text: str) -> str | None:
    """Return the letter or number of a start block, in capitals, or None."""
    found = _BLOCK.fullmatch(_bare(text))
    return (found[1] or found[2]).upper() if found else None


def same(text: str, words: Iterable[str]) -> bool:
    """Say whether a text is one of these words, whatever its width, case and kana."""
    return word_key(text) in {word_key(word) for word in words}


def _bare(text: str) -> str:
    plain, before = normalise(text).strip(" 。、.,!"), ""
    while plain != before:
        before, plain = plain, _NOISE.sub("", plain).strip()
    return plain
