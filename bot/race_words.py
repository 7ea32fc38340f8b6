"""One step of the countdown in words: filled in for a runner, with the taps that shape the rest."""

from __future__ import annotations

from dataclasses import dataclass

from bot import buttons, hydration
from bot.cards import Note, Part, Small, card
from bot.messages import Flex, Postback, Say
from bot.texts import say_date
from bot.turn import Turn
from models import race_taps
from models.countdown import Step, Tap, fits
from models.race import Race
from models.race_runner import RaceRunner
from models.rules import goal, heat
from models.rules import hydration as rules

WORDS = "race_words"
OFFERS = {
    "coach": ("consult", "ask"),
    "tell": ("safety", "tell_coaches"),
    "settings": ("race_settings", "settings"),
    "check": ("race_check", "check"),
    "countdown": ("countdown", "countdown"),
}


@dataclass(frozen=True)
class TapStep:
    """A runner answers a step of a race's countdown."""

    race: int
    step: str
    tap: str


def show(turn: Turn, runner: RaceRunner, step: Step) -> Flex:
    """Return a step as a card in the language of the turn."""
    taps = [tap_button(turn, runner.race, step, tap) for tap in step.taps]
    return card(
        step.title(turn.language), parts(turn, runner, step), taps, kicker=kicker(turn, runner.race)
    )


def parts(turn: Turn, runner: RaceRunner, step: Step) -> list[Part]:
    """Return what a step says to a runner, with what they told in mind."""
    told = race_taps.told(turn.db, turn.person, runner)
    said = [step.ja if turn.language == "ja" else step.en]
    said += [
        extra.ja if turn.language == "ja" else extra.en
        for extra in step.extras
        if fits(extra.when, extra.unless, told)
    ]
    gaps = _Gaps(turn.speaking_as(WORDS), runner)
    notes: list[Part] = [Note(line.format_map(gaps), strong=True) for line in said if line]
    if step.official:
        words = turn.speaking_as(WORDS)
        notes.append(Small(words.say("official", year=runner.race.source_year)))
    return notes


def offers(turn: Turn, tap: Tap) -> tuple[Say, ...]:
    """Return the words that go on from an answer."""
    return tuple(word(turn, name) for name in tap.offers)


def word(turn: Turn, name: str) -> Say:
    """Return the word that leads to the coach, the settings or the body check."""
    feature, handler = OFFERS[name]
    return Say(turn.library[feature].first_word(handler, turn.language))


def kicker(turn: Turn, race: Race) -> str:
    """Return the small line above: the race and how far away it is."""
    words = turn.speaking_as(WORDS)
    days = (race.day - turn.now.astimezone(race.tz).date()).days
    key = "kicker_ahead" if days > 0 else "kicker_today" if days == 0 else "kicker_past"
    return words.say(key, race=race.name(turn.language), days=abs(days))


def local_time(turn: Turn, runner: RaceRunner, name: str) -> str:
    """Return a runner's own hour (`starts_at`, `breakfast_at`) by the race's clock."""
    at = getattr(runner, name).astimezone(runner.race.tz)
    return say_date(at.time(), "time", turn.language)


def gun(turn: Turn, race: Race) -> str:
    """Return the race's day and hour by its own clock."""
    return turn.when(race.day, "day") + " " + gun_time(turn, race)


def gun_time(turn: Turn, race: Race) -> str:
    """Return the hour of the gun by the race's own clock."""
    return say_date(race.starts_at.astimezone(race.tz).time(), "time", turn.language)


def tap_button(turn: Turn, race: Race, step: Step, tap: Tap) -> Postback:
    """Return the button of one answer."""
    label = tap.ja if turn.language == "ja" else tap.en
    return Postback(label, buttons.pack(TapStep(race.key, step.id, tap.id)))


class _Gaps(dict[str, str]):
    """Fills the gaps of a step when they are asked for."""

    def __init__(self, turn: Turn, runner: RaceRunner) -> None:
        super().__init__()
        self._turn, self._runner = turn, runner

    def __missing__(self, name: str) -> str:
        return str(getattr(self, f"_{name}")())

    def _race(self) -> str:
        return self._runner.race.name(self._turn.language)

    def _day(self) -> str:
        return self._turn.when(self._runner.race.day, "day")

    def _start(self) -> str:
        return local_time(self._turn, self._runner, "starts_at")

    def _breakfast(self) -> str:
        return local_time(self._turn, self._runner, "breakfast_at")

    def _drink_early(self) -> str:
        body = hydration.body_of(self._turn.db, self._turn.person)
        if body.missing:
            return self._turn.say("drink_early")
        low, high = (round(ml / 10) * 10 for ml in rules.pre_race(body.kg).four_hours)
        return self._turn.say("drink_early_ml", low=low, high=high)

    def _drink_last(self) -> str:
        body = hydration.body_of(self._turn.db, self._turn.person)
        if not body.may_hear_amounts:
            return self._turn.say("drink_last")
        low, high = (round(ml) for ml in rules.LAST_ML)
        return self._turn.say("drink_last_ml", low=low, high=high)

    def _heat(self) -> str:
        return heat_words(self._turn, self._runner)


def heat_words(turn: Turn, runner: RaceRunner) -> str:
    """Say how warm it will be, which plan that is, and what it leaves of the goal."""
    race = runner.race
    normal = heat.normal(race.day.month)
    air = normal.mean_c if race.temperature is None else race.temperature
    wbgt = heat.wbgt_simple(air, normal.humidity)  # errs to the warm side when it is cool
    plan = "abcc"[heat.race_advice(wbgt)]
    key = "heat_normal" if race.temperature is None else "heat_told"
    said = turn.say(key, celsius=f"{air:.0f}", wbgt=f"{wbgt:.0f}", plan=plan.upper())
    aim = runner.goal_seconds
    if plan != "b" or not aim:  # in plan C there is no time to run for
        return said
    slower = round(heat.slowed_goal(aim, wbgt) / 60) * 60
    return said + turn.say("heat_goal", goal=goal.clock(aim), slower=goal.clock(slower)[:-3])
