"""The corridor: one event in, one answer out, whatever happens on the way."""

from __future__ import annotations

from bot.router import Route, Router
from models import policy


def test_a_word_is_answered_once(aiko):
    said = aiko.says("今週")
    assert len(said) == 1
    assert "日時: 11月25日(水) 19:00〜21:00" in said[0]


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
    assert len(said) == 1
    assert aiko.hears() == said


def test_a_handler_that_fails_is_tried_three_times_and_then_excused(
    world, clock, aiko, monkeypatch
):
    broken = Route("week", lambda _turn: 1 / 0)
    monkeypatch.setattr(Router, "by_text", lambda *_: [broken])
    monkeypatch.setitem(policy.POLICY, broken.command, (policy.ALL, policy.DIRECT))
    assert aiko.says("今週") == []
    for _ in range(3):
        clock.passes(minutes=1)
    assert aiko.hears() == [
        "ごめんなさい、こちらの不具合で今の内容を処理できませんでした。"
        "少し待ってから、もう一度送ってください。"
    ]


def test_politeness_may_follow_a_latin_word(aiko):
    assert aiko.says("this weekを見せてください") == aiko.says("すみませんthis week")
