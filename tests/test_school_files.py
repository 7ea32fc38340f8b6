"""Reading a school's folder: what a spreadsheet writes is read, anything else is refused."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from school_folder import copied, faults_of, replace, text_of

from models.school_files import SHEETS, TEMPLATE, SchoolFaults, read_school
from models.school_values import CodeKind, Language


@pytest.fixture
def folder(tmp_path):
    return copied(tmp_path)


@pytest.fixture(scope="module")
def school():
    return read_school(TEMPLATE)


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
