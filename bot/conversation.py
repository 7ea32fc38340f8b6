"""What is said in a chat: red flags first, then open questions, then words and phrases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.buttons import NotOurs
from bot.messages import Say, Text
from bot.photos import PhotoFault
from bot.questions import Expected
from bot.router import Route, Router
from bot.texts import CORRIDOR
from bot.turn import Answer, Turn
from models import dialog, policy
from models.outbox import Priority
from models.rules import redflags
from models.rules.reading import normalise, word_key

UNREAD = {f"message.{kind}" for kind in ("image", "video", "audio", "file", "location")}
# Whoever has a role hears whose deed it is; the office is not told to ask the office.
WHOSE = {policy.WHO["members"]: "members_only", policy.WHO["coaches"]: "coaches_only"}
SEPARATORS = " 、,。.:!?"  # after the bot's name: 「襷をつなごう」 is talk among runners


@dataclass(frozen=True)
class Heard:
    """What was answered, by which turn, and how urgently it is to be said."""

    turn: Turn
    answer: Answer
    priority: Priority = Priority.ANSWER


class Conversation:
    """Finds the handler for what was said or tapped, and lets it speak."""

    def __init__(self, router: Router) -> None:
        self.router = router
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
            return self._corridor(turn, "cancelled")
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
            return self._corridor(turn, "old_button")
        return self._run(turn, route, tapped)

    def event(self, turn: Turn, kind: str) -> list[Heard]:
        """Let every feature that cares hear of an event; a picture nobody reads is said so."""
        if turn.chat.is_direct and (brought := self._brought(turn, kind)):
            return [brought]
        heard = [
            Heard(self._as(turn, r), r.handler(self._as(turn, r)))
            for r in self.router.by_event(kind)
        ]
        unread = not heard and kind in UNREAD and turn.chat.is_direct
        return [self._corridor(turn, "unread")] if unread else heard

    def _brought(self, turn: Turn, kind: str) -> Heard | None:
        """Take a photo or a place as the answer to a question that waits for one."""
        asked = dialog.open_question(turn.db, turn.chat.id, turn.line_id or "", turn.now)
        found = self.router.by_answer(asked.question) if asked else None
        if asked is None or found is None or kind not in getattr(found[1], "brings", ()):
            return None
        route, expected = found
        turn = replace(self._as(turn, route), memo=dict(asked.memo or {}))
        value = expected.read(turn)
        if value is None:
            fault = turn.photo if isinstance(turn.photo, PhotoFault) else PhotoFault.UNREADABLE
            return self._corridor(turn, f"photo_{fault}")
        dialog.close(turn.db, turn.chat.id, turn.line_id or "")
        return self._run(turn, route, value)

    def _overheard(self, turn: Turn) -> Heard | None:
        """Let features listen for what counts in a group also when nobody is addressed."""
        return next((h for h in self.event(turn, "group.text") if h.answer is not None), None)

    def apology(self, turn: Turn) -> Heard:
        """Say kindly that something went wrong on our side."""
        return self._corridor(turn, "apology")

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
        turn = replace(self._as(turn, route), memo=dict(asked.memo or {}))
        value = expected.read(turn)
        moved_on = self.router.by_text(turn.text, turn.today)
        elsewhere = moved_on and getattr(expected, "optional", False)
        if elsewhere or (expected.open_ended and self.router.is_word(turn.text)):
            dialog.close(turn.db, turn.chat.id, turn.line_id or "")
            return None
        if value is not None:
            dialog.close(turn.db, turn.chat.id, turn.line_id or "")
            return self._run(turn, route, value)
        keeps = getattr(expected, "keeps", None)  # a question of its own kind need not have it
        stays = keeps is not None and keeps(turn)
        return None if moved_on and not stays else self._again(turn, asked, expected)

    def _again(self, turn: Turn, asked: dialog.Dialog, expected: Expected) -> Heard:
        name = asked.question.split(".")[1]
        stop = Say(self._say(turn, "cancel_label"))
        return Heard(turn, Text(turn.say(f"{name}_again"), (*expected.offers(turn), stop)))

    def _command(self, turn: Turn) -> Heard | None:
        routes = self.router.by_text(turn.text, turn.today)
        if not routes and (called := self._addressed(turn, mentioned=False)):
            routes = self.router.by_text(called.text, turn.today)
        if len(routes) == 1:
            return self._run(turn, routes[0])
        if routes:
            labels = tuple(Say(self.router.label(r, turn.language)) for r in routes[:4])
            return Heard(turn, Text(self._say(turn, "which"), labels))
        nothing_open = word_key(turn.text) in self._cancel
        return self._offer(turn, "nothing_open" if nothing_open else "not_understood")

    def _offer(self, turn: Turn, key: str) -> Heard:
        """Say this, and offer the words that work for whoever wrote."""
        held = policy.roles_of(turn.db, turn.member) - {policy.Role.GUEST}
        if policy.Role.MEMBER in held:
            offers = "offers"
        else:
            offers = "offers_staff" if held else "offers_guest"
        words = tuple(Say(word) for word in self._list(turn, offers))
        return Heard(turn, Text(self._say(turn, key), words))

    def _run(self, turn: Turn, route: Route, *values: Any) -> Heard:
        held = policy.roles_of(turn.db, turn.member)
        verdict = policy.verdict(route.command, held, direct=turn.chat.is_direct)
        if verdict is not policy.Verdict.ALLOWED:
            return self._refused(turn, route, verdict, held)
        turn = self._as(turn, route)
        return Heard(turn, route.handler(turn, *values, **route.values))

    def _refused(
        self, turn: Turn, route: Route, verdict: policy.Verdict, held: frozenset[policy.Role]
    ) -> Heard:
        if verdict is policy.Verdict.NOT_HERE:
            return self._corridor(turn, "in_private", bot=turn.bot_id)
        if held == {policy.Role.GUEST}:
            return self._corridor(turn, "enrol_first", bot=turn.bot_id)
        return self._corridor(turn, WHOSE.get(policy.allowed(route.command), "not_yours"))

    def _as(self, turn: Turn, route: Route) -> Turn:
        return replace(turn, texts=self.router.texts[route.feature])

    def _corridor(self, turn: Turn, key: str, **values: Any) -> Heard:
        return Heard(turn, Text(self._say(turn, key, **values)))

    def _say(self, turn: Turn, key: str, **values: Any) -> str:
        return self.router.texts[CORRIDOR].phrase(key, turn.language, **values)

    def _list(self, turn: Turn, key: str) -> list[str]:
        return self.router.texts[CORRIDOR].lists[key][turn.language]
