"""Several wishes in one text: 「明日休みます、あと膝が痛い」."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.messages import MAX_QUICK, Button, Flex, Message, Say, Text, graphemes
from bot.speech import as_list, words_of
from bot.turn import Answer, Ask, Said, Tell

MOST = 3
LONGEST = 300
LABEL = 20
_ENGLISH = r"\b(?:and also|and|also|plus|then|but|by the way|btw)\b"
_PARTS = re.compile(
    rf"(?<=[?？])|[。!！;；\n]+|、|，|,(?![0-9])|\.(?![0-9])|(?:それと|それから|あとは?|ついでに|ちなみに){'(?=.)'}|{_ENGLISH}",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"(?:って|と)(?:言|い|思|おも|か)|なんて|なーんて|嘘|うそ|冗談|just kidding|not"
)
_SPACES = re.compile(r"\s+")
_LINKS = re.compile(r"^(?:それと|それから|あとは?|ついでに|ちなみに|また|で)[、 ]*")


def parts(text: str, *, at_spaces: bool = True) -> list[str]:
    """Return the wishes a text may hold, in order; one or none where it is a single one."""
    if len(text) > LONGEST:
        return []
    found = [_LINKS.sub("", p.strip()) for p in _PARTS.split(text) if p and p.strip()]
    if any(_QUOTED.match(part) for part in found[1:]):
        return []
    if len(found) < 2 and at_spaces and not text.isascii():
        found = [p for p in _SPACES.split(text) if p]
    if len(found) < 2 and at_spaces and text.count("と") == 1:
        found = [p for p in text.split("と") if len(p) > 1]
    return found if 2 <= len(found) <= MOST + 1 else []


def asks(answer: Answer) -> bool:
    """Whether an answer ends in a question, so that the next wish has to wait."""
    return any(isinstance(said, Ask) for said in as_list(answer))


def together(one: Answer, other: Answer) -> list[Said]:
    """Return two answers as one."""
    return [*as_list(one), *as_list(other)]


def with_more(answer: Answer, hint: str, waiting: list[str]) -> list[Said]:
    """Return an answer that offers the wishes still waiting, in words and as buttons."""
    said = as_list(answer)
    taps = tuple(Say(_label(wish), wish) for wish in waiting)
    spoken = [n for n, value in enumerate(said) if words_of([value])]
    if not spoken:
        return [*said, Text(hint, taps)]
    last = spoken[-1]
    said[last] = _with_taps(said[last], taps)
    return [*said[: spoken[0]], Text(hint), *said[spoken[0] :]]


def _with_taps(said: Said, taps: tuple[Button, ...]) -> Said:
    if isinstance(said, Ask):
        *before, last = said.messages
        return replace(said, messages=[*before, _tapped(last, taps)])
    return said if isinstance(said, Tell) else _tapped(said, taps)


def _tapped(message: Message, taps: tuple[Button, ...]) -> Message:
    if isinstance(message, Text | Flex):
        return replace(message, quick=(*taps, *message.quick)[:MAX_QUICK])
    return message


def _label(wish: str) -> str:
    return wish if graphemes(wish) <= LABEL else wish[: LABEL - 1] + "…"
