"""The template's term as a coach reads it: rest after hard days, no leap in the long run."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest

from models.rules import load
from models.school_files import TEMPLATE, read_school
from models.school_values import Intensity

SCHOOL = read_school(TEMPLATE)
CLASSES = [each.code for each in SCHOOL.classes]
LESSONS = {(each.class_code, each.week): each for each in SCHOOL.curriculum}
DAYS = {(each.class_code, each.week): each.date for each in SCHOOL.sessions}
ALONE = re.compile(r"各自でゆっくり([0-9.]+) km")
ALONE_EN = re.compile(r"([0-9.]+) km easy on your own")
SATURDAY = 5


def long_runs(code):
    """Return the day and km of each session and long run on one's own, from the first such on."""
    runs: list[tuple[date, float]] = []
    first = next(week for week in range(1, 26) if ALONE.search(LESSONS[code, week].menu_ja))
    for week in range(first, 26):
        lesson, day = LESSONS[code, week], DAYS[code, week]
        runs.append((day, lesson.km))
        if found := ALONE.search(lesson.menu_ja):
            runs.append((_alone(day, week), float(found[1])))
    return sorted(runs)


def _alone(day, week):
    if week == 16:
        return date(2027, 1, 3)  # the first weekend of the year
    return day + timedelta(days=1) if day.weekday() == SATURDAY else day + timedelta(days=4)


@pytest.mark.parametrize("code", CLASSES)
def test_no_long_run_leaps_over_that_of_the_last_thirty_days(code):
    runs = long_runs(code)
    for i in range(2, len(runs)):
        day, km = runs[i]
        last = [k for d, k in runs[:i] if day - d <= timedelta(days=30)]
        assert km <= load.LONG_RUN_GROWTH * max(last) + 1e-9, (code, day, km, max(last))


@pytest.mark.parametrize("code", CLASSES)
def test_the_days_after_the_half_and_the_longest_run_are_easy(code):
    for week in (18, 21):
        after = LESSONS[code, week + 1]
        days = (DAYS[code, week + 1] - DAYS[code, week]).days
        assert days >= 6 or after.intensity is Intensity.EASY, (code, week, days)


def test_nobody_meets_over_the_new_year():
    days = {each.date for each in SCHOOL.sessions}
    assert not days & {date(2026, 12, 31), *(date(2027, 1, n) for n in (1, 2, 3))}


@pytest.mark.parametrize("code", CLASSES)
def test_sessions_come_in_order_with_a_day_between_and_end_before_the_race(code):
    days = [DAYS[code, week] for week in range(1, 26)]
    assert all(b - a >= timedelta(days=3) for a, b in pairwise(days))
    assert timedelta(days=4) <= SCHOOL.term.race_date - days[-1] <= timedelta(days=8)


@pytest.mark.parametrize("code", CLASSES)
def test_the_taper_falls_week_by_week_and_the_longest_run_lies_four_weeks_before(code):
    km = [LESSONS[code, week].km for week in (21, 23, 24, 25)]
    assert km[0] > km[1] > km[2] and km[3] <= km[1]
    before = SCHOOL.term.race_date - DAYS[code, 21]
    assert timedelta(days=21) <= before <= timedelta(days=29)


def test_the_run_alone_is_the_same_in_both_languages():
    for lesson in SCHOOL.curriculum:
        ja, en = ALONE.search(lesson.menu_ja), ALONE_EN.search(lesson.menu_en)
        assert (ja and ja[1]) == (en and en[1]), (lesson.class_code, lesson.week)
