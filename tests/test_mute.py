"""Mute: reminders of a topic stop for one person; changes, cancellations and safety never do."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.feature import Feature, RouteFault
from bot.messages import Text
from bot.speech import speak
from bot.turn import Tell
from bot.turns import Turns
from models import mute
from models.outbox import OutboxRow

BEFORE = "2026-11-25 17:00"


def mutes(world, actor, topic):
    with world.database.write() as db:
        mute.mute(db, actor.record(), topic, world.clock.now())


def nudges(actor):
    return [said for said in actor.hears() if said.startswith("練習前のひと息に")]


def rows_to(world, actor):
    with world.database.read() as db:
        return list(db.exec(select(OutboxRow).where(OutboxRow.recipient == actor.id)))


def test_a_muted_reminder_is_never_written(world, aiko, ryo, clock):
    mutes(world, aiko, mute.PRACTICE)
    clock.goes_to(BEFORE)
    assert nudges(aiko) == []
    assert len(nudges(ryo)) == 1
    assert not any("session.drink" in row.occurrence for row in rows_to(world, aiko))


def test_word_with_a_topic_is_not_told_to_whoever_muted_it(world, aiko, ryo):
    mutes(world, aiko, mute.COACH)
    with world.database.write() as db:
        turn = Turns(world.parts.settings.zone, world.engine._router.texts).of_person(
            db, ryo.record(), world.clock.now()
        )
        told = [
            Tell(aiko.record(), [Text("配信")], topic="coach"),
            Tell(aiko.id, [Text("配信 2")], topic="coach"),
            Tell(ryo.record(), [Text("配信")], topic="coach"),
            Tell(aiko.record(), [Text("中止です")]),
            Tell(aiko.record(), [Text("レース")], topic="race"),
        ]
        speak(turn, told, "test")
    world.settle()
    assert aiko.hears() == ["中止です", "レース"]
    assert ryo.hears() == ["配信"]


def test_a_topic_made_up_is_refused_at_start_up():
    with pytest.raises(RouteFault, match="'weather' is none of practice, race, carbs, tips, coach"):
        Feature("probe").clock("probe.at", topic="weather")
