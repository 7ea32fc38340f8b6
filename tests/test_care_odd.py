"""Who needs a word, when they leave the class meanwhile."""

from __future__ import annotations

from models import school
from tests import bodies
from tests.test_care import missing

__all__ = ["missing"]


def test_whoever_left_the_class_is_not_written_to(world, missing, coach, clock):
    clock.goes_to("2026-11-23 12:00")
    coach.taps("ひとこと書く")
    coach.says("お待ちしています")
    with world.database.write() as db:
        db.delete(
            school.membership(db, missing.record(), bodies.session_of(world, week=9).class_id)
        )
    before = missing.hears()
    assert coach.says("送る") == ["これは担当クラスのメンバーのことではないようです。"]
    assert missing.hears() == before
