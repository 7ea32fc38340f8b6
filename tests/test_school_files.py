"""A school's folder: the template reads whole, and every fault is named where it stands."""

import shutil
from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.content_files import load_tips
from models.school_files import SHEETS, TEMPLATE, SchoolFaults, read_school
from models.school_values import CoachRole, CodeKind, Intensity, Language, race_sunday_after

CLASSES = ["S3", "S35", "S4", "S45", "S5", "S6", "FIN"]


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(TEMPLATE, tmp_path / "school")


@pytest.fixture(scope="module")
def school():
    return read_school(TEMPLATE)


def text_of(folder, file):
    return (folder / file).read_bytes().decode("utf-8-sig")


def write(folder, file, text):
    (folder / file).write_bytes(text.encode())


def replace(folder, file, old, new):
    text = text_of(folder, file)
    assert old in text, f"{file} no longer holds {old!r}"
    write(folder, file, text.replace(old, new, 1))


def faults_of(folder):
    with pytest.raises(SchoolFaults) as raised:
        read_school(folder)
    return raised.value.faults


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r\n,,,,,,,,\r\n"])
def test_what_a_spreadsheet_writes_is_read(folder, school, encoding, newline):
    for file in ("term.csv", "coaches.csv", "curriculum.csv"):
        lines = text_of(folder, file).replace("\r\n", newline)
        (folder / file).write_bytes(lines.encode(encoding))
    assert read_school(folder) == school


def test_full_width_digits_and_other_dates_are_read(folder, school):
    replace(folder, "term.csv", "2027-03-07,09:10", "２０２７年３月７日,９：１０")
    replace(folder, "classes.csv", "3:59:59,40,mon", "３：５９：５９,４０,月曜日")
    replace(folder, "sessions.csv", "2026-09-16", "2026/9/16")
    replace(folder, "sessions.csv", "S4,11,", "ｓ４,１１,")
    assert read_school(folder) == school


def test_typed_codes_lose_spaces_and_hyphens(folder):
    replace(folder, "codes.csv", "main,S3,,", "main,S3,abcd-efgh 2345 z,2026/9/9")
    code = next(each for each in read_school(folder).codes if each.kind is CodeKind.MAIN)
    assert (code.code, code.expires) == ("ABCDEFGH2345Z", date(2026, 9, 9))


def test_texts_stay_as_the_coach_wrote_them(folder):
    replace(folder, "curriculum.csv", "体幹① 呼吸とお腹の力", "体幹①！(呼吸)")
    assert "体幹①！(呼吸)" in {each.theme_ja for each in read_school(folder).curriculum}


