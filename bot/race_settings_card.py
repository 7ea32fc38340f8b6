"""The card of a member's race: what they told, and what is assumed until they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot import buttons, race_words
from bot.cards import Line, Note, Part, Row, card
from bot.messages import Flex, Postback
from bot.turn import Turn
from models import race
from models.race import Race
from models.race_runner import NO, YES, RaceRunner

WORDS = "race_settings"


@dataclass(frozen=True)
class Entered:
    """A member says whether they run a race."""

    race: int
    answer: Literal["yes", "no"]


@dataclass(frozen=True)
class AskAbout:
    """A member wants to see a race, or to say when they start or have breakfast."""

    race: int
    what: Literal["race", "start", "breakfast"]


@dataclass(frozen=True)
class Sleeps:
    """A member says where they sleep before a race."""

    race: int
    where: Literal["home", "hotel"]


def show(turn: Turn, found: Race) -> Flex:
    """Return the card of a race."""
    turn = turn.speaking_as(WORDS)
    runner = race.runner(turn.db, turn.person, found)
    rows: list[Part] = [
        Row(turn.say("entry_label"), turn.say(f"entry_{runner.entry or 'unknown'}")),
        Row(turn.say("start_label"), start_words(turn, runner)),
        Row(turn.say("breakfast_label"), breakfast_words(turn, runner)),
        Row(turn.say("sleeps_label"), turn.say(f"sleeps_{runner.sleeps or 'unknown'}")),
        Note(turn.say("how")),
    ]
    title = turn.say("title", race=found.name(turn.language), day=found.day)
    kicker = race_words.kicker(turn, found)
    return card(title, rows, _buttons(turn, runner), kicker=kicker, filled=())


def start_words(turn: Turn, runner: RaceRunner) -> str:
    """Return the own start, or the gun, said as such."""
    key = "at_told" if runner.knows_start else "start_default"
    return turn.say(key, at=race_words.local_time(turn, runner, "starts_at"))


def breakfast_words(turn: Turn, runner: RaceRunner) -> str:
    """Return breakfast, or three hours before the start, said as such."""
    key = "at_told" if runner.knows_breakfast else "breakfast_default"
    return turn.say(key, at=race_words.local_time(turn, runner, "breakfast_at"))


def _buttons(turn: Turn, runner: RaceRunner) -> list[Line]:
    found = runner.race
    lines: list[Line] = []
    if runner.entry != YES:
        lines.append(turn.button("yes_button", Entered(found.key, "yes")))
    hours = (AskAbout(found.key, "start"), AskAbout(found.key, "breakfast"))
    lines += [turn.button(f"{about.what}_button", about) for about in hours]
    home, hotel = Sleeps(found.key, "home"), Sleeps(found.key, "hotel")
    lines.append((turn.button("home_button", home), turn.button("hotel_button", hotel)))
    if runner.entry != NO:
        lines.append(turn.button("no_button", Entered(found.key, "no")))
    return [*lines, *_others(turn, found)]


def _others(turn: Turn, found: Race) -> list[Postback]:
    ahead = race.ahead(turn.db, turn.person, turn.now)
    return [
        Postback(other.name(turn.language)[:40], buttons.pack(AskAbout(other.key, "race")))
        for other in ahead
        if other.key != found.key
    ][:3]
