"""Rich menus: installed once, the right one for everybody, every entry a word, tabs that turn."""

from __future__ import annotations

import pytest

import app
from bot import richmenu
from bot.buttons import pack
from bot.richmenu_install import InstallFault
from models import menus, policy, rich_menu
from tests.menu_stage import calls, install, links, shown
from tests.world import START

__all__ = ["install", "links"]  # fixtures

WORDS = [
    (role, entry.said(language), language)
    for role in menus.ROLES
    for tab in menus.load().of(role).tab
    for entry in tab.entry
    for language in menus.LANGUAGES
]
DONE = "メニューはすべて揃っています。 / All menus are in place."


@pytest.fixture(scope="module")
def routes():
    return app.router()


@pytest.mark.parametrize(("role", "word", "language"), WORDS)
def test_every_entry_is_a_word_that_the_role_may_use(routes, role, word, language):
    assert routes.is_word(word)
    [route] = routes.by_text(word, START.date())
    assert role in policy.allowed(route.command)


def test_installing_shows_everyone_the_menu_of_role_and_language(
    world, install, aiko, emma, coach, office, hikari
):
    said = install()
    assert said[0] == "作成: tasuki-member-ja / made: tasuki-member-ja"
    assert said[12] == "全員向けのメニューを設定しました。 / The menu for everyone is set."
    assert shown(world, aiko) == "member-ja"
    assert shown(world, emma) == "member-en"
    assert shown(world, coach) == "coach-ja"
    assert shown(world, office) == "office-ja"
    hikari.follows()
    assert shown(world, hikari) == "member-ja"
    assert aiko.id not in world.sim.rich_menus.links  # the default needs no link


def test_a_second_run_changes_nothing(world, install):
    install()
    before = len(world.sim.ledger.entries)
    assert install() == [DONE]
    assert calls(world, before) == []


def rename_the_coaches_bar(monkeypatch):
    plain = richmenu._of

    def changed(role, language):
        for menu in plain(role, language):
            if role == "coach":
                menu.told["chatBarText"] = "コーチ"
            yield menu

    monkeypatch.setattr(richmenu, "_of", changed)


def test_a_changed_menu_is_made_anew_linked_and_the_stale_one_removed(
    world, install, monkeypatch, coach
):
    install()
    stale = {m.id for m in world.sim.rich_menus.menus.values()}
    rename_the_coaches_bar(monkeypatch)
    said = install()
    kept = set(world.sim.rich_menus.menus)
    assert len(kept - stale) == len(stale - kept) == 4
    assert set(world.sim.rich_menus.aliases.values()) == kept
    assert [one.split(":")[0] for one in said] == [
        *["作成"] * 4,
        "メニューを切り替えた人",
        *["削除"] * 4,
    ]
    assert world.sim.rich_menus.shown_to(world.sim.people.users[coach.id]).spec["chatBarText"] == (
        "コーチ"
    )
    assert install() == [DONE]


def test_others_menus_and_aliases_are_left_alone(world, install):
    other = world.sim.rich_menus.create(richmenu.every()[0].body() | {"name": "夏祭り"})
    world.sim.rich_menus.aliases["matsuri"] = other.id
    install()
    assert other.id in world.sim.rich_menus.menus
    assert world.sim.rich_menus.aliases["matsuri"] == other.id


def test_a_run_that_broke_off_is_run_again(world, install, aiko):
    world.sim.faults.add(path="content", status=500, times=1)
    with pytest.raises(InstallFault):
        install()
    assert shown(world, aiko) is None
    install()
    assert shown(world, aiko) == "member-ja"
    names = [menu.spec["name"] for menu in world.sim.rich_menus.menus.values()]
    assert len(names) == len(set(names)) == 12


@pytest.mark.parametrize(
    ("fault", "ja", "en"),
    [
        ({"status": 401}, "LINEがトークンを断りました(401)。", "look at LINE_CHANNEL_ACCESS_TOKEN"),
        ({"status": 429}, "1時間ほどおいて、もう一度", "run this again in an hour"),
        ({"mode": "reset"}, "LINEから返事がありません。", "LINE does not answer"),
        (
            {"status": 400, "body": {"message": "so it is"}},
            "LINEが断りました(400): so it is",
            "LINE refused (400): so it is",
        ),
        ({"mode": "html", "status": 503}, "LINEが断りました(503): ", "LINE refused (503): "),
    ],
)
def test_what_line_refuses_is_told_plainly(world, install, fault, ja, en):
    world.sim.faults.add(path="/v2/bot/richmenu", **fault)
    with pytest.raises(InstallFault) as told:
        install()
    first, second = str(told.value).splitlines()
    assert ja in first
    assert en in second


def test_a_tab_turns_without_a_word_and_its_failure_is_told(world, install, aiko, emma):
    install()
    before = len(aiko.hears())
    world.phones.switch(aiko.id, "tasuki-member-ja-2", pack(richmenu.MenuTab(2)))
    world.settle()
    assert shown(world, aiko) == "member-ja-2"
    assert len(aiko.hears()) == before
    world.phones.switch(emma.id, "tasuki-nowhere", pack(richmenu.MenuTab(2)))
    world.settle()
    assert emma.hears()[-1] == "The menu could not be switched. Sending a word does just the same."
    assert emma.labels() == ["help"]


def test_what_is_installed_is_remembered(world, install):
    install()
    with world.database.read() as db:
        kept = rich_menu.installed(db)
    assert set(kept) == {menu.key for menu in richmenu.every()}
    assert set(kept.values()) == set(world.sim.rich_menus.menus)
