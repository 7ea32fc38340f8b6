"""A question with a few answers, each with its words."""

from __future__ import annotations

import re

from bot.answers import forms
from bot.messages import Say
from bot.texts import CORRIDOR, FeatureTexts
from bot.turn import Turn
from models.rules.reading import normalise, word_key

_PARTS = re.compile("[、,。.!！?？ 　\\n]")


class Choice:
    """One of a few answers; the words of each stand under [lists] `<name>_<value>`.

    The values `yes` and `no` are also told by the corridor's words for them.
    """

    open_ended = False

    def __init__(self, name: str, *values: str) -> None:
        self.name, self.values = name, values

    def read(self, turn: Turn) -> str | None:
        """Return the one value that was said, in either language and however politely."""
        whole = self._value(turn, turn.text)
        parts = {self._value(turn, part) for part in _PARTS.split(turn.text) if word_key(part)}
        return whole or (parts.pop() if len(parts) == 1 else None)

    def _value(self, turn: Turn, text: str) -> str | None:
        read_as = forms(turn.library, text)
        for form in read_as:
            for value in self.values:
                if form in _keys(turn.texts, f"{self.name}_{value}"):
                    return value
        general = [v for v in ("yes", "no") if v in self.values]
        said = turn.library[CORRIDOR]
        return next((v for v in general for f in read_as if f in _keys(said, f"say_{v}")), None)

    def keeps(self, turn: Turn) -> bool:
        """Whether the text speaks of this question without answering it: "maybe", 「未定」."""
        unsure = _keys(turn.library[CORRIDOR], "unsure")
        return any(form in unsure for form in forms(turn.library, turn.text))

    def offers(self, turn: Turn) -> tuple[Say, ...]:
        """Return one quick reply a value, labelled by its first word."""
        lists = turn.texts.lists
        return tuple(Say(lists[f"{self.name}_{v}"][turn.language][0]) for v in self.values)


def _keys(texts: FeatureTexts, name: str) -> set[str]:
    return {word_key(word) or normalise(word) for word in texts.listed(name)}
