"""What a sweat test says, and when one is offered."""

from __future__ import annotations

from collections.abc import Mapping

from bot import hydration_words, race_drinks
from bot.cards import Note, Part, Row, card
from bot.messages import Flex, Say, Text
from bot.turn import Turn
from models import health, session, sweat
from models.rules.hydration import CAP_MEASURED, HIGHEST_ML_PER_H

FEATURE = "sweat_words"
ENOUGH_TESTS = 3
MUCH_LOST = 2.0  # % of body mass
PLANNED = "sweat_test"  # in the name of a lesson's tip


def result(turn: Turn, of: Mapping[str, float]) -> Flex:
    """Return the card of a test that gave a rate."""
    lost = of[sweat.BEFORE] - of[sweat.AFTER]
    percent = 100 * lost / of[sweat.BEFORE]
    parts: list[Part] = [
        Row(_say(turn, "run_label"), conditions(turn, of)),
        Row(_say(turn, "rate_label"), rate(turn, of)),
        Row(_say(turn, "lost_label"), _say(turn, "lost", kg=lost, percent=f"{percent:.1f}")),
        Row(_say(turn, "cap_label"), _say(turn, "cap", ml=ceiling(of))),
        Note(_say(turn, "used", times=f"{sweat.factor_of(of):.1f}")),
        Note(hydration_words.thirst(turn), strong=True),
        *([Note(_say(turn, "much_lost"), strong=True)] if percent > MUCH_LOST else []),
        *race_drinks.after_parts(turn, of[sweat.BEFORE], of[sweat.AFTER]),
        *_more(turn),
    ]
    words = turn.library[FEATURE].lists["after_test"][turn.language]
    return card(_say(turn, "title"), parts, quick=[Say(word) for word in words])


def conditions(turn: Turn, of: Mapping[str, float]) -> str:
    """Return how a test was run: air, time, distance."""
    air, minutes = f"{of[sweat.CELSIUS]:.0f}", round(of[sweat.MINUTES])
    return _say(turn, "run", celsius=air, minutes=minutes, km=f"{of[sweat.KM]:.1f}")


def rate(turn: Turn, of: Mapping[str, float]) -> str:
    """Return a test's sweat rate in words."""
    return _say(turn, "rate", ml=round((sweat.rate(of).ml_per_h or 0) / 10) * 10)


def ceiling(of: Mapping[str, float]) -> int:
    """Return the most in mL/h that this test allows at its own pace and air."""
    measured = CAP_MEASURED * (sweat.rate(of).ml_per_h or 0)
    return int(min(measured, HIGHEST_ML_PER_H) // 10) * 10


def offered_before(turn: Turn, words: str, session_id: int) -> Text:
    """Return these words, with the offer of a sweat test at a session that plans one."""
    found = session.by_id(turn.db, session_id)
    lesson = session.lesson(turn.db, found) if found else None
    planned = lesson is not None and PLANNED in lesson.tip and _may(turn)
    return _with_offer(turn, words, "offer_before" if planned else "")


def offered_after(turn: Turn, words: str) -> Text:
    """Return these words, and that an open test goes on now that the run is over."""
    is_open = _may(turn) and sweat.open_test(turn.db, turn.person) is not None
    return _with_offer(turn, words, "offer_after" if is_open else "")


def _with_offer(turn: Turn, words: str, offer: str) -> Text:
    if not offer:
        return Text(words)
    taps = turn.library[FEATURE].lists[offer][turn.language]
    return Text(f"{words}\n{_say(turn, offer)}", tuple(Say(word) for word in taps))


def _may(turn: Turn) -> bool:
    return health.has_consent(turn.db, turn.person, health.HEALTH) and health.may_have_numbers(
        turn.db, turn.person
    )


def _more(turn: Turn) -> list[Part]:
    count = len(sweat.history(turn.db, turn.person))
    return [Note(_say(turn, "more", count=count))] if count < ENOUGH_TESTS else []


def _say(turn: Turn, key: str, **values: object) -> str:
    return turn.speaking_as(FEATURE).say(key, **values)
