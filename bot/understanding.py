"""What a text wants: one thing, several at once, or something it only nearly says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot import reasons, wishes
from bot.alike import Alike
from bot.cues import Cues, Spotted
from bot.guesses import Guess, Guesses, in_turn
from bot.router import Route, Router
from bot.texts import CORRIDOR
from bot.wordbook import ANY_TEXT
from models.policy import LETTERS, MILD, SHOWING, TELLING
from models.rules.reading import normalise, word_key

_QUESTIONS = ("?", "か", "かな", "かね", "かしら")
MOST_OF_IT = 0.5
LEAST_PART = 0.4  # of a text: a shorter part of it is not what it is about
MARGIN = 1  # how much heavier the signs of one route are than another's to decide
CUES = "cues"
May = Callable[[str], bool]


def anybody(_command: str) -> bool:
    """Let every command be meant."""
    return True


@dataclass(frozen=True)
class Wish:
    """A part of a text, and where it leads."""

    said: str
    route: Route


@dataclass(frozen=True)
class Understood:
    """Wishes that are clear, in order; or routes to choose from; or mere guesses."""

    wishes: Sequence[Wish] = ()
    choices: Sequence[Route] = ()
    guesses: Sequence[Guess] = field(default_factory=list)


class Understanding:
    """Reads what was said; what is only guessed is offered, never done."""

    def __init__(self, router: Router) -> None:
        self._router = router
        self._guesses, self._alike = Guesses(router.words), Alike(router.words)
        self._cues = Cues(router.features, router.texts[CUES], router.words.book.slots)
        corridor = router.texts[CORRIDOR]
        self._others = re.compile("|".join(map(_standing, corridor.listed("others"))))
        self._stopping = tuple(normalise(word) for word in corridor.listed("stopping"))
        self._requests = tuple(normalise(word) for word in corridor.listed("requests"))

    def of(self, text: str, today: date, may: May = anybody) -> Understood:
        """Return what a text wants of someone who may give only some commands."""
        routes = self._router.by_text(text, today)
        several = self._several(text, routes, today, may)
        if len(several) > 1:
            return Understood(several)
        if len(routes) == 1 and not self._is_doubtful(text, routes[0]):
            return Understood([Wish(text, routes[0])])
        if routes:
            return Understood(choices=routes)
        spotted = [one for one in self._cues.find(text, today) if may(one.route.command)]
        if self._is_clear(text, spotted):
            return Understood([Wish(text, spotted[0].route)])
        if several and len(several[0].said) > len(text) * LEAST_PART:
            return Understood(several)
        return self._guessed(text, today, may, spotted)

    def guesses(self, text: str, today: date) -> list[Guess]:
        """Return what a text nearly says."""
        return self._guesses.of(text, today)

    def _guessed(self, text: str, today: date, may: May, spotted: Sequence[Spotted]) -> Understood:
        guesses = [g for g in self._guesses.of(text, today) if may(g.route.command)]
        plain = normalise(text)
        asked = self._is_request(plain) or any(g.share > MOST_OF_IT for g in guesses[:1])
        stopped = any(word in plain for word in self._stopping)
        if asked and not stopped and not spotted and guesses and self._is_plain(guesses):
            return Understood([Wish(text, guesses[0].route)])
        signs = [Guess(one.route) for one in spotted]
        clear, alike = self._alike.of(text)
        if clear and not stopped and not signs and may(clear.command):
            return Understood([Wish(text, clear)])
        alike = [guess for guess in alike if may(guess.route.command)]
        return Understood(guesses=in_turn([*signs, *guesses], alike))

    def _is_clear(self, text: str, spotted: Sequence[Spotted]) -> bool:
        """Whether one route's signs outweigh the others', and it may be woken by signs."""
        if not spotted or any(spotted[0].weight - one.weight < MARGIN for one in spotted[1:]):
            return False
        command = spotted[0].route.command
        return command in SHOWING or (command in MILD and not self._cues.is_doubted(text))

    @staticmethod
    def _is_plain(guesses: Sequence[Guess]) -> bool:
        """Whether the first guess is the likeliest by far, spelt right, and only shows."""
        first, *others = guesses
        by_far = all(first.weight > other.weight for other in others)
        return by_far and not first.says and first.route.command in SHOWING

    def _several(self, text: str, whole: list[Route], today: date, may: May) -> list[Wish]:
        """Return the wishes of a text that holds more than one, or one among other talk.

        A letter to somebody (相談 …) is one wish, whatever it speaks of.
        """
        if whole and not any(ANY_TEXT in route.values for route in whole):
            return []
        if any(route.command in LETTERS for route in whole):
            return []
        parts = [
            p
            for p in wishes.parts(text, at_spaces=not whole)
            if not self._router.words.book.is_polite(p)
        ]
        found = [wish for part in parts if (wish := self._clear_part(part, today, may))]
        distinct = list({w.route.command: w for w in reversed(found)}.values())[::-1]
        if not whole:
            told = distinct if len(distinct) > 1 else self._because(text, today, may)
            return _explained(told) if told else distinct
        same = bool(distinct) and distinct[0].route.command == whole[0].command
        if len(distinct) > 1 and (same or not self._is_letter(text, whole)):
            return _explained(distinct)
        return self._with_reason(text, whole, today)

    def _with_reason(self, text: str, whole: list[Route], today: date) -> list[Wish]:
        """Return the wish and what its reason tells: 「膝が痛いので明日休みます」 is both."""
        told = str(whole[0].values.get(ANY_TEXT, ""))
        if len(whole) > 1 or whole[0].command in SHOWING or not told:
            return []
        found = self._router.by_text(told, today)
        clear = len(found) == 1 and ANY_TEXT not in found[0].values
        if not clear or found[0].command in (SHOWING - TELLING) | {whole[0].command}:
            return []  # what was eaten is named, not asked about: 「朝ごはん食べた」
        return [Wish(text, whole[0]), Wish(told, found[0])]

    def _because(self, text: str, today: date, may: May) -> list[Wish]:
        """Return a deed and the report that is its reason: 「膝が痛いので今週は休みます」."""
        for parts in reasons.because(text):
            found = [wish for part in parts if (wish := self._clear_part(part, today, may))]
            if reasons.explains([one.route for one in found]) and not self._others.search(parts[1]):
                return found
        return []

    def _clear_part(self, part: str, today: date, may: May) -> Wish | None:
        routes = self._router.by_text(part, today)
        if len(routes) == 1 and ANY_TEXT not in routes[0].values:
            return None if self._is_doubtful(part, routes[0]) else Wish(part, routes[0])
        spotted = [one for one in self._cues.find(part, today) if may(one.route.command)]
        if not self._is_clear(part, spotted):
            return None
        route = spotted[0].route
        says_much = route.values or route.command in MILD or self._is_request(normalise(part))
        return Wish(part, route) if says_much else None

    def _is_doubtful(self, text: str, route: Route) -> bool:
        """Whether a deed is asked about or is another's: 「明日休み?」「友達が風邪で休みます」."""
        if route.command in SHOWING:
            return False
        plain = normalise(text).rstrip(" 。!")
        told = str(route.values.get(ANY_TEXT, ""))
        return plain.endswith(_QUESTIONS) or self._others.search(told) is not None

    def _is_request(self, plain: str) -> bool:
        return plain.rstrip(" 。!").endswith("?") or any(word in plain for word in self._requests)

    def _is_letter(self, text: str, routes: list[Route]) -> bool:
        """Whether what the text says to its very end is meant for somebody: 「相談 膝が痛い」."""
        if all(route.command in SHOWING - LETTERS for route in routes):
            return False
        said = (word_key(text), self._router.words.book.bare(text))
        told = [str(route.values.get(ANY_TEXT, "\0")) for route in routes]
        return any(one.endswith(tuple(told)) for one in said)


def _explained(found: Sequence[Wish]) -> list[Wish]:
    """Return wishes with the report among them last, for it asks, and as the others' reason."""
    *others, last = sorted(found, key=lambda one: one.route.command in TELLING)
    if last.route.command not in TELLING:
        return [*others, last]
    return [*(replace(one, route=reasons.given(one.route, last.said)) for one in others), last]


def _standing(word: str) -> str:
    """Return the pattern of a word; a Latin one stands alone, before a space where it has one."""
    if not word.isascii():
        return re.escape(normalise(word))
    return rf"(?<![a-z]){re.escape(normalise(word))}" + (
        "(?= )" if word[-1] == " " else "(?![a-z])"
    )
