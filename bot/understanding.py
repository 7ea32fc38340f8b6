"""What a text wants: one thing, several at once, or something it only nearly says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot import wishes
from bot.guesses import Guess, Guesses
from bot.heard import Heard, Voice
from bot.messages import MAX_LABEL, MAX_MESSAGES, Say, Text, graphemes
from bot.router import Route, Router
from bot.speech import as_list, words_of
from bot.texts import CORRIDOR
from bot.turn import Turn
from bot.wordbook import ANY_TEXT
from models.policy import SHOWING
from models.rules.reading import normalise, word_key

_QUESTIONS = ("?", "か", "かな", "かね", "かしら")
MOST_OF_IT = 0.5
MOST = 4  # buttons to choose from


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
        self._guesses = Guesses(router.words)
        corridor = router.texts[CORRIDOR]
        self._others = tuple(normalise(word) for word in corridor.listed("others"))
        self._stopping = tuple(normalise(word) for word in corridor.listed("stopping"))
        self._requests = tuple(normalise(word) for word in corridor.listed("requests"))

    def of(self, text: str, today: date) -> Understood:
        """Return what a text wants."""
        routes = self._router.by_text(text, today)
        if several := self._several(text, routes, today):
            return Understood(several)
        if len(routes) == 1 and not self._is_doubtful(text, routes[0]):
            return Understood([Wish(text, routes[0])])
        if routes:
            return Understood(choices=routes)
        return self._guessed(text, today)

    def guesses(self, text: str, today: date) -> list[Guess]:
        """Return what a text nearly says."""
        return self._guesses.of(text, today)

    def _guessed(self, text: str, today: date) -> Understood:
        guesses = self._guesses.of(text, today)
        plain = normalise(text)
        asked = self._is_request(plain) or any(g.share > MOST_OF_IT for g in guesses[:1])
        stopped = any(word in plain for word in self._stopping)
        if asked and not stopped and guesses and self._is_plain(guesses):
            return Understood([Wish(text, guesses[0].route)])
        return Understood(guesses=guesses)

    @staticmethod
    def _is_plain(guesses: Sequence[Guess]) -> bool:
        """Whether the first guess is the likeliest by far, spelt right, and only shows."""
        first, *others = guesses
        by_far = all(first.weight > other.weight for other in others)
        return by_far and not first.says and first.route.command in SHOWING

    def _several(self, text: str, whole: list[Route], today: date) -> list[Wish]:
        """Return the wishes of a text that holds more than one, or one among other talk.

        A letter to somebody (相談 …) is one wish, whatever it speaks of.
        """
        if whole and not any(ANY_TEXT in route.values for route in whole):
            return []
        found = []
        for part in wishes.parts(text):
            if self._router.words.book.is_polite(part):
                continue
            routes = self._router.by_text(part, today)
            clear = len(routes) == 1 and ANY_TEXT not in routes[0].values
            if clear and not self._is_doubtful(part, routes[0]):
                found.append(Wish(part, routes[0]))
        distinct = list({w.route.command: w for w in reversed(found)}.values())[::-1]
        if not whole:
            return distinct
        same = bool(distinct) and distinct[0].route.command == whole[0].command
        return distinct if len(distinct) > 1 and (same or not _is_letter(text, whole)) else []

    def _is_doubtful(self, text: str, route: Route) -> bool:
        """Whether a deed is asked about or is another's: 「明日休み?」「友達が風邪で休みます」."""
        if route.command in SHOWING:
            return False
        plain = normalise(text).rstrip(" 。!")
        told = str(route.values.get(ANY_TEXT, ""))
        return plain.endswith(_QUESTIONS) or any(word in told for word in self._others)

    def _is_request(self, plain: str) -> bool:
        return plain.rstrip(" 。!").endswith("?") or any(word in plain for word in self._requests)


def _is_letter(text: str, routes: list[Route]) -> bool:
    """Whether what the text says to its very end is meant for somebody: 「相談 膝が痛い」."""
    return any(word_key(text).endswith(route.values.get(ANY_TEXT, "\0")) for route in routes)


class Commanding:
    """Answers what is said without a question being open."""

    def __init__(self, router: Router, voice: Voice) -> None:
        self._voice, self._router = voice, router
        self.understanding = Understanding(router)

    def answer(self, turn: Turn) -> Heard | None:
        """Answer what was understood; None where nothing was, not even nearly."""
        understood = self.understanding.of(turn.text, turn.today)
        if understood.wishes:
            return self._all(turn, list(understood.wishes))
        if understood.choices or understood.guesses:
            return self._which(turn, understood)
        return None

    def _all(self, turn: Turn, wanted: list[Wish]) -> Heard:
        """Do what was wished in order, up to the first question; offer the rest."""
        heard = self._one(turn, wanted.pop(0))
        while wanted and not wishes.asks(heard.answer):
            more = self._one(turn, wanted[0])
            both = wishes.together(heard.answer, more.answer)
            if len(words_of(both)) > MAX_MESSAGES:
                break
            heard = replace(heard, answer=both)
            wanted.pop(0)
        if not wanted:
            return heard
        waiting = [wish.said for wish in wanted]
        hint = self._voice.say(turn, "and_then", wish=word_key(waiting[0])[:40])
        room = len(words_of(as_list(heard.answer))) < MAX_MESSAGES
        return (
            replace(heard, answer=wishes.with_more(heard.answer, hint, waiting)) if room else heard
        )

    def _one(self, turn: Turn, wish: Wish) -> Heard:
        return self._voice.run(replace(turn, text=wish.said), wish.route)

    def _which(self, turn: Turn, understood: Understood) -> Heard | None:
        choices = understood.choices
        doubted = word_key(turn.text) if len(choices) == 1 else ""
        guesses = [*(Guess(route, doubted) for route in choices), *understood.guesses]
        if not (taps := self.taps(turn, guesses)):
            return None if understood.guesses else self._voice.run(turn, choices[0])
        words = self._voice.say(turn, "which" if len(guesses) > 1 else "did_you_mean")
        return Heard(turn, Text(words, taps))

    def taps(self, turn: Turn, guesses: Sequence[Guess]) -> tuple[Say, ...]:
        """Return a button for each guess that the person may use here."""
        allowed = [g for g in guesses if self._voice.may(turn, g.route)]
        return tuple(self._tap(turn, guess) for guess in allowed[:MOST])

    def _tap(self, turn: Turn, guess: Guess) -> Say:
        """Return a button that types what leads there: the text itself, or the route's word."""
        if guess.says:
            short = graphemes(guess.says) <= MAX_LABEL
            return Say(
                guess.says if short else self._router.label(guess.route, turn.language), guess.says
            )
        label = self._router.label(guess.route, turn.language)
        return Say(label, self._router.waking_word(guess.route, turn.language))
