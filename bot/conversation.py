"""What is said in a chat: red flags first, then open questions, then words and phrases."""

from __future__ import annotations

from dataclasses import replace

from bot.buttons import NotOurs
from bot.commanding import Commanding
from bot.heard import Heard, Voice
from bot.messages import MAX_QUICK, Say, Text
from bot.photos import PhotoFault
from bot.questions import Expected
from bot.router import Router
from bot.texts import CORRIDOR
from bot.turn import Turn
from models import dialog
from models.outbox import Priority
from models.rules import redflags
from models.rules.reading import normalise, word_key

UNREAD = {f"message.{kind}" for kind in ("image", "video", "audio", "file", "location")}
SEPARATORS = " 、,。.:!?"  # after the bot's name: 「襷をつなごう」 is talk among runners


class Conversation:
    """Finds the handler for what was said or tapped, and lets it speak."""

    def __init__(self, router: Router) -> None:
        self.router = router
        self._voice = Voice(router)
        self._commanding = Commanding(router, self._voice)
        lists = router.texts[CORRIDOR].lists
        self._address = tuple(normalise(w) for words in lists["address"].values() for w in words)
        self._cancel = {word_key(w) for words in lists["cancel"].values() for w in words}

    def text(self, turn: Turn, *, mentioned: bool = False) -> Heard | None:
        """Answer a text; None when it is nobody's business (group talk)."""
        if flag := redflags.find(turn.text):
            return self._flagged(turn, flag)
        spoken = turn if turn.chat.is_direct else self._addressed(turn, mentioned)
        asked = dialog.open_question(turn.db, turn.chat.id, turn.line_id or "", turn.now)
        if asked and word_key((spoken or turn).text) in self._cancel:
            dialog.close(turn.db, turn.chat.id, turn.line_id or "")
            return self._voice.corridor(turn, "cancelled")
        if asked and (heard := self._reply(spoken or turn, asked)):
            return heard
        if not turn.chat.is_direct and (heard := self._overheard(spoken or turn)):
            return heard
        return self._command(spoken) if spoken else None

    def tap(self, turn: Turn, data: str) -> Heard:
        """Answer a tap; data made by hand is refused kindly."""
        try:
            route, tapped = self.router.by_button(data)
        except NotOurs:
            return self._voice.corridor(turn, "old_button")
        return self._voice.run(turn, route, tapped)

    def event(self, turn: Turn, kind: str) -> list[Heard]:
        """Let every feature that cares hear of an event; a picture nobody reads is said so."""
        if turn.chat.is_direct and (brought := self._brought(turn, kind)):
            return [brought]
        heard = [
            Heard(self._voice.speaking(turn, r), r.handler(self._voice.speaking(turn, r)))
            for r in self.router.by_event(kind)
        ]
        unread = not heard and kind in UNREAD and turn.chat.is_direct
        return [self._voice.corridor(turn, "unread")] if unread else heard

    def _brought(self, turn: Turn, kind: str) -> Heard | None:
        """Take a photo or a place as the answer to a question that waits for one."""
        asked = dialog.open_question(turn.db, turn.chat.id, turn.line_id or "", turn.now)
        found = self.router.by_answer(asked.question) if asked else None
        if asked is None or found is None or kind not in getattr(found[1], "brings", ()):
            return None
        route, expected = found
        turn = replace(self._voice.speaking(turn, route), memo=dict(asked.memo or {}))
        value = expected.read(turn)
        if value is None:
            fault = turn.photo if isinstance(turn.photo, PhotoFault) else PhotoFault.UNREADABLE
            return self._voice.corridor(turn, f"photo_{fault}")
        dialog.close(turn.db, turn.chat.id, turn.line_id or "")
        return self._voice.run(turn, route, value)

    def _overheard(self, turn: Turn) -> Heard | None:
        """Let features listen for what counts in a group also when nobody is addressed."""
        return next((h for h in self.event(turn, "group.text") if h.answer is not None), None)

    def apology(self, turn: Turn) -> Heard:
        """Say kindly that something went wrong on our side."""
        return self._voice.corridor(turn, "apology")

    def _flagged(self, turn: Turn, flag: redflags.Flag) -> Heard | None:
        heard = self.event(replace(turn, memo={"flag": flag}), "redflag")
        return replace(heard[0], priority=Priority.SAFETY) if heard else None

    def _addressed(self, turn: Turn, mentioned: bool) -> Turn | None:
        """Return the turn without the bot's name in front; None for talk that is not to us."""
        plain = normalise(turn.text)
        for name in self._address:
            rest = plain.removeprefix(name)
            if rest != plain and (rest[:1] in SEPARATORS or self.router.by_text(rest, turn.today)):
                return replace(turn, text=rest.lstrip(SEPARATORS))
        return turn if mentioned else None

    def _reply(self, turn: Turn, asked: dialog.Dialog) -> Heard | None:
        """Take the text as the answer to the open question, if it can be one."""
        found = self.router.by_answer(asked.question)
        if found is None:
            dialog.close(turn.db, turn.chat.id, turn.line_id or "")
            return None
        route, expected = found
        turn = replace(self._voice.speaking(turn, route), memo=dict(asked.memo or {}))
        value = expected.read(turn)
        moved_on = self.router.by_text(turn.text, turn.today)
        elsewhere = moved_on and getattr(expected, "optional", False)
        if elsewhere or (expected.open_ended and self.router.is_word(turn.text)):
            dialog.close(turn.db, turn.chat.id, turn.line_id or "")
            return None
        if value is not None:
            dialog.close(turn.db, turn.chat.id, turn.line_id or "")
            return self._voice.run(turn, route, value)
        keeps = getattr(expected, "keeps", None)  # a question of its own kind need not have it
        stays = keeps is not None and keeps(turn)
        return None if moved_on and not stays else self._again(turn, asked, expected)

    def _again(self, turn: Turn, asked: dialog.Dialog, expected: Expected) -> Heard:
        name = asked.question.split(".")[1]
        stop = Say(self._voice.say(turn, "cancel_label"))
        guesses = self._commanding.understanding.guesses(turn.text, turn.today)
        taps = (*expected.offers(turn), *self._commanding.taps(turn, guesses))
        return Heard(turn, Text(turn.say(f"{name}_again"), (*taps[: MAX_QUICK - 1], stop)))

    def _command(self, turn: Turn) -> Heard:
        if word_key(turn.text) in self._cancel:
            return self._voice.offer(turn, "nothing_open")
        known = self.router.by_text(turn.text, turn.today)
        if not known and (closed := self._answer_too_late(turn)):
            return closed
        called = self._addressed(turn, mentioned=False)
        heard = self._commanding.answer(turn) or (called and self._commanding.answer(called))
        return heard or self._voice.offer(turn, "not_understood")

    def _answer_too_late(self, turn: Turn) -> Heard | None:
        """Say so when the text answers a question that is no longer open."""
        asked = dialog.closed_question(turn.db, turn.chat.id, turn.line_id or "", turn.now)
        found = self.router.by_answer(asked.question) if asked else None
        if asked is None or found is None or found[1].open_ended:
            return None
        route, expected = found
        read = replace(self._voice.speaking(turn, route), memo=dict(asked.memo or {}))
        if expected.read(read) is None:
            return None
        words = self.router.features[route.feature].words
        again = tuple(
            Say(self.router.texts[route.feature].first_word(name, turn.language))
            for name in list(words)[:1]
        )
        return Heard(turn, Text(self._voice.say(turn, "too_late"), again))
