"""Routes: which handler an event belongs to, whatever the order they were declared in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bot import route_faults
from bot.buttons import NotOurs, name_of, unpack
from bot.feature import Feature, Route, RouteFault
from bot.phrases import Phrasebook
from bot.questions import Expected
from bot.texts import CORRIDOR, FeatureTexts
from bot.wordbook import Wordbook

__all__ = ["Feature", "Route", "RouteFault", "Router"]


class Router:
    """All routes of all features, checked at start-up."""

    def __init__(
        self, features: Iterable[Feature], texts: dict[str, FeatureTexts], book: Phrasebook
    ) -> None:
        declared = list(features)
        route_faults.refuse_any(declared, texts, book)
        self.features = {feature.name: feature for feature in declared}
        self.texts = texts
        corridor = texts.get(CORRIDOR)
        lists = (
            [corridor.listed(name) for name in ("asking", "denying", "hollow")] if corridor else []
        )
        self.words = Wordbook(book, *lists)
        for feature in declared:
            self._index(feature)
        self._kinds = {name_of(k): k for f in declared for k in f.buttons}

    def _index(self, feature: Feature) -> None:
        texts = self.texts[feature.name]
        for name, handler in feature.words.items():
            for word in texts.waking_words(name):
                self.words.add_word(word, Route(feature.name, handler))
        for name, handler in feature.phrases.items():
            for source in texts.waking_phrases(name):
                self.words.add_phrase(source, Route(feature.name, handler))

    def by_text(self, text: str, today: date) -> list[Route]:
        """Return the routes a text fits best; more than one where it may mean several."""
        return self.words.find(text, today)

    def is_word(self, text: str) -> bool:
        """Say whether the text is exactly a word that wakes something."""
        return self.words.has(text)

    def by_button(self, data: str) -> tuple[Route, Any]:
        """Return the route of a tap and its typed data; NotOurs for data made by hand."""
        tapped = unpack(data, self._kinds)
        for feature in self.features.values():
            if type(tapped) in feature.buttons:
                return Route(feature.name, feature.buttons[type(tapped)]), tapped
        raise LookupError(data)

    def find_button(self, data: str) -> tuple[Route, Any] | None:
        """Return the same; None for data made by hand."""
        try:
            return self.by_button(data)
        except NotOurs:
            return None

    def by_answer(self, question: str) -> tuple[Route, Expected] | None:
        """Return the route of an answer and what it may look like."""
        feature = self.features.get(question.split(".", maxsplit=1)[0])
        if feature is None or question not in feature.answers:
            return None
        handler, expected = feature.answers[question]
        return Route(feature.name, handler), expected

    def by_event(self, kind: str) -> list[Route]:
        """Return the routes of a LINE event."""
        return [Route(f.name, f.events[kind]) for f in self.features.values() if kind in f.events]

    def by_clock(self, kind: str) -> Route | None:
        """Return the route of an occurrence."""
        for f in self.features.values():
            if kind in f.clocks:
                topic, at_night = f.topics.get(kind), kind in f.restless
                return Route(f.name, f.clocks[kind], topic=topic, at_night=at_night)
        return None

    def has_name(self, route: Route) -> bool:
        """Say whether there is a word for what a route does, so that it can be offered."""
        texts, name = self.texts[route.feature], route.handler.__name__
        return name in texts.title or name in texts.words

    def label(self, route: Route, language: str) -> str:
        """Return the word that says what a route does, for asking back."""
        texts, name = self.texts[route.feature], route.handler.__name__
        if name in texts.title:
            return texts.title[name][language]
        return texts.first_word(name, language)

    def waking_word(self, route: Route, language: str) -> str:
        """Return what can be typed to wake it: a word of its own, else its title."""
        texts, name = self.texts[route.feature], route.handler.__name__
        return (
            texts.first_word(name, language) if name in texts.words else self.label(route, language)
        )
