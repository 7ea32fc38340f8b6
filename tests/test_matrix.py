"""The role matrix: every command that the router knows, for every role, in 1:1 and in a group."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import delete

from bot.feature import Route
from models import dialog, policy
from models.policy import GROUPS, POLICY, Role
from models.school import Membership
from tests import authority_stage as stages
from tests.world import ROUTES

PEOPLE = {
    Role.GUEST: "新田 ひかり",
    Role.MEMBER: "相川 愛子",
    Role.COACH: "西岡 遥",
    Role.OFFICE: "学校事務局 中島",
}


def commands():
    """Return every command a person can give, from the routes themselves."""
    return sorted(command for one in ROUTES().features.values() for command in one.commands())


def test_every_command_stands_in_the_table_and_nothing_else_does():
    assert set(commands()) == set(POLICY)


def test_a_command_is_obeyed_exactly_where_the_table_says(world):
    world.person(PEOPLE[Role.GUEST]).follows()
    stage, obeyed, voice = stages.Stage(world), [], world.engine._conversation._voice
    with world.database.write() as db:
        turns = {
            (role, chat): stage.turn(db, world.person(name), chat)
            for (role, name), chat in product(PEOPLE.items(), ("", world.group("S4")))
        }
        for (role, chat), turn in turns.items():
            assert turn.member is not None
            for command in commands():
                feature, name = command.split(".")

                def handler(_turn, command=command, role=role, chat=chat):
                    obeyed.append((command, role, bool(chat)))

                handler.__name__ = name
                voice.run(turn, Route(feature, handler))
    assert set(obeyed) == {
        (command, role, in_group)
        for command, (roles, groups) in POLICY.items()
        for role, in_group in product(PEOPLE, (False, True))
        if role in roles and (groups == GROUPS or not in_group)
    }


WAYS = {
    "a word": lambda one: one.says("設定"),
    "a phrase": lambda one: one.says("水300"),
    "a button": lambda one: one.sends_data("tips.More?page=1"),
    "an answer": lambda one: one.says("54.5"),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_past_the_table(world, aiko, monkeypatch, way):
    monkeypatch.setattr(policy, "verdict", lambda *_a, **_k: policy.Verdict.NOT_YOU)
    with world.database.write() as db:
        if way == "an answer":
            dialog.ask(db, aiko.id, aiko.id, "weight.kg", {}, world.clock.now())
    refusals = ("not_yours", "members_only", "coaches_only")
    texts = ROUTES().texts["corridor"]
    assert WAYS[way](aiko)[0] in {texts.phrase(key, "ja") for key in refusals}


def test_a_role_counts_from_the_moment_it_is_given_or_taken(world, coach):
    stage, voice = stages.Stage(world), world.engine._conversation._voice
    ran = []

    def send(_turn):
        ran.append(1)

    with world.database.write() as db:
        turn = stage.turn(db, coach, "")
        voice.run(turn, Route("broadcast_sending", send))
        theirs = Membership.person_id == turn.person.key
        db.execute(delete(Membership).where(theirs))
        voice.run(replace(turn), Route("broadcast_sending", send))  # the same turn still open
    assert ran == [1]
