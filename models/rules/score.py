"""Reading a score typed in one go: 「佐藤 85 腕振りが良くなりました」."""

from __future__ import annotations

import re
import unicodedata

from models.rules.reading import normalise

_TYPED = re.compile(
    r"\s*(\D+?)(?:さん|くん|ちゃん)?\s*(\d{1,3})\s*(?:点|points?)?[\s、,:]+(.+)", re.S
)


def read(text: str) -> tuple[str, int, str] | None:
    """Return name, mark (0-100) and words, as typed; None where one of them is missing."""
    match = _TYPED.fullmatch(unicodedata.normalize("NFKC", text))
    if match is None or int(match[2]) > 100:
        return None
    return match[1].strip(), int(match[2]), match[3].strip()


def is_called(full_name: str, said: str) -> bool:
    """Return whether a name as typed is a person's: the whole, or the family or given name."""
    plain, parts = normalise(said), normalise(full_name)
    return plain != "" and plain.replace(" ", "") in {parts.replace(" ", ""), *parts.split(" ")}
