"""Menus that LINE has no more, and refusals that only look like it."""

from __future__ import annotations

import pytest

from models import rich_menu
from tests.menu_stage import calls, install, links, shown
from tests.test_richmenu_links import installed, linked

__all__ = ["install", "installed", "links"]  # fixtures


def test_menus_that_somebody_deleted_at_line_are_forgotten_until_installed_anew(
    world, links, install, clock, aiko
):
    aiko.says("English")
    for menu in list(world.sim.rich_menus.menus):
        world.sim.rich_menus.delete(menu)
    assert links.step() == 0
    with world.database.read() as db:
        assert rich_menu.installed(db) == {}
    clock.passes(days=1)
    before = len(world.sim.ledger.entries)
    assert links.step() == 0
    assert calls(world, before) == []
    install()
    assert shown(world, aiko) == "member-en"


@pytest.mark.parametrize("list_answers", [True, False])
def test_one_refusal_that_looks_like_a_lost_menu_stops_nobody_else(
    world, links, clock, aiko, ryo, list_answers
):
    for one in (aiko, ryo):
        one.says("English")
    world.sim.faults.add(path="richmenu", status=404)
    if not list_answers:  # then nothing is known: all is kept, and asked again a little later
        world.sim.faults.add(path="richmenu", status=404)
    before = installed_now(world)
    assert links.step() == (1 if list_answers else 0)
    assert installed_now(world) == before
    clock.passes(seconds=11)
    linked(world, links)
    assert shown(world, aiko) == shown(world, ryo) == "member-en"


def test_of_one_menu_deleted_at_line_the_others_go_on(world, links, clock, aiko, coach):
    gone = installed_now(world)["member-en"]
    world.sim.rich_menus.delete(gone)
    for one in (aiko, coach):
        one.says("English")
    for _ in range(3):
        clock.passes(seconds=11)
        linked(world, links)
    assert (shown(world, aiko), shown(world, coach)) == ("member-ja", "coach-en")
    assert "member-en" not in installed_now(world)


def installed_now(world):
    with world.database.read() as db:
        return rich_menu.installed(db)
