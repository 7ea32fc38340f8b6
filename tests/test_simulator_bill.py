"""The simulator's bill: people by month and class, beside LINE's plans and beside naive sending."""

from contextlib import closing

import pytest
from simulator_stage import AIKO, GROUP, KEN, Stage

from bot.simulator.bill import plan_of

TEXT = {"type": "text", "text": "19:00"}


@pytest.fixture
def stage():
    with closing(Stage(with_bot=False)) as stage:
        stage.sim.people.users[AIKO].class_name = stage.sim.people.users[KEN].class_name = "S4"
        yield stage


def bill(stage):
    return stage.sim.bill.as_json(stage.sim.people, stage.sim.quota.limit)


def push(stage, to, bubbles=1):
    return stage.line("POST", "/v2/bot/message/push", {"to": to, "messages": [TEXT] * bubbles})


def test_a_request_counts_its_people_and_no_bubbles(stage):
    push(stage, GROUP, bubbles=3)
    push(stage, AIKO)
    members = len(stage.sim.people.groups[GROUP].members)
    (month,) = bill(stage)["months"]
    assert month["classes"] == [{"name": "S4", "group": members, "people": 1}]
    assert (month["counted"], month["naive"]) == (members + 1, 3 * members + 1)
    assert month["plan"] == {"messages": 200, "yen": 0}


def test_a_multicast_counts_each_and_a_reply_is_free(stage):
    stage.line("POST", "/v2/bot/message/multicast", {"to": [AIKO, KEN], "messages": [TEXT]})
    stage.sim.reply_tokens.issue("t", AIKO, stage.sim.clock.now())
    stage.line("POST", "/v2/bot/message/reply", {"replyToken": "t", "messages": [TEXT, TEXT]})
    (month,) = bill(stage)["months"]
    assert (month["counted"], month["replies"], month["naive"]) == (2, 1, 4)


def test_whoever_is_not_reached_is_not_counted_and_a_refusal_neither(stage):
    stage.sim.people.users[AIKO].friend = False
    push(stage, AIKO)
    push(stage, "U" + "0" * 32)
    assert [month["counted"] for month in bill(stage)["months"]] == [0]


def test_months_are_japans(stage):
    push(stage, AIKO)
    stage.control("clock", now="2026-12-01T00:00:00+09:00")
    push(stage, AIKO)
    assert [m["month"] for m in bill(stage)["months"]] == ["2026-12", "2026-11"]


@pytest.mark.parametrize(
    ("messages", "plan", "yen"),
    [(200, 200, 0), (201, 5_000, 5_000), (5_001, 30_000, 15_000), (30_010, 30_000, 15_030)],
)
def test_the_plan_is_the_smallest_that_fits(messages, plan, yen):
    assert plan_of(messages) == {"messages": plan, "yen": yen}


def test_the_page_reads_it(stage):
    push(stage, AIKO)
    assert stage.ask("GET", "/sim/bill")[1] == bill(stage)
