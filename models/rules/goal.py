"""Goal times as runners write them: サブ4, 3:59:59, 3時間半, sub-3:30."""

from __future__ import annotations

import re

from models.rules.pace import GOAL_LIMITS_S
from models.rules.reading import normalise

FINISH = 0  # the goal of someone who runs to finish
_FINISH = {"完走", "かんそう", "完走する", "完走できれば", "finish", "to finish", "just finish"}
_SUB_HOURS = {"すりー": 3, "ふぉー": 4, "ふぁいぶ": 5, "しっくす": 6}
_LEAD = re.compile(r"^(?:目標(?:たいむ)?|goal|my goal)\s*(?:は|を|が|:|is)?\s*")
_TAIL = re.compile(
    r"\s*(?:(?:に|へ)?(?:変更し|変え|し)(?:たい|ます|て)|にする|(?:が)?目標|くらい|ぐらい|ごろ|頃|です|で|を|。|!)+$"
)
_UNDER = re.compile(r"^under\s+|\s*(?:を?切り(?:たい)?|を?切る|ぎり|きり)$")
_SUB = re.compile(rf"(?:さぶ|sub)[\s-]*(?:([2-7])(\.5|半|:[0-5][0-9])?|({'|'.join(_SUB_HOURS)}))")
_COLONS = re.compile(r"([0-9]):([0-5][0-9])(?::([0-5][0-9]))?")
_HOURS = re.compile(
    r"([0-9])\s*(?:時間|h|hours?|hrs?)\s*(半|(?:([0-5]?[0-9])\s*(?:分|m|mins?|minutes?)?)?"
    r"\s*(?:([0-5]?[0-9])\s*(?:秒|s|secs?|seconds?))?)"
)


def finish_time(text: str) -> int | None:
    """Return the goal a text names in seconds (FINISH: to finish), or None.

    A sub-4 is 3:59:59. Times outside two to eight hours are typing errors.
    """
    plain = _TAIL.sub("", _LEAD.sub("", normalise(text)))
    if plain in _FINISH:
        return FINISH
    bare = _UNDER.sub("", plain)
    seconds = _sub(plain) or _clock(bare)
    if seconds is None:
        return None
    seconds -= 1 if bare != plain and seconds % 60 == 0 else 0
    low, high = GOAL_LIMITS_S
    return seconds if low <= seconds <= high else None


def clock(seconds: int) -> str:
    """Write a goal as h:mm:ss."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def _sub(plain: str) -> int | None:
    match = _SUB.fullmatch(plain)
    if match is None:
        return None
    hours = int(match[1]) if match[1] else _SUB_HOURS[match[3]]
    part = match[2] or ""
    minutes = int(part[1:]) if part.startswith(":") else 30 if part else 0
    return hours * 3600 + minutes * 60 - 1


def _clock(plain: str) -> int | None:
    if match := _COLONS.fullmatch(plain):
        parts = match[1], match[2], match[3]
    elif match := _HOURS.fullmatch(plain):
        parts = match[1], "30" if match[2] == "半" else match[3], match[4]
    else:
        return None
    hours, minutes, seconds = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds
