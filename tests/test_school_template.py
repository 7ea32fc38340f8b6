"""The template school: whole, sensible for a runner, and movable in time for the demo."""

from datetime import date, time

import pytest
from school_folder import text_of

from models.content_files import load_tips
from models.school_files import SHEETS, TEMPLATE, read_school
from models.school_values import CoachRole, CodeKind, Intensity, race_sunday_after

CLASSES = ["S3", "S35", "S4", "S45", "S5", "S6", "FIN"]


@pytest.fixture(scope="module")
def school():
    return read_school(TEMPLATE)


def test_the_template_is_a_whole_school(school):
    assert [each.code for each in school.classes] == CLASSES
    assert len(school.curriculum) == len(school.sessions) == 25 * 7
    assert school.term.race_date == date(2027, 3, 7)
    assert school.term.race_start == time(9, 10)
    assert {each.goal_seconds for each in school.classes if each.code == "FIN"} == {None}
    assert school.classes[0].goal_seconds == 2 * 3600 + 59 * 60 + 59
    roles = [(each.class_code, each.role) for each in school.coaches]
    assert roles == [(code, role) for code in CLASSES for role in CoachRole]


def test_the_template_keeps_the_calendar_of_the_term(school):
    dates = {(each.class_code, each.week): each.date for each in school.sessions}
    assert dates["S4", 1] == date(2026, 9, 16)
    assert dates["S4", 11] == date(2026, 11, 25)
    assert dates["S4", 25] == date(2027, 3, 3)
    assert dates["FIN", 1] == date(2026, 9, 12)
    assert dates["FIN", 25] == date(2027, 2, 27)
    assert [each.class_code for each in school.sessions if each.cancelled_reason] == ["S35"]


def test_every_lesson_names_a_tip_meant_for_its_week_and_class(school):
    tips = {tip.id: tip for tip in load_tips()}
    misfits = [
        (lesson.week, lesson.class_code, lesson.tip)
        for lesson in school.curriculum
        if not tips[lesson.tip].fits(lesson.week, lesson.class_code)
    ]
    assert misfits == []


def test_the_foundation_comes_before_volume_and_the_taper_before_the_race(school):
    km = {(lesson.week, lesson.class_code): lesson.km for lesson in school.curriculum}
    kinds = {(lesson.week, lesson.class_code): lesson.intensity for lesson in school.curriculum}
    for code in CLASSES:
        assert max(km[week, code] for week in range(1, 7)) < km[15, code] < km[21, code]
        assert max(range(1, 26), key=lambda week, code=code: km[week, code]) == 21
        assert km[21, code] > km[23, code] > km[25, code]
        assert {kinds[week, code] for week in range(1, 5)} == {Intensity.CORE}


def test_crawling_is_taught_early_and_kept(school):
    crawls = [each for each in school.curriculum if "クマ歩き" in each.menu_ja]
    assert {each.week for each in crawls} >= {3, 5, 6, 10, 12}
    assert all("crawl" in each.menu_en.lower() for each in crawls)


def test_long_runs_end_within_the_time_of_their_class(school):
    limits = {"S45": 195, "S5": 195, "S6": 210, "FIN": 210}
    too_long = [
        (each.week, each.class_code, each.minutes)
        for each in school.curriculum
        if each.minutes > limits.get(each.class_code, 240)
    ]
    assert too_long == []


def test_a_session_leaves_room_for_its_main_part(school):
    minutes = {(each.week, each.class_code): each.minutes for each in school.curriculum}
    for session in school.sessions:
        assert session.minutes >= minutes[session.week, session.class_code] + 30


def test_a_class_without_a_goal_is_told_paces_in_words(school):
    finish = [each for each in school.curriculum if each.class_code == "FIN"]
    assert not any("{" in each.menu_ja + each.menu_en for each in finish)
    assert any("会話できるペース" in each.menu_ja for each in finish)


@pytest.mark.parametrize("file", [sheet.file for sheet in SHEETS])
def test_the_template_survives_being_saved_by_excel_in_japan(file):
    assert text_of(TEMPLATE, file).encode("cp932").decode("cp932") == text_of(TEMPLATE, file)


def test_the_template_names_no_standing_invitation_to_coach(school):
    invitations = [each for each in school.codes if each.kind is not CodeKind.MEMBER]
    assert len(invitations) == 15
    assert {each.code for each in invitations} == {None}
    members = [each.code for each in school.codes if each.kind is CodeKind.MEMBER]
    assert len(set(members)) == 7


def test_a_shifted_school_moves_sessions_and_codes_but_not_the_race(school):
    later = school.shifted(7)
    assert later.sessions[0].date == date(2026, 9, 23)
    assert later.codes[0].expires == date(2027, 3, 14)
    assert later.codes[-1].expires is None
    assert later.term.race_date == date(2027, 3, 7)
    assert school.shifted(7, race_date=date(2027, 3, 14)).term.race_date == date(2027, 3, 14)
    assert later.curriculum == school.curriculum


@pytest.mark.parametrize(
    "on", [date(2026, 11, 22), date(2026, 11, 23), date(2027, 1, 1), date(2028, 2, 29)]
)
def test_week_eleven_falls_in_the_week_of_any_day(school, on):
    moved = school.with_week(week=11, on=on)
    assert {s.date.isocalendar()[:2] for s in moved.sessions if s.week == 11} == {
        on.isocalendar()[:2]
    }
    assert [s.date.weekday() for s in moved.sessions] == [s.date.weekday() for s in school.sessions]


def test_a_week_nobody_meets_in_cannot_be_moved_to(school):
    with pytest.raises(ValueError, match="26"):
        school.with_week(week=26, on=date(2026, 11, 22))


@pytest.mark.parametrize(
    ("day", "race"),
    [
        (date(2026, 2, 28), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2027, 3, 7)),
        (date(2026, 11, 22), date(2027, 3, 7)),
        (date(2027, 3, 7), date(2028, 3, 5)),
    ],
)
def test_the_race_is_the_next_first_sunday_of_march(day, race):
    assert race_sunday_after(day) == race
