"""わたしの記録: sessions attended, results with what they predict, load, the coach's scores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot import result_words
from bot.cards import Bar, Note, Part, Row, Small, card
from bot.consult_card import coach_name
from bot.feature import Feature
from bot.messages import Say, Text
from bot.turn import Answer, Turn
from models import attendance, carb, health, person, result, school, score, session, training
from models.result import RaceResult
from models.rules import load
from models.rules.result import clock, roughly
from models.school import SchoolClass
from models.score import Score

on = Feature("season")
SHOWN = 4  # results and scores on the card
WEEKS = 4
LONGEST = 120  # signs of a coach's words: all of them came when they were given


@on.word
def season(turn: Turn) -> Answer:
    """Show the season so far."""
    class_ = school.class_of(turn.db, turn.person)
    if class_ is None:
        return Text(turn.say("no_class"))
    parts = [*_attended(turn, class_), *_results(turn), *_load(turn), *_fuel(turn)]
    parts += _scores(turn)
    taps = (Say(turn.say("add_label"), turn.say("add_word")), Say(turn.say("week_label")))
    return card(turn.say("title"), parts, kicker=class_.name(turn.language), quick=taps)


def _attended(turn: Turn, class_: SchoolClass) -> list[Part]:
    been = attendance.attended_in_term(turn.db, turn.person.key, class_.term_id)
    held = max(session.held(turn.db, class_.key), been, 1)
    words = Note(turn.say("halfway" if been else "started"))
    return [Bar(turn.say("attended", been=been, all=held), been / held), words]


def _results(turn: Turn) -> list[Part]:
    rows = result.of_person(turn.db, turn.person.key, SHOWN)
    if not rows:
        return [Small(turn.say("no_results"))]
    return [
        Note(turn.say("results"), strong=True),
        *_result_rows(turn, rows),
        *_foreseen(turn, rows),
    ]


def _result_rows(turn: Turn, rows: Sequence[RaceResult]) -> list[Part]:
    return [
        Row(
            turn.say("result_label", day=row.ran_on),
            turn.say(
                "result", distance=result_words.distance(turn, row.km), time=clock(row.seconds)
            ),
        )
        for row in rows
    ]


def _foreseen(turn: Turn, rows: Sequence[RaceResult]) -> list[Part]:
    """Return what the newest result that predicts anything predicts."""
    found = (result_words.predicted(row.km, row.seconds) for row in rows)
    newest = next((one for one in found if one), None)
    if newest is None:
        return []
    times = {name: roughly(getattr(newest, name)) for name in ("best", "plan", "cautious")}
    return [Row(turn.say("foreseen_label"), turn.say("foreseen", **times))]


def _load(turn: Turn) -> list[Part]:
    """Return four weeks of load as bars; health data, so only with consent."""
    monday = turn.today - timedelta(days=turn.today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    days = _days(turn, first)
    if not days:
        return []
    weeks = [_week_total(days, first + timedelta(weeks=n)) for n in range(WEEKS)]
    highest = max(total for _, total in weeks) or 1.0
    bars = [Bar(turn.say("week", day=day, load=round(n)), n / highest) for day, n in weeks]
    return [Note(turn.say("load"), strong=True), *bars, *_rise(turn, days, first)]


def _days(turn: Turn, first: date) -> dict[date, float]:
    if not health.has_consent(turn.db, turn.person, health.HEALTH):
        return {}
    since = datetime.combine(first, time(), turn.zone)
    return training.loads(turn.db, turn.person.key, since, turn.zone)


def _week_total(days: dict[date, float], monday: date) -> tuple[date, float]:
    week = (monday + timedelta(days=n) for n in range(7))
    return monday, sum(days.get(day, 0.0) for day in week)


def _rise(turn: Turn, days: dict[date, float], first: date) -> list[Part]:
    """Say when the load rose sharply; a guide and no diagnosis (Impellizzeri 2020)."""
    start = max(first, min(days))
    every = [days.get(start + timedelta(days=n), 0.0) for n in range((turn.today - start).days + 1)]
    trend = load.trend(every)
    if trend is None or trend.ratio < load.SHARP_RISE:
        return []
    return [Small(turn.say("rise", times=f"{trend.ratio:.1f}"))]


def _fuel(turn: Turn) -> list[Part]:
    """Return how the race's food was rehearsed, if it was."""
    outcomes = list(carb.rehearsed(turn.db, turn.person).values())
    tried = sum(outcome != carb.NOT_TRIED for outcome in outcomes)
    key = "fuel_upset" if carb.UPSET in outcomes else "fuel"
    return [Row(turn.say("fuel_label"), turn.say(key, n=tried))] if tried else []


def _scores(turn: Turn) -> list[Part]:
    rows = score.of_person(turn.db, turn.person.key, SHOWN)
    notes = [Note(_score(turn, row)) for row in rows]
    return [Note(turn.say("scores"), strong=True), *notes] if notes else []


def _score(turn: Turn, row: Score) -> str:
    by = person.by_ids(turn.db, [row.coach_id] if row.coach_id else [])
    name = coach_name(turn, by[0], row.class_id) if by else turn.say("a_coach")
    words = row.words if len(row.words) <= LONGEST else row.words[:LONGEST] + "…"
    return turn.say("score", day=row.given_at, mark=row.mark, words=words, coach=name)
