"""What a text is like where no word and no phrase fits: shown if that is plain, else offered."""

from __future__ import annotations

from bot.feature import Route
from bot.guesses import Guess
from bot.resemblance import Likeness, learnt
from bot.wordbook import Wordbook
from models.policy import SHOWING

MOST = 3  # a reader takes in three buttons at a glance
WORTH_OFFERING = 0.25  # [E] cosine below which a likeness is chance
PLAIN, BY_FAR = 0.45, 0.75  # [E] nearness and share of the votes: five of six are right


class Alike:
    """Knows the routes of all examples."""

    def __init__(self, words: Wordbook) -> None:
        spoken = [(word, route) for word, routes in words.exact.words.items() for route in routes]
        self._routes = {fit.route.command: fit.route for fit in words.exact.phrases}
        self._by_word = {route.command: route for _, route in spoken}
        self._learnt = learnt(tuple((word, route.command) for word, route in spoken))

    def of(self, text: str) -> tuple[Route | None, list[Guess]]:
        """Return the route that is plainly meant and only shows, and up to three to offer."""
        near = [one for one in self._learnt.of(text) if one.nearness >= WORTH_OFFERING]
        found = [(one, route) for one in near if (route := self._route(one.command))]
        guesses = [Guess(route, share=one.share) for one, route in found[:MOST]]
        clear = next((route for one, route in found[:1] if self._is_plain(one)), None)
        return clear, guesses

    def _route(self, command: str) -> Route | None:
        return self._by_word.get(command) or self._routes.get(command)

    def _is_plain(self, one: Likeness) -> bool:
        """Whether it may be shown at once: near, beyond doubt, and nothing is done by it."""
        shows = one.command in SHOWING and one.command in self._by_word
        return shows and one.nearness >= PLAIN and one.share >= BY_FAR
