"""The words of every feature, Japanese and English side by side, checked when loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from string import Formatter
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_time

LANGUAGES = ("ja", "en")
CORRIDOR = "corridor"  # the texts that belong to no feature
_PATTERNS = {
    "ja": {"when": "M月d日(E) HH:mm", "day": "M月d日(E)", "time": "HH:mm"},
    "en": {"when": "EEE d MMM, HH:mm", "day": "EEE d MMM", "time": "HH:mm"},
}
Bilingual = dict[str, Any]


class TextFault(Exception):  # noqa: N818 - it names a fault in a file
    """The text files say something that cannot be used; every fault is named."""


class Words(Formatter):
    """Formats with `{at:when}`, `{at:day}`, `{at:time}` and `{n:plural one|many}`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._plural = Locale(language).plural_form

    def format_field(self, value: Any, format_spec: str) -> Any:
        """Write dates the way people say them, and plurals by the language's rule."""
        if format_spec in _PATTERNS["ja"]:
            return say_date(value, format_spec, self.language)
        if format_spec.startswith("plural "):
            one, many = format_spec.removeprefix("plural ").split("|")
            return one if self._plural(value) == "one" else many
        return super().format_field(value, format_spec)


def say_date(value: datetime | date | time, form: str, language: str) -> str:
    """Return a local date or time in words: `when`, `day` or `time`."""
    pattern = _PATTERNS[language][form]
    if isinstance(value, datetime):
        return str(format_datetime(value, pattern, locale=language))
    if isinstance(value, time):
        return str(format_time(value, pattern, locale=language))
    return str(format_date(value, pattern, locale=language))


@dataclass(frozen=True)
class FeatureTexts:
    """What one feature says, and the words and phrases that wake it."""

    feature: str
    words: dict[str, dict[str, list[str]]]
    phrases: dict[str, dict[str, list[str]]]
    say: dict[str, Bilingual]
    title: dict[str, dict[str, str]]
    lists: dict[str, dict[str, list[str]]]

    def phrase(self, key: str, language: str, **values: Any) -> str:
        """Return a text of this feature in a language."""
        if key not in self.say:
            raise KeyError(f"texts/{self.feature}.toml has no [say] {key}")
        return Words(language).vformat(self.say[key][language], (), values).strip()

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the words of a list, in all languages."""
        return tuple(_in_all_languages(self.lists[name]))

    def waking_words(self, handler: str) -> list[str]:
        """Return the words that wake a handler, in all languages."""
        return _in_all_languages(self.words.get(handler, {}))

    def waking_phrases(self, handler: str) -> list[str]:
        """Return the phrases that wake a handler, in all languages."""
        return _in_all_languages(self.phrases.get(handler, {}))

    def first_word(self, handler: str, language: str) -> str:
        """Return the word that wakes a handler, as it is shown on buttons."""
        return self.words[handler][language][0]


def load(folder: Path) -> dict[str, FeatureTexts]:
    """Load every text file; TextFault names all that is missing or does not agree."""
    loaded = {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}
    faults = [fault for texts in loaded.values() for fault in _faults(texts)]
    if faults:
        raise TextFault("\n".join(faults))
    return loaded


def named(loaded: Mapping[str, FeatureTexts], feature: str, prefix: str) -> dict[str, list[str]]:
    """Return the names under which a feature's [lists] `<prefix>_<thing>` know each thing."""
    lists = loaded[feature].lists if feature in loaded else {}
    known = (key for key in lists if key.startswith(f"{prefix}_"))
    return {key.removeprefix(f"{prefix}_"): _in_all_languages(lists[key]) for key in known}


def _read(path: Path) -> FeatureTexts:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = {part: raw.pop(part, {}) for part in ("words", "phrases", "say", "title", "lists")}
    if raw:
        raise TextFault(f"texts/{path.name}: what is [{next(iter(raw))}]?")
    return FeatureTexts(path.stem, **parts)


def _faults(texts: FeatureTexts) -> list[str]:
    return [
        f"texts/{texts.feature}.toml: {part}.{key}: {fault}"
        for part in ("words", "phrases", "say", "title", "lists")
        for key, both in getattr(texts, part).items()
        for fault in _bilingual(both, placeholders=part == "say")
    ]


def _bilingual(both: Bilingual, *, placeholders: bool) -> list[str]:
    missing = [f"no {language}" for language in LANGUAGES if not both.get(language)]
    if missing or not placeholders:
        return missing
    names = [_names(both[language]) for language in LANGUAGES]
    return [] if names[0] == names[1] else [f"{names[0]} in ja, {names[1]} in en"]


def _names(text: str) -> set[str]:
    return {
        name
        for _, name, spec, _ in Formatter().parse(text)
        if name and "plural" not in (spec or "")
    }


def _in_all_languages(both: dict[str, list[str]]) -> list[str]:
    return [word for language in LANGUAGES for word in both.get(language, [])]
