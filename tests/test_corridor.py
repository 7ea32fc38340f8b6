"""The corridor: one event in, one answer out, whatever happens on the way."""

from __future__ import annotations


def test_a_word_is_answered_once(aiko):
    assert aiko.says("今週") == ["次の練習は11月25日(水) 19:00です。"]


def test_the_same_event_twice_is_answered_once(world, aiko):
    outcome = world.phones.say(aiko.id, aiko.id, "今週")
    world.settle()
    world.sim.redeliver(outcome.event_id).result(5)
    world.settle()
    assert len(aiko.hears()) == 1


def test_a_lost_answer_is_not_said_twice(world, aiko):
    world.sim.faults.add(path="reply", mode="lost")
    said = aiko.says("今週")
    world.restarts_after_lease()
    world.settle()
    assert said == ["次の練習は11月25日(水) 19:00です。"]
    assert aiko.hears() == said