FAULTS = [
    ("term.csv", "2027-03-07", "2027-02-29", 2, "race_date", "2027-02-29"),
    ("term.csv", "2027-03-07", "７日", 2, "race_date", "7日"),
    ("term.csv", "09:10", "25:10", 2, "race_start", "25:10"),
    ("term.csv", "2026\r\n", "2026\r\nx,y,z,a,b,2027-03-07,9:10,2026\r\n", 3, "code", "one term"),
    ("term.csv", "2026-27,", "=1+1,", 2, "code", "formula"),
    ("term.csv", "2026-27,", "＝1+1,", 2, "code", "formula"),
    ("term.csv", "2026-27,", "@SUM,", 2, "code", "formula"),
    ("term.csv", "2026-27,", "\t2026,", 2, "code", "formula"),
    ("term.csv", "2026-27,", "a\x07b,", 2, "code", "control"),
    ("term.csv", "2026-27,", "x" * 501 + ",", 2, "code", "501"),
    ("term.csv", "2026-27,", ",", 2, "code", "blank"),
    ("term.csv", ",source_year", ",year", 1, "year", "unknown column"),
    ("term.csv", ",source_year", ",year", 1, "source_year", "missing"),
    ("term.csv", "name_ja,name_en", "name_ja,name_ja", 1, "name_ja", "twice"),
    ("term.csv", "2026\r\n", "2026,,9\r\n", 2, "", "outside"),
    ("term.csv", "2026-27,", '"2026-27,', 2, "", "well-formed"),
    ("classes.csv", "3:59:59", "3:61:00", 4, "goal", "3:61:00"),
    ("classes.csv", "3:59:59", "0:40:00", 4, "goal", "2 to 8 hours"),
    ("classes.csv", ",20,mon", ",-5,mon", 2, "capacity", "formula"),
    ("classes.csv", ",20,mon", ",1_000,mon", 2, "capacity", "1_000"),
    ("classes.csv", ",20,mon", ",20,someday", 2, "notice_weekday", "someday"),
    ("classes.csv", ",ja\r\nS35", ",fr\r\nS35", 2, "language", "ja / en"),
    ("classes.csv", "\r\nS35,", "\r\nS3,", 3, "class", "line 2"),
    ("classes.csv", "\r\nFIN,", "\r\nWALK,", 15, "class", '"FIN" is not in'),
    ("coaches.csv", "S3,support", "S3,main", 3, "role", "line 2"),
    ("coaches.csv", "S3,main", "S3,support", 0, "role", "no main coach for S3"),
    ("coaches.csv", "S3,main", "S3,boss", 2, "role", "main / support"),
    ("coaches.csv", "S3,main", "S99,main", 2, "class", "S99"),
    ("sessions.csv", "S3,2,", "S3,1,", 3, "week", "line 2"),
    ("sessions.csv", "S3,2,2026-09-23", "S3,2,2026-09-09", 3, "date", "does not come after"),
    ("sessions.csv", "2026-09-16,", "2062-09-16,", 2, "date", "check the year"),
    ("sessions.csv", "19:00,120", "03:00,120", 2, "start", "03:00"),
    ("sessions.csv", "19:00,120", "21:00,240", 2, "start", "same day"),
    ("sessions.csv", "19:00,120", "19:00,two", 2, "minutes", "two"),
    ("sessions.csv", "https://", "http://", 2, "map_url", "https://"),
    ("sessions.csv", "https://", "javascript://", 2, "map_url", "https://"),
    ("curriculum.csv", "1,S3,", "26,S3,", 2, "week", "no row for week 1 of S3"),
    ("curriculum.csv", "2,S3,", "1,S3,", 9, "class", "line 2"),
    ("curriculum.csv", "{E}", "{X}", 2, "menu_ja", "{X}"),
    ("curriculum.csv", "会話できるペース", "{E}", 8, "menu_ja", "no goal time"),
    ("curriculum.csv", "5.9,core", "5.9,wild", 2, "intensity", "wild"),
    ("curriculum.csv", "5.9,core", "46,core", 2, "km", "46"),
    ("curriculum.csv", "foundation_health_check", "no_such_tip", 2, "tip", "no_such_tip"),
    ("codes.csv", "KT7WR4QX", "KT7WR4Q", 2, "code", "8 or more"),
    ("codes.csv", "KT7WR4QX", "AAAAAAAA", 2, "code", "guess"),
    ("codes.csv", "KT7WR4QX", "HN9VD3YC", 3, "code", "line 2"),
    ("codes.csv", "main,S3,", "main,S3,ABCDEFGH2345", 9, "code", "13 or more"),
    ("codes.csv", "member,S3,", "member,,", 2, "class", "which class"),
    ("codes.csv", "office,,", "office,S3,", 23, "class", "no class"),
    ("codes.csv", "office,,", "guest,,", 23, "kind", "member / main"),
    ("codes.csv", "2027-03-07", "soon", 2, "expires", "soon"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault[0]}-{fault[4]}")
def test_a_fault_is_named_with_its_place_and_reason(folder, fault):
    file, old, new, line, column, words = fault
    replace(folder, file, old, new)
    found = [(f.line, f.column) for f in faults_of(folder) if words in f.reason_en]
    assert (line, column) in found


def test_every_fault_is_told_at_once_in_order_and_in_both_languages(folder):
    for file, old, new, *_ in (FAULTS[0], FAULTS[16], FAULTS[26], FAULTS[31], FAULTS[38]):
        replace(folder, file, old, new)
    (folder / "codes.csv").unlink()
    faults = faults_of(folder)
    assert {f.file for f in faults} == {sheet.file for sheet in SHEETS}
    assert list(faults) == sorted(faults)
    assert all(f.reason_ja != f.reason_en and not f.reason_ja.isascii() for f in faults)


def test_an_unreadable_file_brings_no_false_faults_elsewhere(folder):
    (folder / "classes.csv").unlink()
    assert [(f.file, f.line) for f in faults_of(folder)] == [("classes.csv", 0)]


def test_an_empty_folder_names_every_missing_file(tmp_path):
    assert [f.file for f in faults_of(tmp_path)] == sorted(sheet.file for sheet in SHEETS)


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (b"", 1, "no heading"),
        (b"\r\n,,\r\n", 1, "no heading"),
        (b"class,role\0,name\r\n", 1, "NUL"),
        ("class,role,name".encode("utf-16"), 1, "NUL"),
        (b"\x81\xff\xfe", 0, "UTF-8"),
        (b"class,role,name\r\n" + b"S3,main,x\r\n" * 5_001, 5_002, "5000"),
        (b"x" * 4_000_001, 0, "too large"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_whole(folder, raw, line, words):
    (folder / "coaches.csv").write_bytes(raw)
    [fault] = faults_of(folder)
    assert (fault.file, fault.line) == ("coaches.csv", line)
    assert words in fault.reason_en


def test_a_line_number_counts_the_lines_of_the_file(folder):
    replace(folder, "coaches.csv", "S3,support,", 'S3,support,"two\r\nlines"\r\n\r\nS3,boss,')
    assert (6, "role") in [(f.line, f.column) for f in faults_of(folder)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=300), file=st.sampled_from([sheet.file for sheet in SHEETS]))
def test_no_bytes_raise_anything_but_faults(folder, raw, file):
    kept = (folder / file).read_bytes()
    (folder / file).write_bytes(raw)
    assert any(fault.file == file for fault in faults_of(folder))
    (folder / file).write_bytes(kept)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cell=st.text(max_size=40), line=st.integers(1, 7), column=st.integers(0, 8))
def test_any_cell_is_read_or_refused(folder, cell, line, column):
    lines = text_of(TEMPLATE, "classes.csv").split("\r\n")
    cells = lines[line].split(",")
    cells[column] = '"' + cell.replace('"', '""') + '"'
    lines[line] = ",".join(cells)
    (folder / "classes.csv").write_bytes("\r\n".join(lines).encode("utf-8", "surrogatepass"))
    try:
        school = read_school(folder)
    except SchoolFaults as refused:
        assert all(fault.reason_ja and fault.reason_en for fault in refused.faults)
    else:
        assert all(1 <= each.capacity <= 500 for each in school.classes)
        assert all(each.language in Language for each in school.classes)


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
