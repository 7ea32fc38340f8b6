"""Routes: which handler an event belongs to, whatever the order they were declared in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.buttons import name_of, unpack
from bot.phrases import Phrase, Phrasebook
from bot.questions import Expected
from bot.texts import LANGUAGES, FeatureTexts
from models.policy import POLICY
from models.rules.reading import word_key

Handler = Callable[..., Any]


class RouteFault(Exception):  # noqa: N818 - it names a fault in the features
    """The features contradict each other; every fault is named."""


@dataclass
class Feature:
    """What one handler file declares: its routes, by decorators."""

    name: str
    words: dict[str, Handler] = field(default_factory=dict)
    phrases: dict[str, Handler] = field(default_factory=dict)
    buttons: dict[type, Handler] = field(default_factory=dict)
    answers: dict[str, tuple[Handler, Expected]] = field(default_factory=dict)
    events: dict[str, Handler] = field(default_factory=dict)
    clocks: dict[str, Handler] = field(default_factory=dict)

    def word(self, handler: Handler) -> Handler:
        """Wake the handler by its words in texts/<feature>.toml."""
        self.words[handler.__name__] = handler
        return handler

    def phrase(self, handler: Handler) -> Handler:
        """Wake the handler by its phrases; their slots are its arguments."""
        self.phrases[handler.__name__] = handler
        return handler

    def button(self, kind: type) -> Callable[[Handler], Handler]:
        """Wake the handler by a tap on a button of this kind."""
        return self._into(self.buttons, kind)

    def answer(self, question: str, expected: Expected) -> Callable[[Handler], Handler]:
        """Give the handler the answer to a question asked with `Ask`."""

        def declare(handler: Handler) -> Handler:
            self.answers[f"{self.name}.{question}"] = (handler, expected)
            return handler

        return declare

    def event(self, kind: str) -> Callable[[Handler], Handler]:
        """Wake the handler by a LINE event other than text and taps."""
        return self._into(self.events, kind)

    def clock(self, kind: str) -> Callable[[Handler], Handler]:
        """Wake the handler by an occurrence of the clock."""
        return self._into(self.clocks, kind)

    @staticmethod
    def _into(table: dict[Any, Handler], key: Any) -> Callable[[Handler], Handler]:
        def declare(handler: Handler) -> Handler:
            table[key] = handler
            return handler

        return declare


@dataclass(frozen=True)
class Route:
    """A handler found, the feature it belongs to, and what it is to be given."""

    feature: str
    handler: Handler
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def command(self) -> str:
        """The name under which the policy table knows it."""
        return f"{self.feature}.{self.handler.__name__}"


class Router:
    """All routes of all features, checked at start-up."""

    def __init__(
        self, features: Iterable[Feature], texts: dict[str, FeatureTexts], book: Phrasebook
    ) -> None:
        self.features = {feature.name: feature for feature in features}
        self.texts, self.book = texts, book
        self._words: dict[str, list[Route]] = {}
        self._phrases: list[tuple[Phrase, Route]] = []
        for feature in self.features.values():
            self._index(feature)
        self._kinds = {name_of(k): k for f in self.features.values() for k in f.buttons}
        if faults := self._faults():
            raise RouteFault("\n".join(faults))

    def _index(self, feature: Feature) -> None:
        texts = self.texts[feature.name]
        for name, handler in feature.words.items():
            for word in _all_words(texts.words.get(name, {})):
                self._words.setdefault(word_key(word), []).append(Route(feature.name, handler))
        for name, handler in feature.phrases.items():
            for source in _all_words(texts.phrases.get(name, {})):
                self._phrases.append((self.book.compile(source), Route(feature.name, handler)))

    def by_text(self, text: str, today: date) -> list[Route]:
        """Return the routes a text fits best: a word, else phrases, else free phrases."""
        key = self.book.bare(text)
        for word in (word_key(text), key):
            if word in self._words:
                return self._words[word][:1]
        fitting = [(p, r) for p, route in self._phrases if (r := self._read(p, route, key, today))]
        strict = [route for phrase, route in fitting if not phrase.is_free]
        return _distinct(strict or [route for _, route in fitting])

    def is_word(self, text: str) -> bool:
        """Say whether the text is exactly a word that wakes something."""
        return word_key(text) in self._words or self.book.bare(text) in self._words

    def _read(self, phrase: Phrase, route: Route, key: str, today: date) -> Route | None:
        values = self.book.read(phrase, key, today)
        return None if values is None else Route(route.feature, route.handler, values)

    def by_button(self, data: str) -> tuple[Route, Any]:
        """Return the route of a tap and its typed data; NotOurs for data made by hand."""
        tapped = unpack(data, self._kinds)
        for feature in self.features.values():
            if type(tapped) in feature.buttons:
                return Route(feature.name, feature.buttons[type(tapped)]), tapped
        raise LookupError(data)

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
        found = [Route(f.name, f.clocks[kind]) for f in self.features.values() if kind in f.clocks]
        return found[0] if found else None

    def label(self, route: Route, language: str) -> str:
        """Return the word that says what a route does, for asking back."""
        texts, name = self.texts[route.feature], route.handler.__name__
        if name in texts.title:
            return texts.title[name][language]
        return texts.first_word(name, language)

    def _faults(self) -> list[str]:
        return [
            *(
                f"«{w}» wakes {', '.join(r.command for r in routes)}"
                for w, routes in self._words.items()
                if len(_distinct(routes)) > 1
            ),
            *(fault for feature in self.features.values() for fault in self._unpaired(feature)),
            *(
                f"{command}: no row in models/policy.py"
                for command in sorted(self.commands() - set(POLICY))
            ),
            *(
                f"models/policy.py: {command}: no such handler"
                for command in sorted(set(POLICY) - self.commands())
            ),
        ]

    def _unpaired(self, feature: Feature) -> list[str]:
        texts = self.texts[feature.name]
        pairs = ((texts.words, feature.words), (texts.phrases, feature.phrases))
        unpaired = [name for said, handled in pairs for name in set(said) ^ set(handled)]
        mute = [
            f"{q.split('.')[1]}_again"
            for q, (_, e) in feature.answers.items()
            if not e.open_ended and f"{q.split('.')[1]}_again" not in texts.say
        ]
        return [
            f"{feature.name}.{name}: a handler or its words are missing"
            for name in [*unpaired, *mute]
        ]

    def commands(self) -> set[str]:
        """Return every command a person can give: words, phrases, buttons and answers."""
        return {
            f"{feature.name}.{handler.__name__}"
            for feature in self.features.values()
            for handler in (
                *feature.words.values(),
                *feature.phrases.values(),
                *feature.buttons.values(),
                *(h for h, _ in feature.answers.values()),
            )
        }


def _all_words(both: dict[str, list[str]]) -> list[str]:
    return [word for language in LANGUAGES for word in both.get(language, [])]


def _distinct(routes: list[Route]) -> list[Route]:
    return list({route.command: route for route in reversed(routes)}.values())[::-1]
