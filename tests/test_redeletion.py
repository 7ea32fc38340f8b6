"""Deletions that a restored backup does not know are repeated; what is new since them stays."""

from __future__ import annotations

from datetime import timedelta

from models import deletion, health, redeletion
from models.deletion import What
from models.person import by_line_id
from tests.safekeeping import put_back


def test_what_is_new_since_a_deletion_stays(world, clock, aiko, ryo, emma):
    before, later = clock.now() - timedelta(days=1), clock.now() + timedelta(days=1)
    found = put_back(
        world,
        deleted=[
            (What.PERSON, ryo.id, later),
            (What.PERSON, aiko.id, before),  # they enrolled anew afterwards
            (What.HEALTH, emma.id, later),
            (What.HEALTH, aiko.id, before),
            (What.PERSON, "U" + "0" * 32, later),  # nobody the backup knows
        ],
    )
    assert (found["again_person"], found["again_health"]) == (1, 1)
    with world.database.read() as db:
        assert by_line_id(db, ryo.id) is None
        assert health.weight_kg(db, aiko.record()) is not None
        assert health.weight_kg(db, emma.record()) is None
        assert {row.what for row in deletion.not_copied(db)} == {What.PERSON, What.HEALTH}


def test_a_message_taken_back_is_taken_back_again(world, aiko):
    noted = world.phones.say(aiko.id, aiko.id, "水 300")
    world.settle()
    now = world.clock.now()
    assert put_back(world, deleted=[(What.MESSAGE, noted.message_id, now)])["again_message"] == 1
    with world.database.read() as db:
        assert health.drunk_ml(db, aiko.record(), now - timedelta(days=1)) == 0


def test_of_several_deletions_the_last_counts():
    first, second = (What.PERSON, "a", 1), (What.PERSON, "a", 2)
    assert redeletion.latest([second, first]) == {(What.PERSON, "a"): 2}
