"""The rich menus as content: who sees which tabs, and which words stand on them."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from models.content_files import CONTENT

ROLES = ("member", "coach", "office")
LANGUAGES = ("ja", "en")
Word = Annotated[str, StringConstraints(min_length=1, max_length=20, strip_whitespace=True)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Value):
    """The same in both languages."""

    ja: Word
    en: Word

    def said(self, language: str) -> str:
        """Return it in a language."""
        return self.ja if language == "ja" else self.en


class Entry(Words):
    """One entry: its icon, and the word that it shows and sends."""

    icon: str


class Tab(_Value):
    """Six entries under a name."""

    name: Words
    entry: Annotated[tuple[Entry, ...], Field(min_length=6, max_length=6)]


class Menu(_Value):
    """What one role sees: the bar's text and the tabs."""

    bar: Words
    tab: Annotated[tuple[Tab, ...], Field(min_length=2, max_length=2)]


class Menus(_Value):
    """The menus of all roles."""

    member: Menu
    coach: Menu
    office: Menu

    def of(self, role: str) -> Menu:
        """Return a role's menu."""
        return {"member": self.member, "coach": self.coach, "office": self.office}[role]


@cache
def load() -> Menus:
    """Return the menus of richmenus.toml; ValidationError when they cannot be used."""
    text = (CONTENT / "richmenus.toml").read_text("utf-8")
    return Menus.model_validate(tomllib.loads(text))
