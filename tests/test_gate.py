"""A token that LINE refuses: every process stops, one tries a row a pause, nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot import doctor, texts
from bot.parts import build_web
from models import breaker
from models.outbox import Priority, RowState
from tests.posting import Outbox, drain

PAUSE = 15


@pytest.fixture
def post(world):
    return Outbox(world)


@pytest.fixture
def posts(post, aiko, ryo, emma):
    return [post.post(who.id, f"to {who.id}") for who in (aiko, ryo, emma)]


@pytest.fixture
def refused(world, posts):
    """Two senders on one database, the first of which was refused; and the right token."""
    right, world.sim.access_token = world.sim.access_token, "renewed at LINE"
    senders = world.sender(), world.sender()
    assert drain(senders[0]) == 1
    return senders, right


def statuses(post):
    return [entry.status for entry in post.entries()]


def test_a_refusal_stops_every_process_at_once(world, post, posts, refused):
    assert [drain(sender) for sender in (*refused[0], world.sender())] == [0, 0, 0]
    assert statuses(post) == [401]
    assert {one.row.state for one in posts} == {RowState.PENDING}


def test_monitors_and_the_doctor_say_so_at_once_and_until_it_is_mended(world, post, posts, refused):
    web = build_web(world.parts).test_client()
    said = "LINE refuses our token since 23 Nov 00:00:00 UTC and nothing is sent: "
    assert said + "check LINE_CHANNEL_ACCESS_TOKEN" in web.get("/healthz").json["faults"]
    report = doctor.Report(texts.load(doctor.TEXTS)["doctor"])
    (found,) = doctor._alarms(world.parts, report)
    assert not found.ok and "since Mon 23 Nov, 09:00 and nothing is sent" in found.en
    world.sim.access_token = refused[1]
    world.real_seconds += PAUSE
    drain(world.sender())
    assert "token" not in str(web.get("/healthz").json)
    left = list(doctor._alarms(world.parts, report))  # that it happened is still to be told
    assert not any("and nothing is sent" in one.en for one in left)


def test_not_even_safety_is_tried_meanwhile(world, post, aiko, refused):
    post.post(aiko.id, "safety", Priority.SAFETY)
    assert drain(world.sender()) == 0
    assert statuses(post) == [401]


def test_each_pause_lets_one_process_try_one_row(world, post, posts, refused):
    senders, _ = refused
    for number in range(2, 5):
        world.real_seconds += PAUSE
        assert sum(drain(sender) for sender in senders) == 1
        assert statuses(post) == [401] * number
    assert {one.row.state for one in posts} == {RowState.PENDING}


def test_two_who_ask_at_the_same_instant_are_one_try(world, refused):
    over = datetime.fromtimestamp(world.real_seconds, UTC) + timedelta(seconds=PAUSE)
    tries = []
    for _ in range(2):
        with world.database.write() as db:
            tries.append(breaker.probe(db, over, over + timedelta(seconds=PAUSE)))
    assert tries == [True, False]


def test_a_mended_token_opens_the_gate_for_all(world, post, posts, refused):
    (first, second), world.sim.access_token = refused
    assert drain(second) == 0  # the pause holds, whoever mended it
    world.real_seconds += PAUSE
    assert second.step()
    assert drain(first) == 2
    assert [one.fate for one in posts] == [(RowState.ACCEPTED, 200)] * 3
    assert statuses(post) == [401, 200, 200, 200]


def test_what_is_past_its_use_takes_no_try_from_what_is_not(world, post, posts, refused, clock):
    (_, second), world.sim.access_token = refused
    late = [
        post.post(who.row.recipient, f"late {n}", Priority.SAFETY, life=timedelta())
        for n, who in enumerate(posts)
    ]
    clock.at += timedelta(seconds=1)
    world.real_seconds += PAUSE
    assert second.step()
    assert [one.row.state for one in late] == [RowState.EXPIRED] * 3
    assert RowState.ACCEPTED in {one.row.state for one in posts}


def test_where_nothing_waits_a_mended_token_is_noticed_as_well(world, post, posts, refused, clock):
    web, (first, _) = build_web(world.parts).test_client(), refused[0]
    clock.at += timedelta(hours=13)
    for _ in range(2):
        world.real_seconds += PAUSE
        drain(first)
        assert "refuses our token" in str(web.get("/healthz").json)
    assert {one.row.state for one in posts} == {RowState.EXPIRED}
    world.sim.access_token = refused[1]
    world.real_seconds += PAUSE
    drain(first)
    assert "token" not in str(web.get("/healthz").json)


def test_an_answer_that_never_came_proves_nothing(world, post, posts, refused):
    (first, second), world.sim.access_token = refused
    world.sim.faults.add(path="push", mode="reset")
    world.real_seconds += PAUSE
    assert (drain(first), drain(second)) == (1, 0)
    world.real_seconds += PAUSE
    drain(second)
    assert statuses(post)[-3:] == [200] * 3
    assert {one.row.state for one in posts} == {RowState.ACCEPTED}


def test_who_dies_trying_leaves_the_next_try_to_another(world, post, posts, refused, monkeypatch):
    (first, second), world.sim.access_token = refused
    world.real_seconds += PAUSE
    with monkeypatch.context() as patch:
        patch.setattr(first, "_send", lambda _: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            first.step()
    assert drain(second) == 0
    world.real_seconds += PAUSE
    drain(second)
    world.restarts_after_lease()
    drain(second)
    assert {one.row.state for one in posts} == {RowState.ACCEPTED}
