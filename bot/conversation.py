"""What is said in a chat: red flags first, then open questions, then words and phrases."""

from __future__ import annotations

from dataclasses import replace

from bot.commanding import Commanding
from bot.heard import Heard, Voice
from bot.labels import TAPPED
from bot.open_question import OpenQuestion
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
        self._asked = OpenQuestion(router, self._voice, self._commanding)
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
        if deed := self._labelled(turn):
            if deed[0] == TAPPED:
                return self.tap(turn, deed[1])
            spoken = turn = replace(turn, text=deed[1])
        if asked and (heard := self._asked.reply(spoken or turn, asked)):
            return heard
        if not turn.chat.is_direct and (heard := self._overheard(spoken or turn)):
            return heard
        return self._command(spoken) if spoken else None

    def _labelled(self, turn: Turn) -> list[str] | None:
        """Return what the button does whose label was typed, in 1:1, while it is in sight."""
        if not turn.chat.is_direct:
            return None
        shown = dialog.in_sight(turn.db, turn.chat.id, turn.line_id or "", turn.now)
        deed = shown.get(word_key(turn.text))
        return None if deed and self._is_wish_again(turn.text, deed) else deed

    def _is_wish_again(self, text: str, deed: list[str]) -> bool:
        """Whether a waking word was said beside a button that confirms: twice is no yes."""
        found = self.router.find_button(deed[1]) if deed[0] == TAPPED else None
        return found is not None and hasattr(found[1], "token") and self.router.is_word(text)

    def tap(self, turn: Turn, data: str) -> Heard:
        """Answer a tap; data made by hand is refused kindly."""
        found = self.router.find_button(data)
        return self._voice.run(turn, *found) if found else self._voice.corridor(turn, "old_button")

    def event(self, turn: Turn, kind: str) -> list[Heard]:
        """Let every feature that cares hear of an event; a picture nobody reads is said so."""
        asked = dialog.open_question(turn.db, turn.chat.id, turn.line_id or "", turn.now)
        if turn.chat.is_direct and asked and (brought := self._asked.brought(turn, asked, kind)):
            return [brought]
        heard = [
            Heard(self._voice.speaking(turn, r), r.handler(self._voice.speaking(turn, r)))
            for r in self.router.by_event(kind)
        ]
        if heard or kind not in UNREAD or not turn.chat.is_direct:
            return heard
        return [(asked and self._asked.unread(turn, asked)) or self._voice.corridor(turn, "unread")]

    def _overheard(self, turn: Turn) -> Heard | None:
        """Let features listen for what counts in a group also when nobody is addressed."""
        return next((h for h in self.event(turn, "group.text") if h.answer is not None), None)

    def apology(self, turn: Turn) -> Heard:
        """Say kindly that something went wrong on our side."""
        return self._voice.corridor(turn, "apology")

    def too_fast(self, turn: Turn) -> Heard:
        """Say kindly that someone sends more than can be answered."""
        return self._voice.corridor(turn, "too_fast")

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

    def _command(self, turn: Turn) -> Heard:
        if word_key(turn.text) in self._cancel:
            return self._voice.offer(turn, "nothing_open")
        known = self.router.by_text(turn.text, turn.today)
        if not known and (closed := self._asked.too_late(turn)):
            return closed
        called = self._addressed(turn, mentioned=False)
        heard = self._commanding.answer(turn) or (called and self._commanding.answer(called))
        return heard or self._voice.offer(turn, "not_understood")
