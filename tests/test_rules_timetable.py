"""A race by the clock: the tables of the domain for gates, gels at stations and splits."""

from __future__ import annotations

import pytest

from models.courses import course
from models.rules import carbs, timetable
from models.rules.timetable import Gate

TOKYO = course("tokyo")
GATES, STATIONS = TOKYO.gate_times(), TOKYO.drinks()
KM = 42.195


def test_margins_at_every_gate_of_a_six_hour_runner_from_the_back():
    margins = [timetable.margin(gate, 21600 / KM, 25 * 60) / 60 for gate in GATES]
    assert [round(m, 1) for m in margins] == [7.2, 0.5, 0.4, 6.9, 5.7, 3.2, 8.2, 30.4, 35.0]


def test_six_and_a_half_hours_fail_at_the_second_gate():
    margins = [timetable.margin(gate, 23400 / KM, 20 * 60) / 60 for gate in GATES]
    assert round(margins[1], 1) == -1.5
    assert min(margins) < 0


@pytest.mark.parametrize(("km", "pace"), [(9.9, "8:35"), (14.6, "8:33"), (30.1, "8:38")])
def test_the_pace_each_gate_asks_for(km, pace):
    gate = next(one for one in GATES if one.km == km)
    seconds = int(timetable.pace_needed(gate, 25 * 60))
    assert f"{seconds // 60}:{seconds % 60:02}" == pace


def test_someone_who_runs_to_finish_stays_inside_every_gate():
    finish = timetable.finishing_time(GATES, KM, 25 * 60)
    assert all(timetable.margin(gate, finish / KM, 25 * 60) > 0 for gate in GATES)
    assert (finish // 3600, finish // 60 % 60) == (5, 57)
    assert timetable.finishing_time((), KM, 0) == 6.5 * 3600


@pytest.mark.parametrize(
    ("goal", "target", "drink", "at"),
    [
        (14100, 45, 250, [7.5, 15, 25, 35]),
        (17999, 40, 150, [5, 12.5, 17.5, 25, 30, 37.5]),
        (10799, 60, 250, [10, 17.5, 22.5, 30]),
        (21599, 30, 100, [5, 10, 17.5, 25, 32.5]),
    ],
)
def test_gels_are_taken_at_the_station_before(goal, target, drink, at):
    gels = carbs.gels(goal, target, drink, 6.2)
    stops = timetable.stops(STATIONS, goal / KM, 100, gels)
    assert [stop.km for stop in stops if stop.gels] == at


def test_a_gel_before_the_first_station_is_not_put_behind_it():
    stops = timetable.stops(STATIONS, 700, 100, [carbs.Gel(45, 3.9)])
    assert not any(stop.gels for stop in stops)


def test_predicted_times_and_amounts_at_the_stations():
    stops = timetable.stops(STATIONS, 14100 / KM, 125.2, ())
    assert len(stops) == 15
    assert (stops[0].seconds, stops[0].ml, stops[0].sports) == (1671, 120, True)
    assert (stops[1].km, stops[1].sports) == (7.5, False)
    assert timetable.sports_ml_per_h(STATIONS, 125, 4.0) == 250


@pytest.mark.parametrize(
    ("goal", "row"),
    [
        (10799, "21:20 42:39 1:30:00 2:07:58 2:29:18 2:50:37"),
        (12599, "24:53 49:46 1:45:00 2:29:18 2:54:11 3:19:04"),
        (14100, "27:51 55:42 1:57:30 2:47:05 3:14:56 3:42:47"),
        (14399, "28:26 56:52 2:00:00 2:50:37 3:19:04 3:47:30"),
        (16199, "32:00 1:03:59 2:15:00 3:11:57 3:43:57 4:15:56"),
        (17999, "35:33 1:11:06 2:30:00 3:33:17 4:08:50 4:44:23"),
        (19799, "39:06 1:18:12 2:45:00 3:54:37 4:33:43 5:12:49"),
        (21599, "42:39 1:25:19 3:00:00 4:15:57 4:58:36 5:41:15"),
    ],
)
def test_even_splits(goal, row):
    shown = dict(timetable.splits(goal, KM))
    assert [shown[km] for km in (5, 10, 21.0975, 30, 35, 40)] == [_s(one) for one in row.split()]
    assert shown[KM] == goal


def test_a_half_marathon_has_the_marks_it_reaches():
    assert [km for km, _ in timetable.splits(6000, 21.0975)] == [5, 10, 15, 20, 21.0975]


def test_the_first_half_and_the_usual_offsets():
    assert timetable.half_window(14100) == (7021, 7078)
    assert [timetable.usual_offset(s) for s in (10799, 14399, 21599)] == [2, 10, 25]
    assert timetable.margin(Gate(10, 3600), 300, 600) == 0


def _s(clock):
    *hours, minutes, seconds = (int(part) for part in clock.split(":"))
    return (hours[0] if hours else 0) * 3600 + minutes * 60 + seconds
