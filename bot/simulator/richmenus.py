"""Rich menus: the pictures with tappable areas below a chat, and who sees which."""

from dataclasses import dataclass
from typing import Any

from bot.simulator.chats import Content
from bot.simulator.feed import Feed
from bot.simulator.identifiers import Identifiers
from bot.simulator.people import User

MOST = 1000  # menus, and aliases too
IMAGE_FIRST = "must upload richmenu image before applying it to user"


@dataclass
class RichMenu:
    """A menu as it was created, and its image once it has been uploaded."""

    id: str
    spec: dict[str, Any]
    image: Content | None = None

    def as_json(self) -> dict[str, Any]:
        """Write the menu as LINE's calls give it."""
        return {"richMenuId": self.id} | self.spec


class RichMenus:
    """All menus of the account, their aliases, the default, and each person's own."""

    def __init__(self, feed: Feed, identifiers: Identifiers) -> None:
        self._feed, self._identifiers = feed, identifiers
        self.menus: dict[str, RichMenu] = {}
        self.aliases: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.default: str | None = None

    def create(self, spec: dict[str, Any]) -> RichMenu:
        """Enter a menu; nobody sees it before it has an image and is applied."""
        menu = RichMenu(self._identifiers.rich_menu(), spec)
        self.menus[menu.id] = menu
        return menu

    def delete(self, menu_id: str) -> None:
        """Forget a menu: nobody sees it any more; aliases keep pointing at nothing."""
        del self.menus[menu_id]
        self.links = {user: linked for user, linked in self.links.items() if linked != menu_id}
        if self.default == menu_id:
            self.default = None
        self._changed()

    def make_default(self, menu_id: str | None) -> None:
        """Show a menu (or none) to everyone who has none of their own."""
        self.default = menu_id
        self._changed()

    def link(self, users: list[str], menu_id: str) -> None:
        """Show a menu to these people, whatever the default is."""
        self.links.update(dict.fromkeys(users, menu_id))
        self._changed()

    def unlink(self, users: list[str]) -> None:
        """Let these people see the default again."""
        for user in users:
            self.links.pop(user, None)
        self._changed()

    def switch(self, user: str, alias: str) -> str:
        """Change tabs as a richmenuswitch action does, and return LINE's word for how it went."""
        if alias not in self.aliases:
            return "RICHMENU_ALIAS_ID_NOTFOUND"
        menu = self.menus.get(self.aliases[alias])
        if menu is None:
            return "RICHMENU_NOTFOUND"
        if menu.image is None:
            return "FAILED"
        self.link([user], menu.id)
        return "SUCCESS"

    def shown_to(self, user: User) -> RichMenu | None:
        """Return the menu below a person's chat: their own, else the default; friends only."""
        chosen = self.links.get(user.id, self.default)
        return self.menus.get(chosen) if chosen and user.friend and not user.blocked else None

    def _changed(self) -> None:
        self._feed.publish("chats", {})
