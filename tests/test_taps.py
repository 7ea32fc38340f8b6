"""Whatever is tapped, by hand or by another: nothing happens beyond what that person may do.

Every button that a route knows is made by hand about class S4 and sent by people who have no
business there; afterwards every row of every table is compared. What a button may do for those
who have business there and must not do twice, or late, or for another, hangs on its token.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest

from bot.broadcast_approval import Approve, Decline
from bot.broadcast_taps import Send
from bot.buttons import pack
from bot.invitations import Confirm
from bot.invitations import Decline as NotConfirmed
from bot.notice_card import SendNow, Skip
from bot.router import Route
from handlers import chase
from handlers.my_data import MakeFile
from handlers.privacy import Erase
from handlers.sweat_history import Forget
from models import confirm
from models.policy import POLICY, Role
from tests import authority_stage as stages
from tests.authority_stage import CANARY
from tests.meddling import Trial
from tests.world import ROUTES

WITH_TOKEN = {
    Approve, Confirm, Decline, Erase, Forget, MakeFile, NotConfirmed, Send, SendNow, Skip,
    chase.Send,
}  # fmt: skip
A_KIND = 12  # values tried of each
BUTTONS = [kind for one in ROUTES().features.values() for kind in one.buttons]
STAFF = [
    (question, one.name, handler, expected)
    for one in ROUTES().features.values()
    for question, (handler, expected) in one.answers.items()
    if not POLICY[f"{one.name}.{handler.__name__}"][0] & {Role.GUEST, Role.MEMBER}
]


@pytest.fixture
def stage(world):
    return stages.build(world)


def test_no_stranger_meddles_by_any_button(world, stage):
    people, group = stages.strangers(world), world.group("S4")
    in_group = {f"{name} in the group": who for name, who in people.items()}
    with world.database.write() as db:
        trial = Trial(stage, db)
        trial.admits(people)
        trial.admits(in_group, group)
        for kind in BUTTONS:
            values = list(stage.values(kind))
            for value in values[:: len(values) // A_KIND + 1]:
                for name in people:
                    trial.judge(name, trial.tap(pack(value)), value)
            for name in in_group:
                trial.judge(name, trial.tap(pack(values[0])), values[0])
    assert trial.faults == []


MEMOS = {
    "broadcast.matter": {"draft": "number"},
    "broadcast.time": {"draft": "number"},
    "care.note": {"spell": "spell"},
    "care.checked": {"spell": "spell", "note": CANARY, "message_id": "m"},
    "changes.time": {"session": "session", "revision": 0},
    "changes.place": {"session": "session", "revision": 0},
    "changes.reason": {"session": "session", "revision": 0},
    "changes.decision": {"session": "session", "revision": 0, "cancelled": True},
    "consult_answers.answer": {"number": "consult_card.number"},
    "consult_answers.checked": {
        "number": "consult_card.number", "answer": "x", "message_id": "m"
    },
    "notices.comment": {"session": "session"},
    "scores.mark": {"class": "class_id", "person": "person"},
    "scores.words": {"class": "class_id", "person": "person", "mark": 5},
    "scores.checked": {
        "class": "class_id", "person": "person", "mark": 5, "words": "x", "message_id": "m"
    },
}  # fmt: skip


@pytest.mark.parametrize("question", [question for question, *_ in STAFF])
def test_an_answer_after_the_role_was_lost_does_nothing(world, stage, question):
    feature, handler, expected = next(rest for name, *rest in STAFF if name == question)
    at, said = world.clock.now() + timedelta(hours=20), "5"
    said = Decimal(said) if question == "scores.mark" else said
    values = [at] if question.endswith(".time") else getattr(expected, "values", [said])
    memo = {
        name: stage.numbers[value][0] if value in stage.numbers else value
        for name, value in MEMOS[question].items()
    }
    people = stages.strangers(world)
    with world.database.write() as db:
        trial = Trial(stage, db)
        trial.admits(people)
        for name, value in product(people, values):

            def deed(turn, value=value):
                turn, route = replace(turn, memo=memo), Route(feature, handler)
                return trial.conversation._voice.run(turn, route, value)

            trial.judge(name, deed, f"{question} {value}")
    assert trial.faults == []


def test_every_question_to_staff_is_tried():
    assert {question for question, *_ in STAFF} == MEMOS.keys()


def test_what_sends_deletes_or_grants_hangs_on_a_token():
    found = {kind for kind in BUTTONS if "token" in {one.name for one in fields(kind)}}
    assert found == WITH_TOKEN


def test_without_its_own_token_a_button_does_nothing_for_those_who_may(
    world, stage, coach, office, aiko, monkeypatch
):
    people, asked, redeem = {"coach": coach, "office": office, "member": aiko}, [], confirm.redeem
    monkeypatch.setattr(confirm, "redeem", lambda *how: asked.append(kind) or redeem(*how))
    with world.database.write() as db:
        trial = Trial(stage, db)
        trial.admits(people)
        for kind, name in product(WITH_TOKEN, people):
            for value in stage.values(kind):
                trial.judge(name, trial.tap(pack(value)), value)
    # they may hear of their own class, and are told so
    assert [fault for fault in trial.faults if "heard of it" not in fault] == []
    assert set(asked) == WITH_TOKEN  # nothing else stopped each of them every time
