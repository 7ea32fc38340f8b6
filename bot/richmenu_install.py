"""Installing the rich menus at LINE: what is missing is made, what is stale of ours is removed.

LINE's own list says what is there, so a run that broke off is simply run again, and a run that
finds everything in place changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from bot.line import Line, Outcome
from bot.richmenu import DEFAULT, OURS, RichMenu, every
from bot.richmenu_links import MenuLinks
from models import rich_menu
from models.database import Database

Echo = Callable[[str], None]
TOKEN = (
    "LINEがトークンを断りました(401)。LINE_CHANNEL_ACCESS_TOKEN を確かめてください。",
    "LINE refused the token (401): look at LINE_CHANNEL_ACCESS_TOKEN.",
)
LIMIT = (
    "LINEの呼び出しの上限(1時間に100回など)に達しました(429)。済んだ分は残ります。"
    "1時間ほどおいて、もう一度実行してください。",
    "LINE's limit on calls (100 an hour, say) is reached (429). What is done stays: "
    "run this again in an hour.",
)
SILENT = (
    "LINEから返事がありません。このマシンからLINEにつながるか確かめて、もう一度実行してください。",
    "LINE does not answer: check that this machine reaches it, and run this again.",
)
REFUSED = (
    "LINEが断りました({status}): {reason}",
    "LINE refused ({status}): {reason}",
)


class InstallFault(Exception):  # noqa: N818 - the channel's, not ours
    """LINE did not take a menu; the text says what to do, in both languages."""


class Installer:
    """Brings LINE's menus to what the content says."""

    def __init__(self, line: Line, database: Database, links: MenuLinks, echo: Echo) -> None:
        self._line, self._database, self._links, self._echo = line, database, links, echo
        self._changes = 0

    def run(self, *, relink: bool = False) -> None:
        """Make, apply and link everything; then remove what is stale."""
        menus = every()
        there = self._ours()
        kept = {menu.key: self._menu(menu, there) for menu in menus}
        aliases = self._aliases({menu.alias: kept[menu.key] for menu in menus})
        self._default(kept[DEFAULT])
        with self._database.write() as db:
            if rich_menu.installed(db) != kept:
                rich_menu.set_installed(db, kept, DEFAULT)
        if relink:
            self._links.doubt_all()
        self._link_people()
        self._remove(there, set(kept.values()), aliases)
        if not self._changes:
            self._echo("メニューはすべて揃っています。 / All menus are in place.")

    def _ours(self) -> dict[str, str]:
        """Return our menus at LINE, by LINE's number; the first of a name is the one to keep."""
        found = self._asked(self._line.get("/v2/bot/richmenu/list"))["richmenus"]
        mine = [menu for menu in found if str(menu["name"]).startswith(f"{OURS}-")]
        return {menu["richMenuId"]: menu["name"] for menu in mine}

    def _menu(self, menu: RichMenu, there: dict[str, str]) -> str:
        """Return LINE's number of a menu; make it, and give it its picture, if need be."""
        known = next((number for number, name in there.items() if name == menu.name), None)
        if known and self._line.get_image(known).status == 200:
            return known
        number = (
            known or self._asked(self._line.post("/v2/bot/richmenu", menu.body()))["richMenuId"]
        )
        self._asked(self._line.put_image(number, menu.image()))
        there[number] = menu.name
        self._say(f"作成: {menu.alias} / made: {menu.alias}")
        return str(number)

    def _aliases(self, wanted: dict[str, str]) -> dict[str, str]:
        """Let the tabs' names lead to the menus; return those names of ours that are stale."""
        path = "/v2/bot/richmenu/alias"
        found = self._asked(self._line.get(f"{path}/list"))["aliases"]
        known = {alias["richMenuAliasId"]: alias["richMenuId"] for alias in found}
        for alias, number in wanted.items():
            if alias not in known:
                self._asked(self._line.post(path, {"richMenuAliasId": alias, "richMenuId": number}))
            elif known[alias] != number:
                self._asked(self._line.post(f"{path}/{alias}", {"richMenuId": number}))
        return {a: n for a, n in known.items() if a.startswith(f"{OURS}-") and a not in wanted}

    def _default(self, number: str) -> None:
        path = "/v2/bot/user/all/richmenu"
        shown = self._line.get(path)
        if shown.status == 404 or self._asked(shown)["richMenuId"] != number:
            self._asked(self._line.post(f"{path}/{number}"))
            self._say("全員向けのメニューを設定しました。 / The menu for everyone is set.")

    def _link_people(self) -> None:
        linked = 0
        while done := self._links.step():
            linked += done
        if linked:
            self._say(f"メニューを切り替えた人: {linked} / people given their menu: {linked}")

    def _remove(self, there: dict[str, str], kept: set[str], aliases: dict[str, str]) -> None:
        for alias in aliases:
            self._asked(self._line.delete(f"/v2/bot/richmenu/alias/{alias}"))
        for number, name in there.items():
            if number not in kept:
                self._asked(self._line.delete(f"/v2/bot/richmenu/{number}"))
                self._say(f"削除: {name} / removed: {name}")

    def _say(self, sentence: str) -> None:
        self._changes += 1
        self._echo(sentence)

    def _asked(self, outcome: Outcome) -> dict[str, Any]:
        """Return what LINE answered, or refuse with a sentence that says what to do."""
        if outcome.status in (200, 202):
            return read(outcome)
        known = {None: SILENT, 401: TOKEN, 429: LIMIT}
        ja, en = known.get(outcome.status, REFUSED)
        said = {"status": outcome.status, "reason": read(outcome).get("message", "")}
        raise InstallFault(f"{ja.format(**said)}\n{en.format(**said)}")


def read(outcome: Outcome) -> dict[str, Any]:
    """Return the JSON of an answer; empty when there is none."""
    try:
        found = json.loads(outcome.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
