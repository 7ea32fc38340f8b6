"""Manners in a class group: silent unless addressed, and nothing personal."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "talk", ["おつかれさまでした!", "今週", "襷をつなごう", "Tasukiは便利だね"]
)
def test_talk_among_members_is_left_alone(aiko, talk):
    assert aiko.in_group("S4").says(talk) == []


@pytest.mark.parametrize("call", ["たすき 今週", "タスキ、今週", "たすき今週", "@Tasuki 今週"])
def test_its_name_or_a_mention_wakes_it(aiko, call):
    (said,) = aiko.in_group("S4").says(call)
    assert "11月25日(水) 19:00" in said


def test_addressed_but_not_understood_it_offers_what_it_can(aiko):
    (said,) = aiko.in_group("S4").says("たすき ぷるぷる")
    assert said == (
        "ごめんなさい、うまく読み取れませんでした。こちらから選ぶか、別の言い方で送ってみてください。"
    )


def test_someone_without_an_id_is_answered_too(aiko):
    (said,) = aiko.in_group("S4").says("たすき 今週", anonymous=True)
    assert "1対1" in said or "11月25日" in said


def test_a_stranger_in_the_group_learns_how_to_join(world, hikari):
    world.sim.people.groups[world.group("S4")].members.append(hikari.id)
    (said,) = hikari.in_group("S4").says("たすき 今週")
    assert "登録" in said
    assert hikari.hears() == []
