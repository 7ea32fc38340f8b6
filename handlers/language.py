"""Language: Japanese or English, as the person likes."""

from __future__ import annotations

from dataclasses import replace

from bot import last_words
from bot.messages import Say, Text
from bot.router import Feature
from bot.turn import Answer, Turn
from models import person

on = Feature("language")


@on.word
def language(turn: Turn) -> Answer:
    """Ask which language, in both."""
    return Text(turn.say("which"), (Say("日本語"), Say("English")))


@on.word
def japanese(turn: Turn) -> Answer:
    """Speak Japanese from now on."""
    return _switch(turn, "ja")


@on.word
def english(turn: Turn) -> Answer:
    """Speak English from now on."""
    return _switch(turn, "en")


def _switch(turn: Turn, language: str) -> Answer:
    if last_words.is_last(turn, "language"):
        person.choose_language(turn.db, turn.person, language)
    language = turn.person.language
    spoken = replace(turn, language=language)
    menu = spoken.library["welcome"].first_word("menu", language)
    return Text(spoken.say("switched"), (Say(menu),))
