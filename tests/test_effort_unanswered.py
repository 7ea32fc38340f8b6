"""きつさ: who left the question open three times is left in peace until they speak again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import attendance, unanswered
from models.attendance import EFFORT, Checkin, Feeling
from tests import bodies
from tests.test_effort import ASKED, trains


@pytest.fixture
def was_there(world, aiko):
    """Let Aiko have been at earlier sessions, having told of some of them."""

    def write(*told):
        with world.database.write() as db:
            for weeks, is_told in enumerate(reversed(told), 1):
                found = bodies.session_of(world, week=11 - weeks)
                at = found.starts_at + timedelta(minutes=1)
                who = {"session_id": found.key, "person_id": aiko.record().key}
                attendance.check_in(db, Checkin(**who, at=at))
                if is_told:
                    db.merge(Feeling(**who, kind=EFFORT, at=at, value=5))

    return write


@pytest.mark.parametrize(
    ("told", "is_asked"),
    [
        ((False, False), True),
        ((False, False, False), False),
        ((True, False, False), True),
        ((False, True, False, False, False), False),
        ((True, False, False, False, True), True),
    ],
)
def test_three_in_a_row_are_enough(world, aiko, was_there, told, is_asked):
    was_there(*told)
    with world.database.read() as db:
        quiet = unanswered.efforts(db, [aiko.record().key], world.clock.now())
    assert (aiko.record().key not in quiet) is is_asked


def test_a_word_brings_the_question_back(world, aiko, was_there, clock):
    was_there(False, False, False)
    trains(world, aiko, clock)
    assert ASKED not in aiko.hears()
    assert aiko.says("きつさ 6") == ["きつさ 6 ですね。体を動かしたのは何分くらいでしたか?"]
    with world.database.read() as db:
        assert unanswered.efforts(db, [aiko.record().key], clock.now()) == set()
