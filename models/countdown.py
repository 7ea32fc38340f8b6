"""The steps towards a race, from content/countdown.toml; nothing unsound is let in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from models.content_files import CONTENT, ContentFaults, Id, Text

STEP, SAFETY, CARBS = "race.step", "race.safety", "race.carbs"
GAPS = {"race", "day", "start", "breakfast", "drink_early", "drink_last", "heat"}
FACTS = {"sleeps:hotel", "sleeps:home"}  # conditions besides taps: what the runner told
Label = Annotated[str, Field(min_length=1, max_length=20)]
Minutes = Annotated[int, Field(ge=-12 * 60, le=12 * 60)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Tap(_Value):
    """One answer to a step; `offers` names the words that go on from there.

    `health`: which answer it was says something about a body, so that it is kept only with consent.
    """

    id: Id
    ja: Label
    en: Label
    reply_ja: Text
    reply_en: Text
    offers: tuple[Literal["coach", "tell", "settings", "check"], ...] = ()
    health: bool = False


class Extra(_Value):
    """Words added where a condition holds: `step:tap` was tapped (`unless`: was not)."""

    when: str = ""
    unless: str = ""
    ja: Text
    en: Text


class Step(_Value):
    """One step: so many days before the race, at an hour or in minutes from a personal one.

    It helps for `hours`; a safety step wants a tap by `answer_by` of the same day. `only` and
    `unless` are conditions as in Extra. `races`: for the goal race, for others, or for all;
    `invites`: for those who did not say yet whether they run.
    """

    id: Id
    kind: Literal["race.step", "race.safety", "race.carbs"]
    days: int = Field(ge=-7, le=60)
    at: time | None = None
    start: Minutes | None = None
    breakfast: Minutes | None = None
    finish: Minutes | None = None
    hours: float = Field(gt=0, le=24 * 14)
    answer_by: time | None = None
    races: Literal["goal", "other", "all"] = "goal"
    invites: bool = False
    only: str = ""
    unless: str = ""
    official: bool = False
    title_ja: Text
    title_en: Text
    ja: str = Field(default="", max_length=600)
    en: str = Field(default="", max_length=600)
    taps: tuple[Tap, ...] = ()
    extras: tuple[Extra, ...] = ()

    @property
    def is_safety(self) -> bool:
        """Whether silence is told to the coaches."""
        return self.kind == SAFETY

    @property
    def is_personal(self) -> bool:
        """Whether its hour hangs on the runner's own."""
        return self.at is None

    def title(self, language: str) -> str:
        """Return the title in a language."""
        return self.title_ja if language == "ja" else self.title_en

    def tap(self, name: str) -> Tap | None:
        """Return one of its taps."""
        return next((one for one in self.taps if one.id == name), None)

    def holds(self, told: Mapping[str, str]) -> bool:
        """Whether the step is meant for someone who told this."""
        return fits(self.only, self.unless, told)


def fits(when: str, unless: str, told: Mapping[str, str]) -> bool:
    """Say whether `when` (if any) holds and `unless` (if any) does not."""
    return (not when or _is_so(when, told)) and not (unless and _is_so(unless, told))


def _is_so(condition: str, told: Mapping[str, str]) -> bool:
    name, _, value = condition.partition(":")
    return told.get(name) == value


@cache
def load_countdown(path: Path = CONTENT / "countdown.toml") -> tuple[Step, ...]:
    """Return the steps in their order; ContentFaults holds every fault."""
    faults: list[str] = []
    steps = _read(path, faults)
    faults += [f"{path.name}: {fault}" for fault in _faults(steps)]
    if faults:
        raise ContentFaults(faults)
    return steps


def step(name: str) -> Step | None:
    """Return a step by its id."""
    return next((one for one in load_countdown() if one.id == name), None)


def _read(path: Path, faults: list[str]) -> tuple[Step, ...]:
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get("step", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{path.name}: {error}")
        return ()
    made = [_made(entry, path.name, faults) for entry in entries]
    if not entries:
        faults.append(f"{path.name}: there is no [[step]]")
    return tuple(one for one in made if one)


def _made(entry: dict[str, Any], name: str, faults: list[str]) -> Step | None:
    try:
        return Step(**entry)
    except ValidationError as error:
        where = f"{name}: {entry.get('id')}"
        faults += [f"{where}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        return None


def _faults(steps: tuple[Step, ...]) -> Iterator[str]:
    told: set[str] = set(FACTS)
    days = [one.days for one in steps]
    if days != sorted(days, reverse=True):
        yield "the steps do not stand in the order of their days"
    for one in steps:
        if any(one is not other and one.id == other.id for other in steps):
            yield f"{one.id}: stands twice"
        yield from (f"{one.id}: {fault}" for fault in _faults_of(one, told))
        told |= {f"{one.id}:{tap.id}" for tap in one.taps}


def _faults_of(one: Step, told: set[str]) -> Iterator[str]:
    yield from _faults_of_hours(one)
    if one.kind != CARBS and not (one.ja and one.en and one.taps):
        yield "needs ja, en and at least one tap"
    if one.invites and {tap.id for tap in one.taps} != {"yes", "no"}:
        yield "an invitation is answered with yes or no"
    own = {f"{one.id}:{tap.id}" for tap in one.taps}
    for condition in _conditions(one):
        if condition not in told | own:
            yield f"{condition!r} is no tap of an earlier step"
    if _gaps(one.ja) != _gaps(one.en):
        yield f"gaps {sorted(_gaps(one.ja))} in ja, {sorted(_gaps(one.en))} in en"
    if unknown := _gaps(one.ja) - GAPS:
        yield f"unknown gaps {sorted(unknown)}"


def _faults_of_hours(one: Step) -> Iterator[str]:
    hours = [one.at, one.start, one.breakfast, one.finish]
    if sum(hour is not None for hour in hours) != 1:
        yield "needs one of at, start, breakfast and finish"
    if one.is_personal and one.days != 0:
        yield "a personal hour is one of race day (days = 0)"
    if one.is_safety != (one.answer_by is not None):
        yield "answer_by belongs to safety steps, and each has one"
    elif one.is_safety and not (one.at and one.answer_by and one.at < one.answer_by):
        yield "a safety step needs an hour of its own before answer_by: its deadline is one for all"


def _conditions(one: Step) -> list[str]:
    pairs = [(one.only, one.unless), *((e.when, e.unless) for e in one.extras)]
    return [condition for pair in pairs for condition in pair if condition]


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
