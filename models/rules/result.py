"""Reading a race result: how far (ハーフ, 10km, フル) and in what time (49:30, 1時間46分)."""

from __future__ import annotations

import re

from models.rules.pace import HALF_KM, MARATHON_KM, PACE_LIMITS_S
from models.rules.reading import normalise, number

FARTHEST_KM = 100.0  # an ultra is no result that this school compares
NEAREST_KM = 1.0
NAMED = {
    "はーふまらそん": HALF_KM,
    "はーふ": HALF_KM,
    "half marathon": HALF_KM,
    "half": HALF_KM,
    "ふるまらそん": MARATHON_KM,
    "ふる": MARATHON_KM,
    "full marathon": MARATHON_KM,
    "marathon": MARATHON_KM,
    "full": MARATHON_KM,
}
DISTANCE = "|".join([*NAMED, r"[0-9]+(?:[.,][0-9]+)?\s*(?:km|k|きろめーとる|きろ)"])
TIME = (
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|(?:[0-9]{1,2}\s*(?:時間|h)\s*)?[0-9]{1,3}\s*(?:分|m)(?:\s*[0-9]{1,2}\s*(?:秒|s)?)?"
    r"|[0-9]{1,2}\s*(?:時間|h)(?:半)?"
)
_COLONS = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")
_WORDS = re.compile(
    r"(?:([0-9]{1,2})\s*(?:時間|h)\s*)?(半)?(?:([0-9]{1,3})\s*(?:分|m)\s*)?(?:([0-9]{1,2})\s*(?:秒|s)?)?"
)


def distance_km(text: str) -> float | None:
    """Return how far a text says, in km (1-100), or None."""
    plain = normalise(text)
    if plain in NAMED:
        return NAMED[plain]
    if not re.fullmatch(DISTANCE, plain):
        return None
    value = number(plain)
    km = float(value) if value is not None else 0.0
    return km if NEAREST_KM <= km <= FARTHEST_KM else None


def seconds(text: str, km: float) -> int | None:
    """Return the time a text says for a distance in seconds, or None.

    「1:46」 is read as hours and minutes or as minutes and seconds, whichever a runner can run:
    2:30-15:00 per km. ValueError for a distance that is not positive.
    """
    if km <= 0:
        raise ValueError("a distance above 0 km")
    low, high = PACE_LIMITS_S
    return next((s for s in _readings(normalise(text)) if low <= s / km <= high), None)


def clock(total: int) -> str:
    """Write a time as m:ss, from an hour on as h:mm:ss."""
    minutes, rest = divmod(total, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def roughly(total: int) -> str:
    """Write a predicted marathon as h:mm, up to the full minute: seconds would be a pretence."""
    minutes = -(-total // 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def _readings(plain: str) -> list[int]:
    if match := _COLONS.fullmatch(plain):
        first, second, third = (int(part or 0) for part in match.groups())
        if second > 59 or third > 59:
            return []
        hours = first * 3600 + second * 60 + third
        return [hours] if match[3] else [hours, first * 60 + second]
    match = _WORDS.fullmatch(plain)
    if match is None or not plain:
        return []
    hours, minutes, rest = (int(match[group] or 0) for group in (1, 3, 4))
    return [hours * 3600 + (1800 if match[2] else 0) + minutes * 60 + rest]
