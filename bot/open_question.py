"""What is said while a question is open: its answer, something else, or something that is neither.

After the second text that does not even try to answer, it is asked whether to go on or to stop,
and what else the text may have meant is offered; nothing that was said before is lost.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.commanding import Commanding
from bot.guesses import Guess
from bot.heard import Heard, Voice
from bot.messages import MAX_QUICK, Button, Say, Text
from bot.photos import PhotoFault
from bot.questions import Expected
from bot.router import Route, Router
from bot.texts import CORRIDOR
from bot.turn import Turn
from models import dialog
from models.rules.numerals import in_digits
from models.rules.reading import normalise, word_key

PATIENCE = 2  # texts that are no answer, before it is asked whether to go on


class OpenQuestion:
    """Takes what is said for the answer to the question that is open, if it can be one."""

    def __init__(self, router: Router, voice: Voice, commanding: Commanding) -> None:
        self._router, self._voice, self._commanding = router, voice, commanding
        self._going_on = {word_key(w) for w in router.texts[CORRIDOR].listed("go_on")}

    def reply(self, turn: Turn, asked: dialog.Dialog) -> Heard | None:
        """Take the text as the answer; None where it is something else."""
        found = self._router.by_answer(asked.question)
        if found is None:
            self._leave(turn)
            return None
        route, expected = found
        turn = self._reading(turn, asked, route)
        value = expected.read(turn)
        moved_on = self._router.by_text(turn.text, turn.today)
        elsewhere = moved_on and getattr(expected, "optional", False)
        if elsewhere or (expected.open_ended and self._router.is_word(turn.text)):
            self._leave(turn)
            return None
        if value is not None:
            return self._answered(turn, route, value)
        keeps = getattr(expected, "keeps", None)  # a question of its own kind need not have it
        stays = keeps is not None and keeps(turn)
        return None if moved_on and not stays else self._again(turn, asked, expected)

    def brought(self, turn: Turn, asked: dialog.Dialog, kind: str) -> Heard | None:
        """Take a photo or a place as the answer to a question that waits for one."""
        found = self._router.by_answer(asked.question)
        if found is None or kind not in getattr(found[1], "brings", ()):
            return None
        route, expected = found
        turn = self._reading(turn, asked, route)
        value = expected.read(turn)
        if value is None:
            fault = turn.photo if isinstance(turn.photo, PhotoFault) else PhotoFault.UNREADABLE
            return self._voice.corridor(turn, f"photo_{fault}")
        return self._answered(turn, route, value)

    def unread(self, turn: Turn, asked: dialog.Dialog) -> Heard | None:
        """Say of what cannot be read that words are waited for, and which."""
        found = self._router.by_answer(asked.question)
        if found is None or found[1].open_ended:
            return None
        route, expected = found
        turn = self._reading(turn, asked, route)
        words = f"{self._voice.say(turn, 'unread_answer')}\n{self._wanted(turn, asked)}"
        return Heard(turn, Text(words, self._ways(turn, expected.offers(turn))))

    def too_late(self, turn: Turn) -> Heard | None:
        """Say so when the text answers a question that is no longer open."""
        asked = dialog.closed_question(turn.db, turn.chat.id, turn.line_id or "", turn.now)
        found = self._router.by_answer(asked.question) if asked else None
        if asked is None or found is None or found[1].open_ended:
            return None
        route, expected = found
        if expected.read(self._reading(turn, asked, route)) is None:
            return None
        words = self._router.features[route.feature].words
        again = tuple(
            Say(self._router.texts[route.feature].first_word(name, turn.language))
            for name in list(words)[:1]
        )
        return Heard(turn, Text(self._voice.say(turn, "too_late"), again))

    def _reading(self, turn: Turn, asked: dialog.Dialog, route: Route) -> Turn:
        return replace(self._voice.speaking(turn, route), memo=dict(asked.memo or {}))

    def _answered(self, turn: Turn, route: Route, value: Any) -> Heard:
        self._leave(turn)
        return self._voice.run(turn, route, value)

    def _leave(self, turn: Turn) -> None:
        dialog.close(turn.db, turn.chat.id, turn.line_id or "")

    def _again(self, turn: Turn, asked: dialog.Dialog, expected: Expected) -> Heard:
        """Say once more what is waited for; ask whether to go on where that did not help."""
        wanted, offers = self._wanted(turn, asked), expected.offers(turn)
        if word_key(turn.text) in self._going_on:
            return Heard(turn, Text(wanted, self._ways(turn, offers)))
        meant = self._commanding.taps(turn, self._meant(turn))
        if _is_tried(turn.text) or dialog.missed(turn.db, asked) < PATIENCE:
            return Heard(turn, Text(wanted, self._ways(turn, (*offers, *meant))))
        go_on = Say(self._router.texts[CORRIDOR].lists["go_on"][turn.language][0])
        said = [
            self._voice.say(turn, key) for key in ("under_way", *(["or_else"] if meant else []))
        ]
        words = "\n".join(["".join(said), wanted])
        return Heard(turn, Text(words, self._ways(turn, (go_on, *meant, *offers))))

    def _meant(self, turn: Turn) -> list[Guess]:
        """Return what else the text may want."""
        understanding = self._commanding.understanding
        found = understanding.of(turn.text, turn.today, self._voice.permits(turn))
        clear = [Guess(route) for route in (*(w.route for w in found.wishes), *found.choices)]
        return [*clear, *found.guesses] or understanding.guesses(turn.text, turn.today)

    def _wanted(self, turn: Turn, asked: dialog.Dialog) -> str:
        return turn.say(f"{asked.question.split('.')[1]}_again")

    def _ways(self, turn: Turn, taps: tuple[Button, ...]) -> tuple[Button, ...]:
        return (*taps[: MAX_QUICK - 1], Say(self._voice.say(turn, "cancel_label")))


def _is_tried(text: str) -> bool:
    """Whether a text tries to answer, if not well: it has a number in it."""
    return any(char.isdigit() for char in in_digits(normalise(text)))
