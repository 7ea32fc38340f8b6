"""Course files: sound ones are read, every fault of the others is named."""

from __future__ import annotations

import pytest

from models import courses
from models.content_files import ContentFaults

TOKYO = (courses.FOLDER / "tokyo.toml").read_text("utf-8")


def test_every_course_is_sound():
    stems = [path.stem for path in courses.FOLDER.glob("*.toml")]
    assert sorted(stems) == ["marathon", "tokyo"]
    assert all(courses.course(stem).stations for stem in stems)


def test_a_race_without_a_course_file_gets_the_model():
    assert courses.course("") == courses.course("nowhere") == courses.course("marathon")
    assert courses.course("").gates == ()
    assert not courses.is_known("../tokyo/../nowhere")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('{ km = 9.9, closes = "11:00" }', '{ km = 5.0, closes = "11:00" }', "order of their km"),
        ('closes = "11:00"', 'closes = "10:20"', "one after the other"),
        ('closes = "10:30"', 'closes = "09:00"', "after the start"),
        ("km = 40.0", "km = 45.0", "within the course"),
        ("gates_year = 2023", "", "belong together"),
        ("stations_year = 2025", "stations_year = 25", "stations_year"),
        ("sports_percent = 6.2", "sports_percent = 62", "sports_percent"),
        ("sports = true", "beer = true", "beer"),
        ('name_en = "Tokyo Marathon"', "", "name_en"),
        ("gates = [", "gates = ", "tokyo"),
    ],
)
def test_a_fault_is_named(tmp_path, old, new, fault):
    path = tmp_path / "tokyo.toml"
    path.write_text(TOKYO.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentFaults) as refused:
        courses.load(path)
    assert any(fault in one for one in refused.value.faults)
