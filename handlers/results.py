"""What a member ran in a test or a race, and what it predicts for the marathon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot import result_words
from bot.cards import Row, card
from bot.feature import Feature
from bot.messages import MAX_MESSAGES, Flex, Say, Text
from bot.questions import Distance, RunTime
from bot.turn import Answer, Ask, Occurrence, Turn
from models import enrolment, mute, result, school, session
from models.result import RaceResult
from models.rules import pace
from models.rules.result import clock, roughly
from models.rules.result import seconds as read_seconds
from models.school import SchoolClass

on = Feature("results")
LISTED = 40  # rows that stay within LINE's 30 kB a card
NEAR = 1.03  # [E] a prediction within three percent of the goal fits it


@dataclass(frozen=True)
class Drop:
    """A member deletes one of their results."""

    number: int


@on.word
def tell(turn: Turn) -> Answer:
    """Ask how far it was."""
    return _ask_distance(turn, "how_far")


@on.clock("session.result", topic=mute.PRACTICE)
def after_a_test(turn: Turn, occurrence: Occurrence) -> Answer:
    """Offer to keep the time of a test, unless it was told already."""
    found = session.by_id(turn.db, occurrence.subject)
    newest = result.of_person(turn.db, turn.person.key, 1)
    if found is None or found.cancelled or (newest and newest[0].ran_on == turn.today):
        return None
    return _ask_distance(turn, "ask")


@on.answer("distance", Distance())
def distance(turn: Turn, km: float) -> Answer:
    """Ask for the time."""
    return _ask_time(turn, "how_long", km, turn.today)


@on.answer("time", RunTime())
def time(turn: Turn, seconds: int) -> Answer:
    """Keep the result."""
    return _keep(turn, turn.memo["km"], seconds, date.fromisoformat(turn.memo["day"]))


@on.phrase
def told(turn: Turn, distance: float, run_time: str, day: date | None = None) -> Answer:
    """Keep a result told in one go; a day is one that has been."""
    ran_on = day or turn.today
    ran_on -= timedelta(days=7) if ran_on > turn.today else timedelta()
    seconds = read_seconds(run_time, distance)
    if seconds is None:
        return _ask_time(turn, "time_missing", distance, min(ran_on, turn.today))
    return _keep(turn, distance, seconds, min(ran_on, turn.today))


@on.button(Drop)
def drop(turn: Turn, tapped: Drop) -> Answer:
    """Delete one of one's own results."""
    row = result.drop(turn.db, turn.person.key, tapped.number)
    if row is None:
        return Text(turn.say("gone"))
    return Text(turn.say("dropped", day=row.ran_on, distance=result_words.distance(turn, row.km)))


@on.word
def of_my_classes(turn: Turn) -> Answer:
    """Show a coach the newest results of each class they lead."""
    classes = school.coached_by(turn.db, turn.person)[:MAX_MESSAGES]
    return [_list(turn, one) for one in classes] or Text(turn.say("no_class"))


def _ask_distance(turn: Turn, key: str) -> Ask:
    labels = ("five_label", "ten_label", "fifteen_label", "half_label")
    asked = Text(turn.say(key), tuple(Say(turn.say(label)) for label in labels))
    return Ask("results.distance", [asked])


def _ask_time(turn: Turn, key: str, km: float, ran_on: date) -> Ask:
    asked = Text(turn.say(key, **result_words.facts(turn, km)))
    return Ask("results.time", [asked], {"km": km, "day": ran_on.isoformat()})


def _keep(turn: Turn, km: float, seconds: int, ran_on: date) -> Text:
    row = RaceResult(person_id=turn.person.key, ran_on=ran_on, km=km, seconds=seconds)
    row.told_at, row.message_id = turn.at, turn.message_id
    kept = result.keep(turn.db, row)
    facts = {"distance": result_words.distance(turn, km), "time": clock(seconds)}
    said = [turn.say("kept", day=ran_on, **facts), *_outlook(turn, km, seconds)]
    taps = (
        Say(turn.say("season_label")),
        Say(turn.say("goal_label"), turn.say("goal_word")),
        turn.button("drop_label", Drop(kept.key)),
    )
    return Text("\n".join(said), taps)


def _outlook(turn: Turn, km: float, seconds: int) -> list[str]:
    """Say what a result predicts, and how that stands to the goal."""
    foreseen = result_words.predicted(km, seconds)
    if foreseen is None:
        return []
    times = {name: roughly(getattr(foreseen, name)) for name in ("best", "plan", "cautious")}
    held = enrolment.mine(turn.db, turn.person)
    goal = held.goal_seconds if held else None
    said = [turn.say("predicts", **times)]
    return [*said, turn.say(_stands(foreseen, goal), goal=clock(goal))] if goal else said


def _stands(foreseen: pace.Prediction, goal: int) -> str:
    if foreseen.plan * NEAR < goal:
        return "has_in_hand"
    return "on_course" if foreseen.best <= goal * NEAR else "far_off"


def _list(turn: Turn, class_: SchoolClass) -> Text | Flex:
    members = {p.key: p for p in school.members_of(turn.db, class_.key)}
    rows = result.of_people(turn.db, tuple(members))[:LISTED]
    name = class_.name(turn.language)
    if not rows:
        return Text(turn.say("list_empty", name=name))
    parts = [Row(members[r.person_id].name or turn.say("nameless"), _line(turn, r)) for r in rows]
    return card(turn.say("list_title"), parts, kicker=name)


def _line(turn: Turn, row: RaceResult) -> str:
    facts = {"distance": result_words.distance(turn, row.km), "time": clock(row.seconds)}
    return turn.say("list_row", day=row.ran_on, **facts)
