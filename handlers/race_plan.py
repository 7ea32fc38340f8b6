"""The race plan: splits, gates, and what to drink and take at each station, on cards."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from bot import race_fuel_words, race_numbers
from bot.cards import Note, Part, Row, Small, card, carousel
from bot.feature import Feature
from bot.messages import Flex, Say, Text
from bot.race_numbers import RaceNumbers
from bot.turn import Answer, Turn
from models.rules import timetable
from models.rules.goal import clock
from models.rules.heat import RaceFlag
from models.rules.timetable import Gate

on = Feature("race_plan")
HIGHEST_CELSIUS = 40
NAMED_KM = {21.0975: "half", 42.195: "finish"}


@on.word
def race_plan(turn: Turn) -> Answer:
    """Show the plan in the month's usual weather."""
    return _plan(turn, None)


@on.phrase
def race_plan_at(turn: Turn, number: Decimal) -> Answer:
    """Show the plan at a temperature in °C, with the goal this heat leaves."""
    if number > HIGHEST_CELSIUS:
        return Text(turn.say("which_celsius"))
    return _plan(turn, float(number))


@on.phrase
def goal_pace(turn: Turn) -> Answer:
    """Answer a question about pace or gates with the plan."""
    return _plan(turn, None)


def _plan(turn: Turn, celsius: float | None) -> Answer:
    numbers = race_numbers.of_person(turn.db, turn.person, celsius)
    if numbers is None:
        return Text(turn.say("no_race"))
    if numbers.flag is RaceFlag.BLACK and celsius is not None:
        return Text(turn.say("black", celsius=f"{celsius:.0f}"), (_say(turn, "coach_word"),))
    fuel = race_fuel_words.cards(turn, numbers)
    withheld = race_fuel_words.withheld(numbers)
    cards = (
        [*fuel, _gates(turn, numbers)]
        if withheld
        else [
            _splits(turn, numbers),
            _gates(turn, numbers),
            *fuel,
        ]
    )
    quick = [_say(turn, key) for key in ("fluid_word", "before_word", "coach_word")]
    return carousel([one for one in cards if one], quick)


def _splits(turn: Turn, numbers: RaceNumbers) -> Flex:
    parts: list[Part] = [*_goal_rows(turn, numbers)]
    parts += [
        Row(_place(turn, km), clock(seconds))
        for km, seconds in timetable.splits(numbers.goal, numbers.race.km)
    ]
    early, late = timetable.half_window(numbers.goal)
    slow = _pace(numbers.pace + timetable.SLOW_START_S)
    how = "tactic" if numbers.wished else "tactic_finish"
    parts.append(Note(turn.say(how, slow=slow, early=clock(early), late=clock(late))))
    if notes := numbers.course.notes(turn.language):
        parts.append(Small(notes))
    parts.append(Small(turn.say("watch")))
    return card(turn.say("splits_title"), parts, kicker=numbers.race.name(turn.language))


def _goal_rows(turn: Turn, numbers: RaceNumbers) -> list[Part]:
    """Return goal and pace, with what the heat makes of them, or a kind word to finishers."""
    rows: list[Part] = []
    if numbers.wished is None:
        rows += [Note(turn.say("to_finish")), Row(turn.say("aim_label"), clock(numbers.goal))]
    else:
        rows.append(Row(turn.say("goal_label"), clock(numbers.wished)))
    if numbers.slowed:
        in_heat = turn.say("in_heat", goal=clock(numbers.goal), wbgt=f"{numbers.wbgt:.0f}")
        rows.append(Row(f"{numbers.celsius:.0f} °C", in_heat))
    if not numbers.is_normal and numbers.flag in {RaceFlag.YELLOW, RaceFlag.RED}:
        rows.append(Note(turn.say(f"flag_{numbers.flag}"), strong=True))
    pace = turn.say("pace", pace=_pace(numbers.pace))
    return [*rows, Row(turn.say("pace_label"), pace)]


def _gates(turn: Turn, numbers: RaceNumbers) -> Flex | None:
    gates = numbers.course.gate_times()
    if not gates:
        return None
    minutes = numbers.offset_s // 60
    start = "start_told" if numbers.offset_known else "start_supposed"
    parts: list[Part] = [
        Note(turn.say(start, minutes=minutes, at=_after_gun(numbers, numbers.offset_s)))
    ]
    parts += [_gate(turn, numbers, gate) for gate in gates]
    parts.append(_verdict(turn, numbers, gates))
    parts.append(Small(turn.say("gates_source", year=numbers.course.gates_year)))
    return card(turn.say("gates_title"), parts)


def _gate(turn: Turn, numbers: RaceNumbers, gate: Gate) -> Row:
    spare = timetable.margin(gate, numbers.pace, numbers.offset_s)
    closes = turn.say("closes", at=_after_gun(numbers, gate.closes_s))
    key = "missed" if spare < 0 else "tight" if spare < timetable.TIGHT_S else "spare"
    minutes = f"{spare // 60:.0f}" if key == "spare" else f"{abs(spare) / 60:.1f}"
    said = turn.say(key, minutes=minutes)
    return Row(_place(turn, gate.km), f"{closes} {said}")


def _verdict(turn: Turn, numbers: RaceNumbers, gates: tuple[Gate, ...]) -> Note:
    """Say plainly whether this pace passes the gates, and which one would."""
    strictest = min(gates, key=lambda gate: timetable.pace_needed(gate, numbers.offset_s))
    needed = _pace(timetable.pace_needed(strictest, numbers.offset_s))
    spare = {gate: timetable.margin(gate, numbers.pace, numbers.offset_s) for gate in gates}
    if missed := [gate for gate in gates if spare[gate] < 0]:
        place = _place(turn, missed[0].km)
        return Note(turn.say("too_slow", place=place, pace=needed), strong=True)
    tightest = min(gates, key=lambda gate: spare[gate])
    if spare[tightest] < timetable.TIGHT_S:
        words = turn.say("just_inside", place=_place(turn, tightest.km), pace=needed)
        return Note(words, strong=True)
    return Note(turn.say("inside", place=_place(turn, strictest.km), pace=needed))


def _after_gun(numbers: RaceNumbers, seconds: int) -> str:
    """Write a time of day where the race is run."""
    at = numbers.race.starts_at + timedelta(seconds=seconds)
    return f"{at.astimezone(numbers.race.tz):%H:%M}"


def _place(turn: Turn, km: float) -> str:
    return turn.say(NAMED_KM[km]) if km in NAMED_KM else f"{km:g} km"


def _pace(seconds: float) -> str:
    """Write a pace, rounded down so that it is safe for the goal."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _say(turn: Turn, key: str) -> Say:
    return Say(turn.say(key))
