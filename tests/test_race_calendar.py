"""The calendar of a countdown: one word a day, never at night, and no fault in its data unnamed."""

from __future__ import annotations

from collections import Counter
from datetime import date, time

import pytest

from models.content_files import CONTENT, ContentFaults
from models.countdown import load_countdown
from models.rules.reading import normalise
from scheduler import race_countdown
from scheduler.planner import Window
from tests.race_stage import at, races, tells, world
from tests.world import SETTINGS

__all__ = ["world"]
RACE_DAY = date(2027, 3, 7)
ASKED_OF_FEW = {"d13_doctor", "d10_shoes"}


def on_the_way(world, since="2027-02-07 00:00", until="2027-03-10 00:00"):
    """Return every occurrence of the countdown in a stretch of time."""
    with world.database.read() as db:
        window = Window(at(since), at(until))
        found = race_countdown.due(db, window, SETTINGS.zone)
        return [one for one in found if window.holds(one.due_at)]


def local(one):
    return one.due_at.astimezone(SETTINGS.zone)


def test_the_whole_way_is_one_word_a_day_and_never_at_night(world):
    found = [one for one in on_the_way(world) if one.kind != "race.carbs"]
    usual = [one for one in found if one.label not in ASKED_OF_FEW]
    days = Counter(local(one).date() for one in usual)
    assert days.pop(RACE_DAY) == 4  # wake, start, finish, evening
    assert set(days.values()) == {1}
    assert len(days) == 11
    night = [one for one in found if not time(8) <= local(one).time() < time(21)]
    assert {one.label for one in night} == {"d0_wake"}
    assert all(one.until > one.due_at for one in found)


def test_runners_who_share_an_hour_share_a_page(world, aiko, ryo):
    tells(world, ryo, start="25")
    wake = [one for one in on_the_way(world) if one.label == "d0_wake"]
    assert [f"{local(one):%H:%M}" for one in wake] == ["05:10", "05:35"]
    assert [len(one.people) for one in wake] == [3, 1]
    assert len({one.key for one in wake}) == 2
    assert len({one.said_once for one in wake}) == 1


def test_the_carb_days_are_due_for_those_who_speak_of_them(world):
    carbs = [one for one in on_the_way(world) if one.kind == "race.carbs"]
    assert [f"{one.label} {local(one):%d %H:%M}" for one in carbs] == [
        "carb_d3 04 19:00",
        "carb_d2_morning 05 08:00",
        "carb_d2_evening 05 18:30",
        "carb_d1_morning 06 08:00",
        "carb_d1_evening 06 18:30",
        "carb_d0 07 05:40",
    ]
    assert {one.subject for one in carbs} == {races(world)["goal"].key}


def test_nothing_is_due_far_from_any_race(world):
    assert on_the_way(world, "2026-12-01 00:00", "2026-12-05 00:00") == []


STEPS = load_countdown()


@pytest.mark.parametrize("step", [s for s in STEPS if s.ja], ids=lambda step: step.id)
def test_a_step_is_whole_in_both_languages(step):
    both = [(step.title_ja, step.title_en), (step.ja, step.en)]
    both += [(t.ja, t.en) for t in step.taps] + [(t.reply_ja, t.reply_en) for t in step.taps]
    for ja, en in both + [(e.ja, e.en) for e in step.extras]:
        assert not any("\u3040" <= c <= "\u9fff" for c in en)
        assert any("\u3040" <= c <= "\u9fff" for c in ja)
    sentences = [normalise(step.ja).count(mark) for mark in "。?"]
    assert 2 <= sum(sentences) <= 8
    assert step.hours <= 24 * 7


GOOD = (CONTENT / "countdown.toml").read_text("utf-8")
FAULTS = [
    ("at = 19:00:00\nhours = 120\ntitle_ja", "hours = 120\ntitle_ja", "needs one of at, start"),
    ("days = 28\n", "days = 28\nstart = 5\n", "needs one of at, start"),
    ("days = 28\n", "days = 280\n", "less than or equal to 60"),
    ("days = 28\n", "days = 20\n", "in the order of their days"),
    ('id = "d25_guide"', 'id = "d28_doctor"', "stands twice"),
    ("d7_nails:later", "d7_nails:soon", "no tap of an earlier step"),
    ("answer_by = 20:00:00", "answer_by = 14:00:00", "before answer_by"),
    ("answer_by = 20:00:00\n", "", "answer_by belongs to safety steps"),
    ("{breakfast}ごろまでに", "いつもの時間に", "gaps"),
    ("{heat}\\nA: 暑さ指数", "{hot}\\nA: 暑さ指数", "gaps"),
    ('kind = "race.step"', 'kind = "race.walk"', "kind"),
    ('offers = ["settings"]', 'offers = ["pizza"]', "offers"),
    (
        'ja = "当てはまらない"',
        'ja = "当てはまらないのでこのまま先へ進みますと長く言う"',
        "at most 20",
    ),
    ("start = -240", "start = -2400", "greater than or equal to -720"),
    ("start = -240\n", "start = -240\nanswer_by = 09:00:00\n", "answer_by belongs"),
]


@pytest.mark.parametrize(("old", "new", "said"), FAULTS, ids=[f[2] for f in FAULTS])
def test_every_fault_of_the_data_is_named(tmp_path, old, new, said):
    assert old in GOOD
    (tmp_path / "countdown.toml").write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentFaults, match=said):
        load_countdown(tmp_path / "countdown.toml")


def test_a_countdown_that_cannot_be_read_says_so(tmp_path):
    (tmp_path / "countdown.toml").write_text("[[step", "utf-8")
    with pytest.raises(ContentFaults) as raised:
        load_countdown(tmp_path / "countdown.toml")
    assert raised.value.faults[0].startswith("countdown.toml: ")
