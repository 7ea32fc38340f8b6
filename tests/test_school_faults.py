"""Every fault of a school's folder is named where it stands, all of them at once."""

import pytest
from school_folder import copied, faults_of, replace

from models.school_files import SHEETS


@pytest.fixture
def folder(tmp_path):
    return copied(tmp_path)


FAULTS = [
    ("term.csv", "2027-03-07", "2027-02-29", 2, "race_date", "2027-02-29"),
    ("term.csv", "2027-03-07", "７日", 2, "race_date", "7日"),
    ("term.csv", "09:10", "25:10", 2, "race_start", "25:10"),
    ("term.csv", "2026\r\n", "2026\r\nx,y,z,a,b,2027-03-07,9:10,,2026\r\n", 3, "code", "one term"),
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
    ("term.csv", ",tokyo,", ",../x,", 2, "race_course", "course file"),
    ("term.csv", ",race_course,", ",race_zone,", 2, "race_zone", "Asia/Tokyo"),
    ("term.csv", ",race_course,", ",race_km,", 2, "race_km", "0 to 45"),
    ("races.csv", "half,", "goal,", 2, "code", "not goal"),
    ("races.csv", "half,", "half marathon,", 2, "code", "small letters"),
    ("races.csv", "2027-01-17", "2017-01-17", 2, "date", "check the year"),
    ("races.csv", ",21.0975,", ",210,", 2, "km", "0 to 45"),
    ("races.csv", ",2026,,", ",2026,Tokyo,", 2, "zone", "Asia/Tokyo"),
    ("races.csv", ",start,", ",hour,", 1, "start", "missing"),
    ("classes.csv", "3:59:59", "3:61:00", 4, "goal", "3:61:00"),
    ("classes.csv", "3:59:59", "0:40:00", 4, "goal", "2 to 8 hours"),
    ("classes.csv", ",20,mon", ",-5,mon", 2, "capacity", "formula"),
    ("classes.csv", ",20,mon", ",0,mon", 2, "capacity", "from 1 to 500"),
    ("classes.csv", ",20,mon", ",501,mon", 2, "capacity", "from 1 to 500"),
    ("classes.csv", ",20,mon", ",1_000,mon", 2, "capacity", "1_000"),
    ("classes.csv", ",20,mon", ",20,someday", 2, "notice_weekday", "someday"),
    ("classes.csv", ",ja\r\nS35", ",fr\r\nS35", 2, "language", "ja / en"),
    ("classes.csv", "\r\nS35,", "\r\nS3,", 3, "class", "line 2"),
    ("classes.csv", "\r\nFIN,", "\r\nWALK,", 15, "class", '"FIN" is not in'),
    ("coaches.csv", "S3,support", "S3,main", 3, "role", "line 2"),
    ("coaches.csv", "S3,main", "S3,support", 3, "role", "support coach on line 2"),
    ("coaches.csv", "S3,main", "S3,support", 0, "role", "no main coach for S3"),
    ("coaches.csv", "S3,main", "S3,boss", 2, "role", "main / support"),
    ("coaches.csv", "S3,main", "S99,main", 2, "class", "S99"),
    ("coaches.csv", "S3,support,森脇 千夏", "S3,support,橋爪 岳", 3, "name", "line 2"),
    ("sessions.csv", "2026-09-16,", "1926-09-16,", 2, "date", "check the year"),
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
    replace(folder, "term.csv", "2027-03-07", "2027-02-29")
    replace(folder, "classes.csv", "3:59:59", "3:61:00")
    replace(folder, "coaches.csv", "S3,support", "S3,main")
    replace(folder, "sessions.csv", "https://", "http://")
    replace(folder, "curriculum.csv", "5.9,core", "5.9,wild")
    replace(folder, "races.csv", ",21.0975,", ",far,")
    (folder / "codes.csv").unlink()
    faults = faults_of(folder)
    assert {f.file for f in faults} == {sheet.file for sheet in SHEETS}
    assert list(faults) == sorted(faults)
    assert all(f.reason_ja != f.reason_en and not f.reason_ja.isascii() for f in faults)


@pytest.mark.parametrize("file", [sheet.file for sheet in SHEETS])
def test_an_unreadable_file_brings_no_false_faults_elsewhere(folder, file):
    (folder / file).unlink()
    (folder / file).mkdir()
    assert [(f.file, f.line) for f in faults_of(folder)] == [(file, 0)]


def test_a_wrong_heading_is_the_only_fault_told_of_its_file(folder):
    replace(folder, "term.csv", "name_ja,name_en", "name_ja,name_ja")
    assert [f.column for f in faults_of(folder)] == ["name_en", "name_ja"]


def test_a_value_under_a_blank_heading_is_not_lost_silently(folder):
    replace(folder, "term.csv", "source_year", "source_year,")
    replace(folder, "term.csv", ",2026\r\n", ",2026,a note\r\n")
    assert [(f.line, f.reason_en[:20]) for f in faults_of(folder)] == [(2, "has a value outside ")]


def test_an_empty_folder_names_every_missing_file(tmp_path):
    needed = sorted(sheet.file for sheet in SHEETS if not sheet.optional)
    assert [f.file for f in faults_of(tmp_path)] == needed


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
