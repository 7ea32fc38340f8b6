"""The words and phrases of all features, found as they were typed or in plain form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.feature import Route
from bot.phrases import MAX_READ, Phrase, Phrasebook
from models.policy import SHOWING
from models.rules.inflection import plain_form, plain_sentence, stem_form
from models.rules.numerals import in_digits
from models.rules.reading import word_key

ANY_TEXT = "text"  # the gap that takes whatever was said
MOST_TRIED = 12  # ways to shorten it
ANYTHING = "ん"  # what no phrase means
MOST_ASKING = 3  # 「次の練習っていつどこ」


@dataclass(frozen=True)
class Fit:
    """A phrase that fits a text, and the route it leads to."""

    phrase: Phrase
    route: Route


@dataclass
class Index:
    """Words and phrases in one form; a word of two features in plain form leads to both."""

    words: dict[str, list[Route]] = field(default_factory=dict)
    phrases: list[Fit] = field(default_factory=list)

    def add_word(self, key: str, route: Route) -> None:
        """Let a word lead to a route."""
        self.words.setdefault(key, []).append(route)


class Wordbook:
    """Finds the routes a text fits, going from the form it was typed in to looser ones."""

    def __init__(
        self,
        book: Phrasebook,
        asking: Iterable[str] = (),
        denying: Iterable[str] = (),
        hollow: Iterable[str] = (),
    ) -> None:
        self.book = book
        self.exact, self.plain, self._stems = Index(), Index(), Index()
        self._asking = sorted({plain_sentence(word_key(w)) for w in asking}, key=len, reverse=True)
        self._hollow = {plain_sentence(word_key(word)) for word in (*hollow, *denying)}
        self._denying = tuple(plain_sentence(word_key(word)) for word in denying)

    def add_word(self, word: str, route: Route) -> None:
        """Enter a waking word."""
        self.exact.words[word_key(word)] = [route]
        plain = plain_sentence(word_key(word))
        self.plain.add_word(plain, route)
        self._stems.add_word(stem_form(plain), route)

    def add_phrase(self, source: str, route: Route) -> None:
        """Enter a phrase."""
        self.exact.phrases.append(Fit(self.book.compile(source), route))
        plain = self.book.compile(source, plain_form)
        if not plain.regex.fullmatch(ANYTHING):  # it kept no words of its own
            self.plain.phrases.append(Fit(plain, route))

    def has(self, text: str) -> bool:
        """Say whether the text is exactly a waking word, with politeness or without."""
        return word_key(text) in self.exact.words or self.book.bare(text) in self.exact.words

    def find(self, text: str, today: date) -> list[Route]:
        """Return the routes a text fits best: a word, else phrases, else free phrases.

        「相談 膝が痛い」 is a question, not a pain: a free phrase that begins with its word leads.
        """
        loose: list[Route] = []
        for form, index in self._forms(text):
            if routes := self.exact.words.get(form) or index.words.get(form):
                return _distinct(routes)
            found = [f for fit in index.phrases if (f := self._read(fit, form, today))]
            strict = [fit.route for fit in found if not fit.phrase.is_free]
            leading = [fit.route for fit in found if fit.phrase.names_itself_first]
            if strict or leading:
                return _distinct(strict) or self._asked(text) or _distinct(leading)
            loose = loose or [fit.route for fit in found]
        return self._asked(text) or _distinct(loose)

    def _forms(self, text: str) -> Iterator[tuple[str, Index]]:
        """Yield the text as typed, without politeness, with digits, and in plain form."""
        bare = self.book.bare(text)
        yield word_key(text), Index(self.exact.words)
        yield bare, self.exact
        if len(bare) > MAX_READ:
            return  # no command, and not worth reading four times
        if (digits := in_digits(bare)) != bare:
            yield digits, self.exact
        plain = self.book.bare(plain_sentence(digits))
        yield plain, self.plain
        yield stem_form(plain), self._stems

    def _asked(self, text: str) -> list[Route]:
        """Return what only shows and is asked for: 「次の練習っていつ」, "when is training"."""
        bare = self.book.bare(text)
        plain = self.book.bare(plain_sentence(bare)) if len(bare) <= MAX_READ else ""
        left, seen = [plain], {plain}
        for _ in range(MOST_ASKING):
            left = [r for one in left for r in self._shortened(one) if r not in seen][:MOST_TRIED]
            seen.update(left)
            for rest in left:
                found = next(filter(None, (i.words.get(f) for f, i in self._shorter(rest))), [])
                if shown := [r for r in _distinct(found) if r.command in SHOWING]:
                    return shown
        return []

    def _shortened(self, plain: str) -> Iterator[str]:
        """Yield the text without one of the words that ask, the longest first."""
        for word in self._asking:
            if rest := self._without(plain, word):
                yield self.book.bare(plain_sentence(rest))

    def _shorter(self, plain: str) -> Iterator[tuple[str, Index]]:
        yield plain, self.exact
        yield plain, self.plain
        yield stem_form(plain), self._stems

    @staticmethod
    def _without(plain: str, word: str) -> str:
        if plain.endswith(word) and not word.isascii():
            return word_key(plain.removesuffix(word))
        if plain.startswith(word) and word.endswith("の"):
            return word_key(plain.removeprefix(word))
        if plain.startswith(word + " "):
            return word_key(plain.removeprefix(word + " "))
        return word_key(plain.removesuffix(" " + word)) if plain.endswith(" " + word) else ""

    def _read(self, fit: Fit, form: str, today: date) -> Fit | None:
        values = self.book.read(fit.phrase, form, today)
        if values is None or self._says_nothing(fit.phrase, values):
            return None
        return Fit(fit.phrase, Route(fit.route.feature, fit.route.handler, values))

    def _says_nothing(self, phrase: Phrase, values: Mapping[str, object]) -> bool:
        """Whether what stands in a gap for any text only asks, hedges or denies."""
        value = values.get(ANY_TEXT)
        if value is None:
            return False
        plain = self.book.bare(plain_sentence(self.book.bare(str(value))))
        if plain in self._hollow:
            return True
        return not phrase.source.endswith("{text}") and plain.endswith(self._denying)


def _distinct(routes: Iterable[Route]) -> list[Route]:
    kept = {route.command: route for route in reversed(list(routes))}
    return list(kept.values())[::-1]
