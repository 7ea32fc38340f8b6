"""Whose menu is whose: it follows role and language by itself, through refusals and crashes."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.buttons import pack
from bot.line import Line
from bot.richmenu import DEFAULT, MenuTab, every
from bot.simulator.chats import Content
from models import erasure, person, rich_menu, school
from tests.menu_stage import calls, install, links, shown

__all__ = ["install", "links"]  # fixtures


@pytest.fixture(autouse=True)
def installed(world, links):
    """Put the menus there without drawing and uploading them, and link everybody."""
    menus = world.sim.rich_menus
    made = {menu.key: menus.create(menu.body()) for menu in every()}
    for menu in every():
        made[menu.key].image = Content(menu.key.encode(), "image/png")
        menus.aliases[menu.alias] = made[menu.key].id
    menus.make_default(made[DEFAULT].id)
    with world.database.write() as db:
        rich_menu.set_installed(db, {key: menu.id for key, menu in made.items()}, DEFAULT)
    linked(world, links)


def linked(world, links):
    """Let the worker's loop run until it has nothing to do."""
    while links.step():
        pass


def demote(world, actor):
    """Take all roles away, as an import does."""
    with world.database.write() as db:
        for row in school.roles(db, person.by_line_id(db, actor.id)):
            db.delete(row)


def test_a_language_switch_brings_the_menu_along(world, links, aiko):
    aiko.says("English")
    linked(world, links)
    assert shown(world, aiko) == "member-en"
    aiko.says("日本語")
    linked(world, links)
    assert shown(world, aiko) == "member-ja"
    assert aiko.id not in world.sim.rich_menus.links


def test_an_english_newcomer_gets_an_english_menu_at_once(world, links, oliver):
    oliver.follows()
    linked(world, links)
    assert shown(world, oliver) == "member-en"


def test_a_role_given_or_taken_changes_the_menu(world, links, aiko, coach):
    demote(world, coach)
    with world.database.write() as db:
        who = person.by_line_id(db, aiko.id)
        school.grant(db, who, school.OFFICE, None, world.clock.now())
    linked(world, links)
    assert (shown(world, coach), shown(world, aiko)) == ("member-ja", "office-ja")


def test_nothing_is_asked_when_nothing_has_changed(world, links, aiko):
    before = len(world.sim.ledger.entries)
    aiko.says("日本語")
    assert links.step() == 0
    assert [path for path in calls(world, before) if "richmenu" in path] == []


def test_a_tab_stays_in_front_while_its_owner_goes_on_talking(world, links, clock, coach):
    clock.passes(minutes=5)
    world.phones.switch(coach.id, "tasuki-coach-ja-2", pack(MenuTab(2)))
    clock.passes(minutes=5)
    coach.says("今週")
    assert links.step() == 0
    assert shown(world, coach) == "coach-ja-2"


@pytest.mark.parametrize("fault", [{"status": 500}, {"mode": "lost"}, {"status": 429}])
def test_a_failure_is_tried_again_a_little_later(world, links, clock, aiko, fault):
    aiko.says("English")
    world.sim.faults.add(path="richmenu", **fault)
    assert links.step() == 0
    assert links.step() == 0  # not at once
    clock.passes(seconds=11)
    assert links.step() == 1
    assert shown(world, aiko) == "member-en"


def test_the_waits_grow(world, links, clock, aiko):
    aiko.says("English")
    world.sim.faults.add(path="richmenu", status=500, times=3)
    waits = []
    for wait in (0, 10, 60, 600):
        clock.passes(seconds=wait)
        before = len(calls(world, 0))
        links.step()
        waits.append(len(calls(world, 0)) - before)
    assert waits == [1, 1, 1, 1]
    assert shown(world, aiko) == "member-en"


def test_a_lost_answer_leaves_a_doubt_that_is_settled(world, links, clock, coach):
    demote(world, coach)
    world.sim.faults.add(path="richmenu", mode="lost", when="after")
    links.step()
    with world.database.write() as db:  # meanwhile the role is given back
        who = person.by_line_id(db, coach.id)
        school.grant(db, who, school.MAIN, school.classes(db)[0].key, world.clock.now())
    clock.passes(seconds=11)
    linked(world, links)
    assert shown(world, coach) == "coach-ja"


def test_somebody_whom_line_refuses_is_not_asked_for_ever(world, links, clock, aiko, ryo):
    for one in (aiko, ryo):
        one.says("English")
    world.sim.people.users[aiko.id].friend = False
    assert links.step() == 2
    clock.passes(days=1)
    assert links.step() == 0
    assert shown(world, ryo) == "member-en"


def test_whoever_left_is_left_alone_and_linked_again_when_back(world, links, clock, emma):
    emma.says("日本語")
    emma.blocks()
    world.sim.rich_menus.unlink([emma.id])
    before = len(world.sim.ledger.entries)
    assert links.step() == 0
    assert calls(world, before) == []
    clock.passes(hours=1)
    emma.follows()
    linked(world, links)
    assert shown(world, emma) == "member-ja"
    emma.says("English")
    emma.blocks()
    emma.follows()
    linked(world, links)
    assert shown(world, emma) == "member-en"


def test_relinking_tells_line_everyones_menu_again(world, install, emma):
    world.sim.rich_menus.unlink([emma.id])
    assert shown(world, emma) == "member-ja"
    said = install(relink=True)
    assert shown(world, emma) == "member-en"
    assert said[0].startswith("メニューを切り替えた人: ")


def test_an_erased_person_leaves_no_link(world, emma):
    with world.database.write() as db:
        erasure.erase(db, person.by_line_id(db, emma.id), world.clock.now())
        assert rich_menu.wishes(db, world.clock.now(), 10) == []


def test_a_silent_line_leaves_nobodys_id_in_the_log(aiko):
    silent, group = Line("token", "http://127.0.0.1:9"), "C" + "a" * 32
    with capture_logs() as said:
        silent.link_menu(aiko.id, "richmenu-1")
        silent.link_menu(aiko.id, "")
        silent.profile(aiko.id)
        silent.look_up(f"/v2/bot/group/{group}/members/count")
        silent.get("/v2/bot/user/all/richmenu")
    assert len(said) == 5
    assert aiko.id not in str(said)
    assert group not in str(said)
    assert said[-1]["call"] == "/v2/bot/user/all/richmenu"
