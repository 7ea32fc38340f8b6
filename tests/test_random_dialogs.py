"""Random members through random dialogs, with crashes between steps: nothing breaks or is lost."""

from __future__ import annotations

import os
import random
import re

import pytest
from sqlmodel import select

from models import enrolment, health, result
from models.inbox import Door, EventState, InboxEvent
from models.outbox import OutboxRow, RowState
from models.rules.goal import finish_time
from tests import chances
from tests.mortality import Mortality
from tests.wanderers import Wanderers, said

STEPS = 80
FRESH = "fresh"  # a seed nobody tried; every process of a test run has to see the same names
SEEDS = os.environ.get("TASUKI_DIALOG_SEEDS", f"1,2,{FRESH if chances.ARE_FRESH else 3}").split(",")
UNHAPPY = {RowState.DEAD, RowState.PENDING}
DRANK = re.compile(r"^(\d+) mL、記録しました|^(\d+) mL, noted", re.M)
WEIGHS = re.compile(r"^([\d.]+) kg、記録しました|^([\d.]+) kg, noted", re.M)
AIMS = re.compile(r"目標を(.+?)にしました|Your goal is (.+?) now")
RAN = re.compile(r"(\d+) km (\d+:\d+)、記録しました|^(\d+) km in (\d+:\d+) on", re.M)


@pytest.fixture(params=SEEDS)
def wanderers(request, world, aiko, ryo, hiroshi, emma, coach, office):
    fresh = request.param == FRESH
    seed = random.SystemRandom().randrange(10**6) if fresh else int(request.param)
    print(f"dialogs: TASUKI_DIALOG_SEEDS={seed}")
    return Wanderers(world, [aiko, ryo, hiroshi, emma, aiko, ryo, coach, office], seed)


def test_nothing_breaks_sticks_or_gets_lost(wanderers, monkeypatch):
    mortality = Mortality(wanderers.chance, 0.02)
    with mortality.reigns(monkeypatch):
        statuses = {wanderers.step() for _ in range(STEPS)}
    wanderers.settle()
    told = "\n".join(wanderers.done)
    assert statuses == {200}, told
    values = [value for one in wanderers.cast for value in confirmed(one).values() if value]
    assert mortality.kills > 0 and values, told  # else it showed nothing
    print(f"dialogs: kills={mortality.kills} confirmed={len(values)}")
    assert left_over(wanderers.world) == ([], []), told
    assert heard_of(wanderers.world) == len(wanderers.sent), told  # each event once
    for one in {actor.id: actor for actor in wanderers.cast}.values():
        assert speaks_again(wanderers, one), f"{one.id}\n{told}"
        assert kept(wanderers.world, one) == confirmed(one), f"{one.id}\n{told}"


def left_over(world):
    """Return what was not handled, and what was not sent."""
    with world.database.read() as db:
        events = db.exec(select(InboxEvent)).all()
        rows = db.exec(select(OutboxRow)).all()
        unhandled = [e.fault or e.key for e in events if e.state in {"waiting", EventState.DEAD}]
        due = [r for r in rows if r.state in UNHAPPY and r.not_before <= world.clock.at]
        return unhandled, [(r.state, r.status, r.occurrence) for r in due]


def heard_of(world):
    """Return how many events came in by LINE's door."""
    with world.database.read() as db:
        return len(db.exec(select(InboxEvent.id).where(InboxEvent.door == Door.LINE)).all())


def speaks_again(wanderers, one):
    """Say whether one word ends whatever was open and the menu comes."""
    wanderers.letters.post(wanderers.letters.text(one.id, "やめる"))
    wanderers.letters.post(wanderers.letters.text(one.id, "メニュー"))
    wanderers.settle()
    menus = ("できること", "What you can do here")
    return any(text.startswith(menus) for text in said(one)[-2:])


def confirmed(one):
    """Return the values that somebody was told are kept."""
    heard = "\n".join(said(one))
    drinks = sum(int(a or b) for a, b in DRANK.findall(heard))
    weights = [float(a or b) for a, b in WEIGHS.findall(heard)]
    aims = [finish_time(a or b) for a, b in AIMS.findall(heard)]
    ran = {float(a or c): b or d for a, b, c, d in RAN.findall(heard)}
    return {"drinks": drinks, "weight": weights[-1:], "goal": aims[-1:], "ran": set(ran)}


def kept(world, one):
    """Return the same from the database."""
    person, known = one.record(), confirmed(one)
    with world.database.read() as db:
        drinks = db.exec(select(health.Drink).where(health.Drink.person_id == person.key)).all()
        weight = health.weight_kg(db, person)
        held = enrolment.mine(db, person)
        ran = {row.km for row in result.of_person(db, person.key, 50)}
        return {
            "drinks": sum(row.ml for row in drinks if row.session_id is None),
            "weight": [weight] if known["weight"] else [],
            "goal": [held.goal_seconds] if held and known["goal"] else [],
            "ran": {km for km in ran if km in {5.0, 10.0}},
        }
