"""What a session's menu says in a class's paces, and its tip in one sentence."""

from __future__ import annotations

import re
from functools import cache

from bot.turn import Turn
from models import content_files
from models.content_files import Tip
from models.rules import pace

BRIEF = {"ja": 40, "en": 80}  # signs; a first sentence shorter than this takes the next along
_SENTENCES = re.compile(r"(?<=。)|(?<=[.!?])\s")


def with_paces(turn: Turn, menu: str, goal_seconds: int | None) -> str:
    """Return a menu with {E}, {M}, {T} and {I} in this class's paces per km."""
    words = turn.speaking_as("session_card")
    spoken = _paces(words, goal_seconds) if goal_seconds else {}
    return re.sub(r"\{([EMTI])\}", lambda m: spoken.get(m[1], words.say("chatting")), menu)


def _paces(words: Turn, goal_seconds: int) -> dict[str, str]:
    known = pace.training_paces(goal_seconds)
    fast, slow = (_clock(seconds) for seconds in known.easy)
    single = {"M": known.marathon, "T": known.threshold, "I": known.interval}
    said = {mark: words.say("pace", pace=_clock(seconds)) for mark, seconds in single.items()}
    return said | {"E": words.say("easy", fast=fast, slow=slow)}


def _clock(seconds: float) -> str:
    """Write a pace rounded down, so that it is safe for the goal."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def in_brief(tip_id: str, language: str) -> str:
    """Return a tip's first sentence or two; amounts to eat or drink are not for everybody."""
    tip = _tips().get(tip_id)
    if tip is None or tip.dose:
        return ""
    first, *more = _SENTENCES.split(tip.ja if language == "ja" else tip.en)
    space = "" if language == "ja" else " "
    return first if len(first) >= BRIEF[language] else space.join([first, *more[:1]])


@cache
def _tips() -> dict[str, Tip]:
    return {tip.id: tip for tip in content_files.load_tips()}
