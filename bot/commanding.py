"""Answering what is said without a question being open: one wish, several, or a choice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from bot import wishes
from bot.guesses import MOST_GUESSES, Guess
from bot.heard import Heard, Voice
from bot.messages import MAX_LABEL, MAX_MESSAGES, Say, Text, graphemes
from bot.router import Route, Router
from bot.slots import days_in
from bot.speech import as_list, words_of
from bot.turn import Turn
from bot.understanding import Understanding, Understood, Wish
from models.rules.reading import word_key
from models.rules.stretch import stretch


@lru_cache(maxsize=2)
def _understanding(router: Router) -> Understanding:
    """Return what a router's words and examples teach, worked out once."""
    return Understanding(router)


class Commanding:
    """Answers what is said without a question being open."""

    def __init__(self, router: Router, voice: Voice) -> None:
        self._voice, self._router = voice, router
        self.understanding = _understanding(router)

    def answer(self, turn: Turn) -> Heard | None:
        """Answer what was understood; None where nothing was, not even nearly."""
        understood = self.understanding.of(turn.text, turn.today, self._voice.permits(turn))
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
        if not choices:
            taps += self._voice.way_out(turn, taps)
        return Heard(turn, Text(words, taps))

    def taps(self, turn: Turn, guesses: Sequence[Guess]) -> tuple[Say, ...]:
        """Return a button for each guess that the person may use here."""
        named = (g for g in guesses if self._router.has_name(g.route))
        allowed = [g for g in named if self._voice.may(turn, g.route)]
        return tuple(self._tap(turn, guess) for guess in allowed[:MOST_GUESSES])

    def _tap(self, turn: Turn, guess: Guess) -> Say:
        """Return a button that types what leads there: the text itself, or the route's word."""
        if guess.says:
            short = graphemes(guess.says) <= MAX_LABEL
            return Say(
                guess.says if short else self._router.label(guess.route, turn.language), guess.says
            )
        label = self._router.label(guess.route, turn.language)
        return Say(label, self._with_days(turn, guess.route))

    def _with_days(self, turn: Turn, route: Route) -> str:
        """Return the word that wakes a route, with the days that were named: 「来週欠席」."""
        word = self._router.waking_word(route, turn.language)
        named = stretch(turn.text, turn.today, days_in(turn.text, turn.today))
        if named is None:
            return word
        whole = f"{word} {named.said}" if word.isascii() else f"{named.said}{word}"
        found = self.understanding.of(whole, turn.today).wishes
        return whole if [one.route.command for one in found] == [route.command] else word
