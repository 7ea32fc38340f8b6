"""Rich menus as LINE takes them: one for each role, tab and language, made from the content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.buttons import pack
from bot.pictures import png
from bot.pictures.menu import HEIGHT, WIDTH, Box, draw, entry_box, tab_box
from models import menus
from models.menus import LANGUAGES, ROLES

OURS = "tasuki"  # how the names of our menus and aliases begin; others' are left alone
DEFAULT = "member-ja"  # what everyone sees who has none of their own


@dataclass(frozen=True)
class MenuTab:
    """A tab was tapped: LINE shows the other menu by itself and tells us."""

    tab: int


@dataclass(frozen=True)
class RichMenu:
    """A menu ready for LINE: its key, what LINE is told, and the picture as SVG."""

    key: str
    told: dict[str, Any]
    svg: str

    @property
    def alias(self) -> str:
        """Return the name under which tabs find the menu."""
        return f"{OURS}-{self.key}"

    @property
    def name(self) -> str:
        """Return the name in LINE: the alias and a digest, which tells whether it is current."""
        content = json.dumps([self.told, self.svg], ensure_ascii=False, sort_keys=True)
        return f"{self.alias}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"

    def body(self) -> dict[str, Any]:
        """Return what LINE is asked to create."""
        return {"name": self.name, **self.told}

    def image(self) -> bytes:
        """Draw the picture."""
        return _drawn(self.svg)


@lru_cache(maxsize=16)
def _drawn(svg: str) -> bytes:
    return png(svg)


def every() -> list[RichMenu]:
    """Return all menus, the first tab of each role and language under the plain key."""
    return [menu for role in ROLES for language in LANGUAGES for menu in _of(role, language)]


def key_of(role: str, language: str, tab: int = 0) -> str:
    """Return a menu's key: `coach-en`, and `coach-en-2` for its second tab."""
    return f"{role}-{language}" + (f"-{tab + 1}" if tab else "")


def _of(role: str, language: str) -> Iterator[RichMenu]:
    content = menus.load().of(role)
    names = [tab.name.said(language) for tab in content.tab]
    for front, tab in enumerate(content.tab):
        entries = [(entry.icon, entry.said(language)) for entry in tab.entry]
        told = {
            "size": {"width": WIDTH, "height": HEIGHT},
            "selected": True,
            "chatBarText": content.bar.said(language),
            "areas": [
                *(_switch(role, language, i, names) for i in range(len(names)) if i != front),
                *(_area(entry_box(i), _says(word)) for i, (_, word) in enumerate(entries)),
            ],
        }
        yield RichMenu(key_of(role, language, front), told, draw(names, front, entries))


def _switch(role: str, language: str, tab: int, names: list[str]) -> dict[str, Any]:
    alias = f"{OURS}-{key_of(role, language, tab)}"
    action = {
        "type": "richmenuswitch",
        "label": names[tab],
        "richMenuAliasId": alias,
        "data": pack(MenuTab(tab + 1)),
    }
    return _area(tab_box(tab, len(names)), action)


def _says(word: str) -> dict[str, Any]:
    return {"type": "message", "label": word, "text": word}


def _area(box: Box, action: dict[str, Any]) -> dict[str, Any]:
    bounds = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    return {"bounds": bounds, "action": action}
