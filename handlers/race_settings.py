"""My race: whether it is entered, the own start, breakfast, and where one sleeps before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from bot import last_words, race_late, race_settings_card, race_words
from bot.feature import Feature
from bot.messages import Text
from bot.race_answers import Block, HourTold, StartTold
from bot.race_settings_card import AskAbout, Entered, Sleeps
from bot.turn import Answer, Ask, Turn
from models import enrolment, race, race_calendar
from models.race import Race, RaceFact
from models.race_runner import BREAKFAST, ENTRY, SLEEPS, START, YES

on = Feature("race_settings")
LATEST_START = 120  # minutes after the gun
EARLIEST_BREAKFAST, LATEST_BREAKFAST = timedelta(hours=6), timedelta(minutes=30)
START_TOLD, HOUR_TOLD = StartTold(), HourTold()


@on.word
def settings(turn: Turn) -> Answer:
    """Show what is known about the member's next race."""
    found = _next(turn)
    return race_settings_card.show(turn, found) if found else Text(turn.say("no_race"))


@on.button(Entered)
def entered(turn: Turn, tapped: Entered) -> Answer:
    """Keep whether the race is run; for the goal race that stands in the membership."""
    found, held = _mine(turn, tapped.race), enrolment.mine(turn.db, turn.person)
    if found is None or held is None:
        return Text(turn.say("not_yours"))
    began = turn.now >= race_calendar.first_due(found, turn.zone)
    late = found.is_goal and began and not race.runner(turn.db, turn.person, found).runs
    if not last_words.is_last(turn, "entry" if found.is_goal else f"entry:{found.key}"):
        return race_settings_card.show(turn, found)
    if found.is_goal:
        enrolment.enter_race(turn.db, held, tapped.answer)
    if late or not found.is_goal:
        _tell(turn, found, ENTRY, tapped.answer)  # and since when it is theirs
    said = Text(turn.say(f"entered_{tapped.answer}", race=found.name(turn.language)))
    if tapped.answer != YES:
        return said
    shown = [race_settings_card.show(turn, found)]
    if late:  # the countdown is running: what went by and still helps comes with the answer
        shown.append(race_late.what_helps(turn, race.runner(turn.db, turn.person, found)))
    return [said, *shown]


@on.button(AskAbout)
def about(turn: Turn, tapped: AskAbout) -> Answer:
    """Show a race, or ask for an hour of it."""
    found = _mine(turn, tapped.race)
    if found is None:
        return Text(turn.say("not_yours"))
    if tapped.what == "race":
        return race_settings_card.show(turn, found)
    return _ask(turn, found, tapped.what)


@on.button(Sleeps)
def sleeps(turn: Turn, tapped: Sleeps) -> Answer:
    """Keep where the member sleeps before the race."""
    found = _mine(turn, tapped.race)
    if found is None:
        return Text(turn.say("not_yours"))
    _tell(turn, found, SLEEPS, tapped.where)
    return Text(turn.say(f"kept_{tapped.where}"))


@on.answer("start", START_TOLD)
def start(turn: Turn, told: time | int | Block) -> Answer:
    """Keep the start as minutes after the gun; a block alone does not say when it starts."""
    found = _mine(turn, turn.memo["race"])
    if found is None:
        return Text(turn.say("not_yours"))
    if isinstance(told, Block):
        return _ask(turn, found, "start", turn.say("block", name=told.name))
    minutes = told if isinstance(told, int) else _minutes(found, told)
    if not 0 <= minutes <= LATEST_START:
        return _ask(
            turn, found, "start", turn.say("start_when", gun=race_words.gun_time(turn, found))
        )
    _tell(turn, found, START, str(minutes))
    return _kept(turn, found, "start")


@on.answer("breakfast", HOUR_TOLD)
def breakfast(turn: Turn, told: time) -> Answer:
    """Keep the hour of breakfast."""
    found = _mine(turn, turn.memo["race"])
    if found is None:
        return Text(turn.say("not_yours"))
    starts_at = race.runner(turn.db, turn.person, found).starts_at
    before = starts_at - datetime.combine(found.day, told, found.tz)
    if not LATEST_BREAKFAST <= before <= EARLIEST_BREAKFAST:
        return _ask(turn, found, "breakfast", turn.say("breakfast_when"))
    _tell(turn, found, BREAKFAST, f"{told:%H:%M}")
    return _kept(turn, found, "breakfast")


@on.phrase
def start_at(turn: Turn, clock: time) -> Answer:
    """Take a start that was sent with the word."""
    found = _next(turn)
    return start(_about(turn, found), clock) if found else Text(turn.say("no_race"))


@on.phrase
def start_after(turn: Turn, minutes: Decimal) -> Answer:
    """Take minutes after the gun that were sent with the word."""
    found = _next(turn)
    return start(_about(turn, found), int(minutes)) if found else Text(turn.say("no_race"))


@on.phrase
def breakfast_at(turn: Turn, clock: time) -> Answer:
    """Take a breakfast that was sent with the word."""
    found = _next(turn)
    return breakfast(_about(turn, found), clock) if found else Text(turn.say("no_race"))


def _about(turn: Turn, found: Race) -> Turn:
    return replace(turn, memo={"race": found.key})


def _ask(turn: Turn, found: Race, what: str, why: str = "") -> Ask:
    """Ask for an hour, after a word about the answer before where there was one."""
    asked = turn.say(
        f"ask_{what}", race=found.name(turn.language), gun=race_words.gun_time(turn, found)
    )
    offers = START_TOLD.offers(turn) if what == "start" else HOUR_TOLD.offers(turn)
    return Ask(f"race_settings.{what}", [Text(why or asked, offers)], {"race": found.key})


def _kept(turn: Turn, found: Race, what: str) -> Text:
    runner = race.runner(turn.db, turn.person, found)
    hours = ("starts_at", "breakfast_at")
    begins, eats = (race_words.local_time(turn, runner, hour) for hour in hours)
    return Text(turn.say(f"kept_{what}", start=begins, breakfast=eats))


def _next(turn: Turn) -> Race | None:
    """Return the next race the member runs, else the goal race, so that they can say yes."""
    ahead = race.ahead(turn.db, turn.person, turn.now)
    goal = next((one for one in ahead if one.is_goal), None)
    return race.of_person(turn.db, turn.person, turn.now) or goal


def _mine(turn: Turn, number: int) -> Race | None:
    """Return a race of the member's own term that is not over; a button is not believed."""
    ahead = race.ahead(turn.db, turn.person, turn.now)
    return next((one for one in ahead if one.key == number), None)


def _minutes(found: Race, at: time) -> int:
    after = datetime.combine(found.day, at, found.tz) - found.starts_at
    return int(after.total_seconds() // 60)


def _tell(turn: Turn, found: Race, name: str, value: str) -> None:
    if not last_words.is_last(turn, f"fact:{found.key}:{name}"):
        return
    fact = RaceFact(
        person_id=turn.person.key,
        race_id=found.key,
        name=name,
        value=value,
        at=turn.at,
        message_id=turn.message_id,
    )
    race.tell(turn.db, fact)
