"""Races: imported with the school, moved by the file, and what a member told about theirs."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

from sqlmodel import select

from models import outbox, race, school
from models.outbox import OutboxRow, Priority
from models.race import RaceFact
from tests.importing import SAME, folder, imports
from tests.race_stage import enters, races, runner_of, tells
from tests.school_folder import replace
from tests.world import SETTINGS

__all__ = ["folder", "imports"]
GUN = datetime(2027, 3, 7, 0, 10, tzinfo=UTC)  # 9:10 in Tokyo


def test_the_terms_race_is_the_goal_and_others_lie_on_the_way(world):
    found = races(world)
    assert list(found) == ["half", "goal"]
    goal, half = found["goal"], found["half"]
    assert (goal.is_goal, goal.starts_at, goal.zone) == (True, GUN, "Asia/Tokyo")
    assert (goal.km, goal.course, goal.source_year) == (42.195, "tokyo", 2026)
    assert (goal.name("ja"), goal.name("en")) == ("東京マラソン2027", "Tokyo Marathon 2027")
    assert (half.is_goal, half.km, half.day.isoformat()) == (False, 21.0975, "2027-01-17")
    with world.database.read() as db:
        assert race.goal_of(db, school.classes(db)[0]) == goal
        assert race.by_id(db, goal.key) == goal
        assert [race.by_id(db, n) for n in (0, -1, 10**12)] == [None, None, None]


def test_a_race_moved_in_the_file_moves_once_and_takes_its_words_back(imports, folder, world):
    imports(folder)
    planned = races(world)["goal"]
    with world.database.write() as db:
        outbox.write(db, [_pending(planned.subject, world.clock.now())])
    replace(folder, "term.csv", "09:10", "09:40")
    assert imports(folder)[1] == "新規 0、変更 2 / 0 new, 2 changed\n"
    moved = races(world)["goal"]
    assert (moved.starts_at - planned.starts_at, moved.revision) == (timedelta(minutes=30), 1)
    assert (moved.was_at, moved.told_revision) == (planned.starts_at, 0)
    with world.database.read() as db:
        assert {row.state for row in db.exec(select(OutboxRow))} == {"cancelled"}
    assert imports(folder) == (0, SAME, "")


def test_a_race_taken_out_of_the_file_is_withdrawn_and_may_come_back(imports, folder, world):
    kept = (folder / "races.csv").read_bytes()
    (folder / "races.csv").unlink()
    assert imports(folder)[0] == 0
    assert list(races(world)) == ["goal"]
    assert imports(folder) == (0, SAME, "")
    (folder / "races.csv").write_bytes(kept)
    imports(folder)
    assert list(races(world)) == ["half", "goal"]


def test_a_race_elsewhere_starts_by_its_own_clock(imports, folder, world):
    replace(folder, "races.csv", ",2026,,", ",2026,Pacific/Honolulu,")
    imports(folder)
    half = races(world)["half"]
    assert half.starts_at == datetime(2027, 1, 17, 20, 0, tzinfo=UTC)
    assert half.day.isoformat() == "2027-01-17"


def test_a_runners_hours_follow_from_what_they_told(world, aiko):
    mine = runner_of(world, aiko)
    assert (mine.starts_at, mine.knows_start, mine.knows_breakfast) == (GUN, False, False)
    assert mine.breakfast_at == GUN - timedelta(hours=3)
    tells(world, aiko, start="25", breakfast="05:45", sleeps="hotel")
    mine = runner_of(world, aiko)
    assert (mine.offset_minutes, mine.starts_at) == (25, GUN + timedelta(minutes=25))
    assert mine.breakfast_at.astimezone(SETTINGS.zone).time() == time(5, 45)
    assert mine.sleeps == "hotel"


def test_the_goal_race_is_everybodys_until_they_say_no_and_others_on_a_yes(world, aiko, coach):
    now = world.clock.now()

    def mine(actor):
        with world.database.read() as db:
            found = race.of_person(db, actor.record(), now)
            return found.code if found else None

    assert (mine(aiko), mine(coach)) == ("goal", None)
    tells(world, aiko, "half", entry="yes")
    assert mine(aiko) == "half"
    enters(world, aiko, "no")
    tells(world, aiko, "half", entry="no")
    assert (mine(aiko), runner_of(world, aiko).entry) == (None, "no")
    tells(world, aiko, entry="yes")  # a second truth about the goal race counts for nothing
    assert runner_of(world, aiko).entry == "no"


def test_what_was_told_goes_with_the_person(world, aiko):
    tells(world, aiko, start="25")
    aiko.says("削除")
    aiko.taps(aiko.labels()[0])
    with world.database.read() as db:
        assert db.exec(select(RaceFact)).all() == []


def _pending(subject, now):
    row = {"id": uuid4(), "occurrence": "x", "recipient": "U1", "priority": int(Priority.NOTICE)}
    times = {"created_at": now, "not_before": now, "expires_at": now + timedelta(days=1)}
    return row | times | {"subject": subject, "messages": []}
