"""チェックイン, where something is withdrawn, taken back or called off."""

from __future__ import annotations

from models.pain import PainReport
from tests import bodies
from tests.test_checkin import ON_TIME, digits, feelings, here


def test_a_cancelled_session_has_no_check_in(world, aiko, clock):
    bodies.changes(world, bodies.session_of(world), cancelled=True)
    clock.goes_to(ON_TIME)
    assert "12月2日(水)" in aiko.says(digits(world))[0]


def test_consent_withdrawn_midway_keeps_nothing(world, aiko, clock):
    clock.goes_to(ON_TIME)
    aiko.says(digits(world))
    bodies.consents(world, aiko, given=False)
    aiko.taps("2")
    assert aiko.taps("あまり")[0].startswith("教えてくれてありがとうございます。")
    assert (feelings(world, aiko), bodies.rows(world, PainReport)) == ({}, [])


def test_unsend_takes_back_what_the_message_told_and_no_more(world, aiko, clock):
    clock.goes_to(ON_TIME)
    sent = [world.phones.say(aiko.id, aiko.id, digits(world))]
    world.settle()
    for answer in ("2", "ふつう"):
        sent.append(world.phones.say(aiko.id, aiko.id, answer))
        world.settle()
    world.phones.unsend(sent[2].message_id)
    world.settle()
    assert (feelings(world, aiko), here(world, aiko)) == ({}, True)
    world.phones.unsend(sent[1].message_id)
    world.settle()
    assert bodies.rows(world, PainReport) == []
    world.phones.unsend(sent[0].message_id)
    world.settle()
    assert not here(world, aiko)
