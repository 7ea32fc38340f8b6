"""A feature: what one handler file declares, and the route that leads to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.questions import Expected
from models import mute

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
    topics: dict[str, str] = field(default_factory=dict)
    restless: set[str] = field(default_factory=set)

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

    def clock(
        self, kind: str, topic: str | None = None, *, at_night: bool = False
    ) -> Callable[[Handler], Handler]:
        """Wake the handler by an occurrence of the clock, save for people who muted its topic.

        What came due by day and is late is not said at night, but for what must be known at once.
        """
        if at_night:
            self.restless.add(kind)
        if topic is not None:
            if topic not in mute.TOPICS:
                raise RouteFault(f"{kind}: {topic!r} is none of {', '.join(mute.TOPICS)}")
            self.topics[kind] = topic
        return self._into(self.clocks, kind)

    def commands(self) -> set[str]:
        """Return every command a person can give: words, phrases, buttons and answers."""
        handlers = (
            *self.words.values(),
            *self.phrases.values(),
            *self.buttons.values(),
            *(handler for handler, _ in self.answers.values()),
        )
        return {f"{self.name}.{handler.__name__}" for handler in handlers}

    @staticmethod
    def _into(table: dict[Any, Handler], key: Any) -> Callable[[Handler], Handler]:
        def declare(handler: Handler) -> Handler:
            if key in table:
                raise RouteFault(f"{key} wakes {table[key].__name__} and {handler.__name__}")
            table[key] = handler
            return handler

        return declare


@dataclass(frozen=True)
class Route:
    """A handler found, the feature it belongs to, and what it is to be given."""

    feature: str
    handler: Handler
    values: dict[str, Any] = field(default_factory=dict)
    topic: str | None = None
    at_night: bool = False

    @property
    def command(self) -> str:
        """The name under which the policy table knows it."""
        return f"{self.feature}.{self.handler.__name__}"
