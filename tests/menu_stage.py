"""What the tests of rich menus share: installing, linking, and what a phone shows."""

from __future__ import annotations

import pytest

from bot.richmenu_install import Installer
from bot.richmenu_links import MenuLinks


@pytest.fixture
def links(world):
    return MenuLinks(world.database, world.line, world.clock.now)


@pytest.fixture
def install(world, links):
    """Return the command: it installs and returns what it said."""

    def run(**how):
        said = []
        Installer(world.line, world.database, links, said.append).run(**how)
        return said

    return run


def shown(world, actor):
    """Return the key of the menu on an actor's phone."""
    menu = world.sim.rich_menus.shown_to(world.sim.people.users[actor.id])
    return menu and menu.spec["name"].removeprefix("tasuki-").rsplit("-", 1)[0]


def calls(world, since):
    """Return what has been asked of LINE since then, apart from what only looks."""
    return [e.path for e in world.sim.ledger.entries[since:] if e.method != "GET"]
