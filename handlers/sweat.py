"""The sweat test: weigh, run, weigh again; a pause of any length in between does no harm."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot import hydration, hydration_words, sweat_words
from bot.feature import Feature
from bot.messages import Say, Text
from bot.sweat_readings import EXPECTED
from bot.turn import Answer, Ask, Turn
from models import health, sweat
from models.rules import heat
from models.rules.hydration_sweat import SweatFault
from models.sweat import Weighing

on = Feature("sweat")
WEIGHED = set(sweat.STEPS[:6])  # what the rate needs


@on.word
def sweat_test(turn: Turn) -> Answer:
    """Begin a test, or go on with the one that is open."""
    return _test(turn)


@on.phrase
def wants_test(turn: Turn) -> Answer:
    """The same, asked for in a sentence."""
    return _test(turn)


def _test(turn: Turn) -> Answer:
    if refused := _refused(turn):
        return refused
    test = sweat.open_test(turn.db, turn.person)
    known = sweat.values(turn.db, test) if test else {}
    if test is None or sweat.BEFORE not in known:
        return _begin(turn)
    told = turn.say("open", at=test.started_at, kg=known[sweat.BEFORE])
    return Text(told, (_word(turn, "ran"), _word(turn, "start_over")))


@on.word
def start_over(turn: Turn) -> Answer:
    """Leave the open test and begin another."""
    return _refused(turn) or _begin(turn)


@on.word
def ran(turn: Turn) -> Answer:
    """Go on after the run."""
    if refused := _refused(turn):
        return refused
    test = sweat.open_test(turn.db, turn.person)
    return _next(turn, test) if test else _no_test(turn)


def answered(turn: Turn, value: Decimal | float) -> Answer:
    """Keep the value that was asked for, and ask for the next one."""
    if refused := _refused(turn):
        return refused
    test = sweat.open_test(turn.db, turn.person)
    if test is None or test.key != turn.memo["test"]:
        return _no_test(turn)
    row = sweat.WeighingValue(
        weighing_id=test.key,
        person_id=turn.person.key,
        name=turn.memo["step"],
        at=turn.at,
        message_id=turn.message_id,
    )
    row.value = round(float(value), 2)
    health.keep(turn.db, turn.person, row)
    if row.name == sweat.BEFORE:
        return _off_you_go(turn, row)
    return _next(turn, test)


for _step, _expected in EXPECTED.items():
    on.answer(_step, _expected)(answered)


def _begin(turn: Turn) -> Answer:
    test = sweat.begin(turn.db, turn.person, turn.at)
    return Ask("sweat.before", [Text(turn.say("begin"))], _memo(test, sweat.BEFORE, {}))


def _off_you_go(turn: Turn, row: sweat.WeighingValue) -> Answer:
    """Note the first weight, also as the body's where none is known, and let them run."""
    if health.weight_kg(turn.db, turn.person) is None:
        weight = health.BodyWeight(person_id=turn.person.key, at=turn.at, message_id=row.message_id)
        weight.kg = round(row.value, 1)
        health.keep(turn.db, turn.person, weight)
    return Text(turn.say("run_now", kg=row.value), (_word(turn, "ran"),))


def _next(turn: Turn, test: Weighing) -> Answer:
    """Ask for the first value that is missing; say the result when none is."""
    known = sweat.values(turn.db, test)
    if set(known) >= WEIGHED and (fault := sweat.rate(known).fault):
        return _faulty(turn, test, fault, known)
    step = next((one for one in sweat.STEPS if one not in known), None)
    if step is not None:
        return _ask(turn, test, step, known)
    sweat.close(turn.db, test, turn.at)
    return sweat_words.result(turn, known)


def _ask(turn: Turn, test: Weighing, step: str, known: dict[str, Any], before: str = "") -> Ask:
    memo = _memo(test, step, known)
    memo["usual"] = _usual_air(turn, test)
    number = sweat.STEPS.index(step)
    words = turn.say(f"ask_{step}", number=number, usual=f"{memo['usual']:.0f}")
    offers = EXPECTED[step].offers(replace(turn, memo=memo))
    return Ask(f"sweat.{step}", [Text(f"{before}\n{words}".strip(), offers)], memo)


def _faulty(turn: Turn, test: Weighing, fault: SweatFault, known: dict[str, Any]) -> Answer:
    """Say what does not fit and ask that value again; drinking too much is said as such."""
    if fault is SweatFault.DRANK_TOO_MUCH:
        sweat.close(turn.db, test, turn.at)
        return Text(turn.say("drank_too_much"), (_word(turn, "start_over"),))
    wrong = {SweatFault.HOURS: sweat.MINUTES, SweatFault.DRINK: sweat.DRUNK}
    step = wrong.get(fault, sweat.AFTER)
    sweat.drop(turn.db, test, step)
    lost = known[sweat.BEFORE] - known[sweat.AFTER]
    told = turn.say(
        f"fault_{fault}", before=known[sweat.BEFORE], after=known[sweat.AFTER], lost=abs(lost)
    )
    return _ask(turn, test, step, known, told)


def _usual_air(turn: Turn, test: Weighing) -> float:
    """Return the air of the session that day where it is known, else the month's."""
    ahead = hydration.ran_at(turn.db, turn.person, test.started_at, turn.zone)
    return ahead.celsius if ahead else heat.normal(turn.local(test.started_at).month).mean_c


def _memo(test: Weighing, step: str, known: dict[str, Any]) -> dict[str, Any]:
    return {"test": test.key, "step": step, sweat.MINUTES: known.get(sweat.MINUTES, 60)}


def _no_test(turn: Turn) -> Text:
    return Text(turn.say("no_test"), (_word(turn, "sweat_test"),))


def _refused(turn: Turn) -> Text | None:
    """Say why there is no test: no consent, no screening, or the doctor's advice comes first."""
    body = hydration.body_of(turn.db, turn.person)
    if body.may_hear_amounts:
        return None
    return Text(turn.say(f"no_{body.missing}"), hydration_words.mend(turn, body.missing))


def _word(turn: Turn, handler: str) -> Say:
    return Say(turn.texts.first_word(handler, turn.language))
