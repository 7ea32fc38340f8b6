"""What was answered in a chat, and what the corridor itself says there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.messages import Say, Text
from bot.router import Route, Router
from bot.texts import CORRIDOR
from bot.turn import Answer, Turn
from models import policy
from models.outbox import Priority

# Whoever has a role hears whose deed it is; the office is not told to ask the office.
WHOSE = {policy.WHO["members"]: "members_only", policy.WHO["coaches"]: "coaches_only"}


@dataclass(frozen=True)
class Heard:
    """What was answered, by which turn, and how urgently it is to be said."""

    turn: Turn
    answer: Answer
    priority: Priority = Priority.ANSWER


@dataclass(frozen=True)
class Voice:
    """Lets handlers speak who may be asked to, and says what belongs to no feature."""

    router: Router

    def run(self, turn: Turn, route: Route, *values: Any) -> Heard:
        """Let a handler answer, if the person may give this command here."""
        held = policy.roles_of(turn.db, turn.member)
        verdict = policy.verdict(route.command, held, direct=turn.chat.is_direct)
        if verdict is not policy.Verdict.ALLOWED:
            return self._refused(turn, route, verdict, held)
        turn = self.speaking(turn, route)
        return Heard(turn, route.handler(turn, *values, **route.values))

    def may(self, turn: Turn, route: Route) -> bool:
        """Whether the person may give this command here."""
        held = policy.roles_of(turn.db, turn.member)
        verdict = policy.verdict(route.command, held, direct=turn.chat.is_direct)
        return verdict is policy.Verdict.ALLOWED

    def permits(self, turn: Turn) -> Callable[[str], bool]:
        """Return what tells whether the person may give a command at all."""
        held = policy.roles_of(turn.db, turn.member)
        return lambda command: bool(policy.allowed(command) & held)

    def speaking(self, turn: Turn, route: Route) -> Turn:
        """Return the turn with the words of the route's feature."""
        return replace(turn, texts=self.router.texts[route.feature])

    def corridor(self, turn: Turn, key: str, **values: Any) -> Heard:
        """Say something of the corridor's."""
        return Heard(turn, Text(self.say(turn, key, **values)))

    def offer(self, turn: Turn, key: str) -> Heard:
        """Say this, and offer the words that work for whoever wrote."""
        held = policy.roles_of(turn.db, turn.member) - {policy.Role.GUEST}
        if policy.Role.MEMBER in held:
            offers = "offers"
        else:
            offers = "offers_staff" if held else "offers_guest"
        words = self.router.texts[CORRIDOR].lists[offers][turn.language]
        return Heard(turn, Text(self.say(turn, key), tuple(Say(word) for word in words)))

    def way_out(self, turn: Turn, taps: Sequence[Say]) -> tuple[Say, ...]:
        """Return the button to a person of flesh and blood, for members, where it is not there."""
        held = policy.roles_of(turn.db, turn.member)
        ask = self.router.texts[CORRIDOR].lists["way_out"][turn.language][0]
        wanted = policy.Role.MEMBER in held and all(tap.label != ask for tap in taps)
        return (Say(ask),) if wanted else ()

    def say(self, turn: Turn, key: str, **values: Any) -> str:
        """Return a text of the corridor's in the language of the turn."""
        return self.router.texts[CORRIDOR].phrase(key, turn.language, **values)

    def _refused(
        self, turn: Turn, route: Route, verdict: policy.Verdict, held: frozenset[policy.Role]
    ) -> Heard:
        if verdict is policy.Verdict.NOT_HERE:
            return self.corridor(turn, "in_private", bot=turn.bot_id)
        if held == {policy.Role.GUEST}:
            return self.corridor(turn, "enrol_first", bot=turn.bot_id)
        return self.corridor(turn, WHOSE.get(policy.allowed(route.command), "not_yours"))
